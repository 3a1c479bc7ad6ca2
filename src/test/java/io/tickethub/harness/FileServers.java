package io.tickethub.harness;

import io.tickethub.kit.contract.server.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/**
 * An FTP server, two FTPS servers (the second, {@code ftps-implicit}, speaks TLS from the first
 * byte) and an SFTP server, each with the directories {@code in} and {@code out} below {@code
 * directory/PROTOCOL}.
 */
public final class FileServers implements AutoCloseable {

  public static final String USER = "ticket-hub";
  public static final String PASSWORD = "p&ss+w%rd)";

  private final Path directory;
  private final Map<String, Integer> ports = new TreeMap<>();
  private final List<FtpServer> ftp = new ArrayList<>();
  private final SshServer ssh;
  private final KeyPair hostKey;

  public FileServers(Path directory, TlsIdentity identity) throws IOException, FtpException {
    this.directory = directory;
    for (String protocol : List.of("ftp", "ftps", "ftps-implicit", "sftp")) {
      Files.createDirectories(directory.resolve(protocol).resolve("in"));
      Files.createDirectories(directory.resolve(protocol).resolve("out"));
    }
    List<Integer> free = Ports.free(3);
    ftp.add(ftp(free.get(0), "ftp", null));
    ftp.add(ftp(free.get(1), "ftps", identity));
    ftp.add(ftp(free.get(2), "ftps-implicit", identity));
    SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider();
    keys.setAlgorithm("EC");
    keys.setKeySize(256);
    hostKey = keys.loadKeys(null).get(0);
    ssh = ssh();
    ports.put("sftp", ssh.getPort());
  }

  private FtpServer ftp(int port, String protocol, TlsIdentity identity) throws FtpException {
    ports.put(protocol, port);
    ListenerFactory listener = new ListenerFactory();
    listener.setServerAddress("127.0.0.1");
    listener.setPort(port);
    DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
    data.setPassiveAddress("127.0.0.1");
    if (identity != null) {
      SslConfigurationFactory tls = new SslConfigurationFactory();
      tls.setKeystoreFile(identity.store().toFile());
      tls.setKeystorePassword(identity.password());
      tls.setKeystoreType("PKCS12");
      tls.setSslProtocol("TLSv1.2");
      listener.setSslConfiguration(tls.createSslConfiguration());
      listener.setImplicitSsl(protocol.equals("ftps-implicit"));
      data.setSslConfiguration(tls.createSslConfiguration());
      data.setImplicitSsl(true);
    }
    listener.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
    FtpServerFactory factory = new FtpServerFactory();
    factory.addListener("default", listener.createListener());
    BaseUser account = new BaseUser();
    account.setName(USER);
    account.setPassword(PASSWORD);
    account.setHomeDirectory(directory.resolve(protocol).toString());
    account.setAuthorities(List.of(new WritePermission()));
    factory.getUserManager().save(account);
    FtpServer server = factory.createServer();
    server.start();
    return server;
  }

  private SshServer ssh() throws IOException {
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(session -> List.of(hostKey));
    server.setPasswordAuthenticator(
        (name, given, session) -> name.equals(USER) && given.equals(PASSWORD));
    server.setFileSystemFactory(new VirtualFileSystemFactory(directory.resolve("sftp")));
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    server.start();
    return server;
  }

  /** {@code host:port} of a protocol. */
  public String server(String protocol) {
    return "127.0.0.1:" + ports.get(protocol);
  }

  /** The files of a protocol's server. */
  public Path files(String protocol) {
    return directory.resolve(protocol);
  }

  /** A known_hosts file that names the SFTP server. */
  public Path knownHosts() throws IOException {
    return Files.writeString(
        directory.resolve("known_hosts"),
        "[127.0.0.1]:%d %s%n"
            .formatted(ssh.getPort(), PublicKeyEntry.toString(hostKey.getPublic())));
  }

  @Override
  public void close() throws IOException {
    ftp.forEach(FtpServer::stop);
    ssh.stop(true);
  }
}

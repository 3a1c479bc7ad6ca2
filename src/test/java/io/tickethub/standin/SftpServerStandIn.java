package io.tickethub.standin;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/**
 * An SFTP server whose file names are GBK on the wire, as on an old Chinese machine; it can be
 * taken down and up again.
 */
final class SftpServerStandIn implements AutoCloseable {

  private static final Charset GBK = Charset.forName("GBK");

  private final FileSystem files =
      Jimfs.newFileSystem(
          Configuration.unix().toBuilder()
              .setAttributeViews("basic", "owner", "posix", "unix")
              .build());
  private final Path root = files.getPath("/sftp");
  private final KeyPair hostKey;
  private final String user;
  private final String password;
  private final Mood mood;
  private int port;
  private SshServer server;

  SftpServerStandIn(int port, String user, String password, Mood mood, Staff staff)
      throws IOException {
    this.port = port;
    this.user = user;
    this.password = password;
    this.mood = mood;
    SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider();
    keys.setAlgorithm("EC");
    keys.setKeySize(256);
    this.hostKey = keys.loadKeys(null).get(0);
    for (String directory : List.of("in", "out", "reject")) {
      Files.createDirectories(root.resolve(directory));
    }
    open();
    staff.every(Duration.ofMillis(50), this::keepDoor);
  }

  private synchronized void open() {
    try {
      SshServer opened = SshServer.setUpDefaultServer();
      opened.setHost("127.0.0.1");
      opened.setPort(port);
      opened.setKeyPairProvider(session -> List.of(hostKey));
      opened.setPasswordAuthenticator(
          (name, given, session) -> name.equals(user) && given.equals(password));
      opened.setFileSystemFactory(new VirtualFileSystemFactory(root));
      opened.setSubsystemFactories(List.of(new GbkSubsystemFactory()));
      opened.start();
      port = opened.getPort();
      server = opened;
    } catch (IOException e) {
      throw new IllegalStateException("the SFTP server does not start", e);
    }
  }

  private synchronized void keepDoor() throws IOException {
    if (mood.is(Mischief.DOWN) && server != null) {
      server.stop(true);
      server = null;
    } else if (!mood.is(Mischief.DOWN) && server == null) {
      open();
    }
  }

  /** The server's files, with their names as people read them. */
  Path root() {
    return root;
  }

  int port() {
    return port;
  }

  /** The line of a known_hosts file that names this server. */
  String knownHost() {
    PublicKey key = hostKey.getPublic();
    return "[127.0.0.1]:%d %s".formatted(port, PublicKeyEntry.toString(key));
  }

  @Override
  public synchronized void close() throws IOException {
    if (server != null) {
      server.stop(true);
      server = null;
    }
    files.close();
  }

  /** Reads and writes names in GBK, where the library knows only UTF-8. */
  private static final class GbkBuffer extends ByteArrayBuffer {
    private GbkBuffer(byte[] bytes) {
      super(bytes);
    }

    @Override
    public String getString() {
      return getString(GBK);
    }

    @Override
    public void putString(String text) {
      putString(text, GBK);
    }
  }

  private static final class GbkSubsystem extends SftpSubsystem {
    private GbkSubsystem(ChannelSession channel, SftpSubsystemFactory factory) {
      super(channel, factory);
    }

    @Override
    protected void process(Buffer buffer) throws IOException {
      super.process(new GbkBuffer(buffer.getCompactData()));
    }

    @Override
    protected Buffer prepareReply(Buffer buffer) {
      return super.prepareReply(new GbkBuffer(new byte[Math.max(1024, buffer.capacity())]));
    }
  }

  private static final class GbkSubsystemFactory extends SftpSubsystemFactory {
    @Override
    public Command createSubsystem(ChannelSession channel) {
      SftpSubsystem subsystem = new GbkSubsystem(channel, this);
      getRegisteredListeners().forEach(subsystem::addSftpEventListener);
      return subsystem;
    }
  }
}

package io.tickethub.kit.contract.server;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.ftplet.Authentication;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;
import org.apache.ftpserver.ftplet.DefaultFtplet;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpSession;
import org.apache.ftpserver.ftplet.FtpletResult;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;
import org.apache.ftpserver.usermanager.impl.AbstractUserManager;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.TransferRatePermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** An FTP server, passive and binary. */
public final class FtpFileServer extends FileServer {

  /** The session has forgotten by itself what was renamed when it is. */
  private static final String RENAMED = "contract.renamed";

  private final String password;
  private final FtpNames names;
  private final ServerTls tls;
  private int port;
  private FtpServer server;

  /**
   * Opens a port.
   *
   * @param names the charset of file names
   * @param tls null for plain FTP
   */
  public FtpFileServer(String password, Charset names, ServerTls tls) {
    this.password = password;
    this.names = new FtpNames(names);
    this.tls = tls;
    up();
  }

  @Override
  public synchronized void up() {
    if (server != null) {
      return;
    }
    try {
      ListenerFactory listener = new ListenerFactory();
      listener.setServerAddress("127.0.0.1");
      listener.setPort(port);
      listener.setSessionFilter(names);
      DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
      data.setPassiveAddress("127.0.0.1");
      if (tls != null) {
        listener.setSslConfiguration(certificate());
        listener.setImplicitSsl(tls.implicit());
        data.setSslConfiguration(certificate());
      }
      listener.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
      FtpServerFactory factory = new FtpServerFactory();
      Listener opened = listener.createListener();
      factory.addListener("default", opened);
      factory.setUserManager(new OneAccount());
      factory.setFileSystem(user -> new PathView(root()));
      CommandFactoryFactory commands = new CommandFactoryFactory();
      commands.addCommand("LIST", names.new Listing());
      factory.setCommandFactory(commands.createCommandFactory());
      factory.setFtplets(new HashMap<>(Map.of("book", new Book())));
      server = factory.createServer();
      server.start();
      port = opened.getPort();
    } catch (FtpException e) {
      throw new IllegalStateException("the FTP server does not start", e);
    }
  }

  private SslConfiguration certificate() {
    TlsIdentity shown = tls.shown(mood());
    SslConfigurationFactory factory = new SslConfigurationFactory();
    factory.setKeystoreFile(shown.store().toFile());
    factory.setKeystorePassword(shown.password());
    factory.setKeystoreType("PKCS12");
    factory.setSslProtocol("TLSv1.2");
    return factory.createSslConfiguration();
  }

  @Override
  public void mood(Mood next) {
    boolean othersCertificate = is(Mood.IMPERSONATED) != (next == Mood.IMPERSONATED);
    if (othersCertificate) {
      down();
    }
    super.mood(next);
  }

  @Override
  public boolean canBe(Mood wanted) {
    return wanted == Mood.IMPERSONATED ? tls != null : super.canBe(wanted);
  }

  @Override
  public synchronized void down() {
    if (server != null) {
      server.stop();
      server = null;
    }
  }

  @Override
  public int port() {
    return port;
  }

  /** Writes down what happens to files. */
  private final class Book extends DefaultFtplet {

    @Override
    public FtpletResult onUploadEnd(FtpSession session, FtpRequest request) throws FtpException {
      written(path(session, request.getArgument()));
      return FtpletResult.DEFAULT;
    }

    @Override
    public FtpletResult onRenameStart(FtpSession session, FtpRequest request) throws FtpException {
      FtpFile from = session.getRenameFrom();
      session.setAttribute(RENAMED, from);
      FtpFile to = session.getFileSystemView().getFile(request.getArgument());
      if (!is(Mood.LOSING_REPLIES) || from == null) {
        return FtpletResult.DEFAULT;
      }
      from.move(to);
      renamed(path(session, from.getAbsolutePath()), path(session, request.getArgument()));
      return FtpletResult.DISCONNECT;
    }

    @Override
    public FtpletResult onRenameEnd(FtpSession session, FtpRequest request) throws FtpException {
      FtpFile to = session.getFileSystemView().getFile(request.getArgument());
      if (session.getAttribute(RENAMED) instanceof FtpFile from && to.doesExist()) {
        renamed(path(session, from.getAbsolutePath()), path(session, request.getArgument()));
      }
      return FtpletResult.DEFAULT;
    }

    private Path path(FtpSession session, String name) throws FtpException {
      return ((PathFile) session.getFileSystemView().getFile(name)).path();
    }
  }

  private final class OneAccount extends AbstractUserManager {

    @Override
    public User getUserByName(String name) {
      BaseUser account = new BaseUser();
      account.setName(USER);
      account.setHomeDirectory("/");
      account.setAuthorities(
          List.of(
              new WritePermission(),
              new ConcurrentLoginPermission(0, 0),
              new TransferRatePermission(0, 0)));
      return account;
    }

    @Override
    public String[] getAllUserNames() {
      return new String[] {USER};
    }

    @Override
    public void delete(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void save(User user) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean doesExist(String name) {
      return USER.equals(name);
    }

    @Override
    public User authenticate(Authentication authentication) throws AuthenticationFailedException {
      if (authentication instanceof UsernamePasswordAuthentication given
          && accepts(given.getUsername(), given.getPassword(), password)) {
        return getUserByName(USER);
      }
      throw new AuthenticationFailedException("wrong user or password");
    }
  }

  /** What a logged-in client sees. */
  private static final class PathView implements FileSystemView {
    private final Path root;
    private Path current;

    private PathView(Path root) {
      this.root = root;
      this.current = root;
    }

    @Override
    public FtpFile getHomeDirectory() {
      return new PathFile(root, root);
    }

    @Override
    public FtpFile getWorkingDirectory() {
      return new PathFile(root, current);
    }

    @Override
    public boolean changeWorkingDirectory(String name) {
      Path wanted = resolve(name);
      if (!Files.isDirectory(wanted)) {
        return false;
      }
      current = wanted;
      return true;
    }

    @Override
    public FtpFile getFile(String name) {
      return new PathFile(root, resolve(name));
    }

    private Path resolve(String name) {
      Path base = name.startsWith("/") ? root : current;
      Path wanted = base.resolve(name.replaceFirst("^/+", "")).normalize();
      return wanted.startsWith(root) ? wanted : root;
    }

    @Override
    public boolean isRandomAccessible() {
      return false;
    }

    @Override
    public void dispose() {
      // Nothing is held.
    }
  }
}

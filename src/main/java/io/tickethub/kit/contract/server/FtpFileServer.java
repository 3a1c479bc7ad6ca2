package io.tickethub.kit.contract.server;

import java.util.List;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
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
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;
import org.apache.ftpserver.usermanager.impl.AbstractUserManager;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** An FTP server, passive and binary. */
public final class FtpFileServer extends FileServer {

  private final String password;
  private int port;
  private FtpServer server;

  public FtpFileServer(String password) {
    this.password = password;
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
      DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
      data.setPassiveAddress("127.0.0.1");
      listener.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
      FtpServerFactory factory = new FtpServerFactory();
      org.apache.ftpserver.listener.Listener opened = listener.createListener();
      factory.addListener("default", opened);
      factory.setUserManager(new OneAccount());
      factory.setFileSystem(user -> new PathView(root()));
      factory.setFtplets(java.util.Map.of("book", new Book()));
      server = factory.createServer();
      server.start();
      port = opened.getPort();
    } catch (FtpException e) {
      throw new IllegalStateException("the FTP server does not start", e);
    }
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
      FtpFile from = session.getRenameFrom();
      if (from != null) {
        renamed(path(session, from.getAbsolutePath()), path(session, request.getArgument()));
      }
      return FtpletResult.DEFAULT;
    }

    private java.nio.file.Path path(FtpSession session, String name) throws FtpException {
      return ((PathFile) session.getFileSystemView().getFile(name)).path();
    }
  }

  private final class OneAccount extends AbstractUserManager {

    @Override
    public User getUserByName(String name) {
      BaseUser account = new BaseUser();
      account.setName(USER);
      account.setHomeDirectory("/");
      account.setAuthorities(List.of(new WritePermission()));
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
    private final java.nio.file.Path root;
    private java.nio.file.Path current;

    private PathView(java.nio.file.Path root) {
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
      java.nio.file.Path wanted = resolve(name);
      if (!java.nio.file.Files.isDirectory(wanted)) {
        return false;
      }
      current = wanted;
      return true;
    }

    @Override
    public FtpFile getFile(String name) {
      return new PathFile(root, resolve(name));
    }

    private java.nio.file.Path resolve(String name) {
      java.nio.file.Path base = name.startsWith("/") ? root : current;
      java.nio.file.Path wanted = base.resolve(name.replaceFirst("^/+", "")).normalize();
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

package io.tickethub.standin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** An FTP server that can be taken down and up again. */
final class FtpServerStandIn implements AutoCloseable {

  private final Path directory;
  private final String user;
  private final String password;
  private final int port;
  private final Mood mood;
  private FtpServer server;

  FtpServerStandIn(Path directory, int port, String user, String password, Mood mood, Staff staff) {
    this.directory = directory;
    this.user = user;
    this.password = password;
    this.port = port;
    this.mood = mood;
    open();
    staff.every(Duration.ofMillis(50), this::keepDoor);
  }

  private synchronized void open() {
    try {
      ListenerFactory listener = new ListenerFactory();
      listener.setServerAddress("127.0.0.1");
      listener.setPort(port);
      DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
      data.setPassiveAddress("127.0.0.1");
      listener.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
      FtpServerFactory factory = new FtpServerFactory();
      factory.addListener("default", listener.createListener());
      BaseUser account = new BaseUser();
      account.setName(user);
      account.setPassword(password);
      account.setHomeDirectory(directory.toString());
      account.setAuthorities(List.of(new WritePermission()));
      factory.getUserManager().save(account);
      server = factory.createServer();
      server.start();
    } catch (FtpException e) {
      throw new IllegalStateException("the FTP server does not start", e);
    }
  }

  private synchronized void keepDoor() {
    if (mood.is(Mischief.DOWN) && server != null) {
      server.stop();
      server = null;
    } else if (!mood.is(Mischief.DOWN) && server == null) {
      open();
    }
  }

  @Override
  public synchronized void close() {
    if (server != null) {
      server.stop();
      server = null;
    }
  }
}

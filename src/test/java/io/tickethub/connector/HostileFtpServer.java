package io.tickethub.connector;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.DefaultFtplet;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpSession;
import org.apache.ftpserver.ftplet.FtpletResult;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** An FTP server that lists files under whatever names it likes, and writes down what is asked. */
final class HostileFtpServer implements AutoCloseable {

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Queue<String> commands = new ConcurrentLinkedQueue<>();
  private final FtpServer server;

  /** Opens a server with these files in every directory. */
  HostileFtpServer(int port, String user, String password, Map<String, byte[]> listed)
      throws Exception {
    files.putAll(listed);
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
    account.setHomeDirectory("/");
    account.setAuthorities(List.of(new WritePermission()));
    factory.getUserManager().save(account);
    factory.setFileSystem(any -> new View());
    factory.setFtplets(new LinkedHashMap<>(Map.of("recorder", new Recorder())));
    server = factory.createServer();
    server.start();
  }

  /** Commands that name a file, as they came. */
  List<String> commands() {
    return List.copyOf(commands);
  }

  @Override
  public void close() {
    server.stop();
  }

  private final class Recorder extends DefaultFtplet {
    @Override
    public FtpletResult beforeCommand(FtpSession session, FtpRequest request) {
      if (List.of("RETR", "RNFR", "RNTO", "DELE", "STOR", "MKD").contains(request.getCommand())) {
        commands.add(request.getRequestLine());
      }
      return FtpletResult.DEFAULT;
    }
  }

  private final class View implements FileSystemView {
    @Override
    public FtpFile getHomeDirectory() {
      return new Entry("/", null);
    }

    @Override
    public FtpFile getWorkingDirectory() {
      return new Entry("/", null);
    }

    @Override
    public boolean changeWorkingDirectory(String directory) {
      return true;
    }

    @Override
    public FtpFile getFile(String file) {
      String name = file.substring(file.lastIndexOf('/') + 1);
      return new Entry(name, files.get(name));
    }

    @Override
    public boolean isRandomAccessible() {
      return false;
    }

    @Override
    public void dispose() {}
  }

  /** A file, or a directory where {@code content} is null. */
  private final class Entry implements FtpFile {
    private final String name;
    private final byte[] content;

    private Entry(String name, byte[] content) {
      this.name = name;
      this.content = content;
    }

    @Override
    public String getAbsolutePath() {
      return "/" + name;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isHidden() {
      return false;
    }

    @Override
    public boolean isDirectory() {
      return content == null;
    }

    @Override
    public boolean isFile() {
      return content != null;
    }

    @Override
    public boolean doesExist() {
      return true;
    }

    @Override
    public boolean isReadable() {
      return true;
    }

    @Override
    public boolean isWritable() {
      return true;
    }

    @Override
    public boolean isRemovable() {
      return true;
    }

    @Override
    public String getOwnerName() {
      return "owner";
    }

    @Override
    public String getGroupName() {
      return "group";
    }

    @Override
    public int getLinkCount() {
      return 1;
    }

    @Override
    public long getLastModified() {
      return 1_700_000_000_000L;
    }

    @Override
    public boolean setLastModified(long time) {
      return false;
    }

    @Override
    public long getSize() {
      return content == null ? 0 : content.length;
    }

    @Override
    public Object getPhysicalFile() {
      return null;
    }

    @Override
    public boolean mkdir() {
      return true;
    }

    @Override
    public boolean delete() {
      return true;
    }

    @Override
    public boolean move(FtpFile destination) {
      files.remove(name);
      return true;
    }

    @Override
    public List<? extends FtpFile> listFiles() {
      List<Entry> entries = new ArrayList<>();
      files.forEach((file, bytes) -> entries.add(new Entry(file, bytes)));
      return entries;
    }

    @Override
    public OutputStream createOutputStream(long offset) {
      return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream createInputStream(long offset) {
      return new ByteArrayInputStream(content);
    }
  }
}

package io.tickethub.kit.contract.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ftpserver.ftplet.FtpFile;

/** A file of any file system, as an FTP server shows it. */
record PathFile(Path root, Path path) implements FtpFile {

  @Override
  public String getAbsolutePath() {
    String relative = root.relativize(path).toString();
    return "/" + relative;
  }

  @Override
  public String getName() {
    return path.equals(root) ? "/" : FileServer.shown(path.getFileName().toString());
  }

  @Override
  public boolean isHidden() {
    return false;
  }

  @Override
  public boolean isDirectory() {
    return Files.isDirectory(path);
  }

  @Override
  public boolean isFile() {
    return Files.isRegularFile(path);
  }

  @Override
  public boolean doesExist() {
    return Files.exists(path);
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
    return !path.equals(root);
  }

  @Override
  public String getOwnerName() {
    return FileServer.USER;
  }

  @Override
  public String getGroupName() {
    return FileServer.USER;
  }

  @Override
  public int getLinkCount() {
    return 1;
  }

  @Override
  public long getLastModified() {
    try {
      return Files.getLastModifiedTime(path).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public boolean setLastModified(long time) {
    return done(() -> Files.setLastModifiedTime(path, FileTime.fromMillis(time)));
  }

  @Override
  public long getSize() {
    try {
      return Files.size(path);
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public Object getPhysicalFile() {
    return path;
  }

  @Override
  public boolean mkdir() {
    return done(() -> Files.createDirectory(path));
  }

  @Override
  public boolean delete() {
    return done(() -> Files.delete(path));
  }

  @Override
  public boolean move(FtpFile destination) {
    Path to = ((PathFile) destination).path();
    return done(() -> Files.move(path, to, StandardCopyOption.REPLACE_EXISTING));
  }

  private interface Action {
    void run() throws IOException;
  }

  private static boolean done(Action action) {
    try {
      action.run();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public List<? extends FtpFile> listFiles() {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.sorted().map(entry -> new PathFile(root, entry)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public OutputStream createOutputStream(long offset) throws IOException {
    return Files.newOutputStream(path);
  }

  @Override
  public InputStream createInputStream(long offset) throws IOException {
    return Files.newInputStream(path);
  }
}

package io.tickethub.kit.contract.server;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What FTP and SFTP servers have in common: files in memory, whose names may be of any language on
 * any machine, and a book of what was put there.
 */
public abstract class FileServer implements SystemServer {

  /** The only account. */
  public static final String USER = "contract";

  private final FileSystem files =
      Jimfs.newFileSystem(
          Configuration.unix().toBuilder()
              .setAttributeViews("basic", "owner", "posix", "unix")
              .build());
  private final Path root = files.getPath("/home");
  private final List<Received> received = new ArrayList<>();
  private final Set<String> writtenUnder = new HashSet<>();
  private volatile Mood mood = Mood.OK;

  FileServer() {
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the account's files are. */
  public Path root() {
    return root;
  }

  /** Where the server listens. */
  public abstract int port();

  @Override
  public void mood(Mood next) {
    mood = next;
    if (next == Mood.UNAVAILABLE) {
      down();
    } else {
      up();
    }
  }

  /** A file server has no way to say that it will never take a file. */
  @Override
  public boolean canBe(Mood wanted) {
    return wanted != Mood.REFUSING && wanted != Mood.SILENT && wanted != Mood.IMPERSONATED;
  }

  Mood mood() {
    return mood;
  }

  /**
   * A character of names in {@link #root} that clients are shown a slash for: no file can have one
   * in its name, but a hostile server can say so.
   */
  public static final char SHOWN_AS_SLASH = '\uF02F';

  static String shown(String name) {
    return name.replace(SHOWN_AS_SLASH, '/');
  }

  boolean is(Mood wanted) {
    return mood == wanted;
  }

  boolean accepts(String user, String given, String password) {
    return !is(Mood.LOCKED) && USER.equals(user) && password.equals(given);
  }

  /** A file was written under this name. */
  synchronized void written(Path file) {
    writtenUnder.add(root.relativize(file).toString());
    take(file);
  }

  /** The names that files had while they were written; a reader could see them half. */
  public synchronized Set<String> writtenUnder() {
    return Set.copyOf(writtenUnder);
  }

  private void take(Path file) {
    received.add(
        new Received("STORE", root.relativize(file).toString(), Map.of(), content(file), true));
  }

  /** A file got its last name: it counts under that alone. */
  synchronized void renamed(Path from, Path to) {
    String old = root.relativize(from).toString();
    received.removeIf(file -> file.place().equals(old));
    take(to);
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized List<Received> received() {
    return List.copyOf(received);
  }

  @Override
  public void close() {
    down();
    try {
      files.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

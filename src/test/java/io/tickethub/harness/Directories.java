package io.tickethub.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** Directories that begin empty. */
public final class Directories {

  private Directories() {}

  /** Creates the directory, or removes everything in it. */
  public static void empty(Path directory) throws IOException {
    FileSystemUtils.deleteRecursively(directory);
    Files.createDirectories(directory);
  }
}

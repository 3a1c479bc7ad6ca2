package io.tickethub.kit.rehearsal;

import io.tickethub.connector.ConnectorCheck;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.RouteTemplates;
import io.tickethub.definition.DefinitionException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * A changed connector's folder as it comes over the network: a ZIP of its files, without {@code
 * lib}. It is unpacked for as long as it is compiled.
 */
public final class CandidateFolder {

  /** The largest archive, in bytes. */
  public static final int MOST_BYTES_PACKED = 8 << 20;

  private static final int MOST_FILES = 2_000;
  private static final long MOST_BYTES = 32 << 20;
  private static final int BUFFER = 8_192;

  private CandidateFolder() {}

  /**
   * Compiles what the archive holds, with the {@code lib} of the folder the hub has; throws {@link
   * DefinitionException} naming file, line and cause, or what is wrong with the archive.
   */
  static ConnectorDefinition compile(byte[] archive, Path hubFolder, RouteTemplates templates) {
    if (archive.length > MOST_BYTES_PACKED) {
      throw new DefinitionException(
          "the archive is larger than %d bytes".formatted(MOST_BYTES_PACKED));
    }
    try {
      Path scratch = Files.createTempDirectory("rehearsal-").toRealPath();
      try {
        Path folder = Files.createDirectory(scratch.resolve(hubFolder.getFileName()));
        unpack(archive, folder);
        return compile(folder, templates, hubFolder);
      } catch (DefinitionException e) {
        throw new DefinitionException(e.getMessage().replace(scratch + "/", ""), e);
      } finally {
        delete(scratch);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles a folder of this machine. */
  static ConnectorDefinition compile(Path folder, RouteTemplates templates) {
    return compile(folder, templates, folder);
  }

  private static ConnectorDefinition compile(
      Path folder, RouteTemplates templates, Path libraries) {
    if (!Files.isRegularFile(folder.resolve("connector.yaml"))) {
      throw new DefinitionException(
          "%s: there is no connector.yaml in it".formatted(folder.getFileName()));
    }
    return ConnectorCheck.compile(folder, templates, libraries);
  }

  private static void unpack(byte[] archive, Path folder) throws IOException {
    int files = 0;
    long room = MOST_BYTES;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files++;
        if (files > MOST_FILES) {
          throw new DefinitionException(
              "the archive holds more than %d files".formatted(MOST_FILES));
        }
        Path file = place(folder, entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else if (!folder.relativize(file).startsWith("lib")) {
          Files.createDirectories(file.getParent());
          room -= write(zip, file, room);
        }
      }
    } catch (ZipException | IllegalArgumentException e) {
      throw new DefinitionException("the archive cannot be read: " + e.getMessage(), e);
    }
    if (files == 0) {
      throw new DefinitionException("the archive is no ZIP, or holds nothing");
    }
  }

  /**
   * Nothing is written but plain files below the folder: an archive can hold no link that counts.
   */
  private static Path place(Path folder, String name) {
    try {
      Path file = folder.resolve(name).normalize();
      boolean below = file.startsWith(folder) && !file.equals(folder);
      if (below && !name.contains("\\") && !Path.of(name).isAbsolute() && !climbs(name)) {
        return file;
      }
    } catch (InvalidPathException e) {
      // It is no name of a file.
    }
    throw new DefinitionException(
        "the archive's entry '%s' leads out of the folder".formatted(name));
  }

  private static boolean climbs(String name) {
    return List.of(name.split("/")).contains("..");
  }

  private static long write(InputStream entry, Path file, long room) throws IOException {
    long written = 0;
    byte[] buffer = new byte[BUFFER];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int read = entry.read(buffer); read >= 0; read = entry.read(buffer)) {
        written += read;
        if (written > room) {
          throw new DefinitionException(
              "the archive holds more than %d bytes".formatted(MOST_BYTES));
        }
        out.write(buffer, 0, read);
      }
    }
    return written;
  }

  private static void delete(Path scratch) throws IOException {
    try (Stream<Path> files = Files.walk(scratch)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

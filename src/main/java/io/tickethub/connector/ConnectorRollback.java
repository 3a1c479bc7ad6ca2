package io.tickethub.connector;

import io.tickethub.connector.folder.RouteTemplates;
import io.tickethub.connector.version.ConnectorVersions;
import io.tickethub.connector.version.ConnectorVersions.Cause;
import io.tickethub.connector.version.ConnectorVersions.Reason;
import io.tickethub.connector.version.FolderContent;
import io.tickethub.connector.version.FolderFiles;
import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** Brings a kept version back into the connector's folder, and to run. */
final class ConnectorRollback {

  private static final String ROOM = ".rollback-";
  private static final String BEFORE = "before";

  /** The file that says whose room it is. */
  private static final String NAME = ".name";

  private final Path directory;
  private final ConnectorSwap swap;
  private final ConnectorVersions versions;

  ConnectorRollback(Path directory, ConnectorSwap swap, ConnectorVersions versions) {
    this.directory = directory;
    this.swap = swap;
    this.versions = versions;
  }

  /**
   * Route templates are shared, and stay as they are today.
   *
   * <p>Throws {@link NoSuchElementException} if there is no such version, and {@link
   * IllegalStateException} if its files are not sound any more; then nothing is changed.
   */
  void rollback(String name, int number, String who, String note) {
    FolderContent content =
        versions
            .content(name, number)
            .filter(found -> !found.files().isEmpty())
            .orElseThrow(
                () ->
                    new NoSuchElementException(
                        "connector '%s' has no version %d with files; see its history"
                            .formatted(name, number)));
    swap.alone(
        name,
        () -> {
          writeBack(name, number, content);
          swap.take(directory.resolve(name), new Cause(Reason.ROLLED_BACK, who, note));
        });
  }

  /**
   * Undoes what a rollback left half done because its process died: the folder that was to be
   * replaced stands where it was.
   */
  static void recover(Path directory) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path room :
          entries.filter(entry -> entry.getFileName().toString().startsWith(ROOM)).toList()) {
        recoverFrom(room, directory);
        discard(room);
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "%s: what a rollback left cannot be put back: %s".formatted(directory, e), e);
    }
  }

  private static void recoverFrom(Path room, Path directory) throws IOException {
    Path before = room.resolve(BEFORE);
    if (Files.notExists(before)) {
      return;
    }
    String name = Files.readString(room.resolve(NAME)).strip();
    Path folder = directory.resolve(name);
    if (Files.notExists(folder)) {
      Files.move(before, folder, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    for (Path hidden : hidden(before)) {
      Files.move(hidden, folder.resolve(hidden.getFileName()));
    }
  }

  /** The files are made ready beside the folder, which they replace by renaming. */
  private void writeBack(String name, int number, FolderContent content) {
    Path room = null;
    try {
      room = Files.createTempDirectory(directory, ROOM);
      Files.writeString(room.resolve(NAME), name);
      Path fresh = room.resolve(name);
      DeployedContent.ofFolder(content).writeTo(fresh);
      check(name, number, fresh, RouteTemplates.beside(directory.resolve(name)));
      exchange(directory.resolve(name), fresh, room.resolve(BEFORE));
    } catch (IOException e) {
      throw new IllegalStateException(
          "%s: version %d cannot be written back: %s".formatted(directory.resolve(name), number, e),
          e);
    } finally {
      discard(room);
    }
  }

  private static void check(String name, int number, Path fresh, RouteTemplates templates) {
    try {
      ConnectorSwap.check(fresh, templates);
    } catch (DefinitionException e) {
      throw new IllegalStateException(
          "version %d of connector '%s' is not sound with this hub: %s"
              .formatted(number, name, e.getMessage().replace(fresh.toString(), name)),
          e);
    }
  }

  private static void exchange(Path folder, Path fresh, Path before) throws IOException {
    if (Files.notExists(folder)) {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Files.move(folder, before, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(before, folder, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    for (Path hidden : hidden(before)) {
      Files.move(hidden, folder.resolve(hidden.getFileName()));
    }
  }

  /** What belongs to no version, such as a working copy's records, stays in the folder. */
  private static List<Path> hidden(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(FolderFiles::isTemporary).toList();
    }
  }

  private static void discard(Path room) {
    try {
      FileSystemUtils.deleteRecursively(room);
    } catch (IOException e) {
      throw new IllegalStateException(room + " cannot be removed: " + e, e);
    }
  }
}

package io.tickethub.kit.scaffold;

import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.util.FileSystemUtils;

/**
 * A connector's folder in the making. It grows beside the connectors under a hidden name and takes
 * its place in one step, so that a hub that watches never sees half of it.
 */
final class NewFolder implements AutoCloseable {

  private static final String TEMPLATES = "templates";

  private final Path nursery;
  private final Path folder;
  private final Path place;

  private NewFolder(Path nursery, Path place) {
    this.nursery = nursery;
    this.place = place;
    this.folder = nursery.resolve(place.getFileName().toString());
  }

  static NewFolder of(NewConnector connector) {
    try {
      Path nursery = Files.createTempDirectory(connector.directory(), ".new-");
      NewFolder folder = new NewFolder(nursery, connector.directory().resolve(connector.name()));
      Files.createDirectory(folder.folder);
      Path templates = connector.directory().resolve(TEMPLATES);
      if (Files.isDirectory(templates)) {
        FileSystemUtils.copyRecursively(templates, nursery.resolve(TEMPLATES));
      }
      return folder;
    } catch (IOException e) {
      throw failure(connector.directory(), e);
    }
  }

  /** Where it grows. */
  Path path() {
    return folder;
  }

  void write(String name, String text) {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  void write(String name, byte[] bytes) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /** Puts it where connectors are. */
  Path take() {
    try {
      Files.move(folder, place, StandardCopyOption.ATOMIC_MOVE);
      return place;
    } catch (DirectoryNotEmptyException
        | FileAlreadyExistsException
        | AtomicMoveNotSupportedException e) {
      throw new DefinitionException(
          "%s has been made by somebody else meanwhile".formatted(place), e);
    } catch (IOException e) {
      throw failure(place, e);
    }
  }

  @Override
  public void close() {
    try {
      FileSystemUtils.deleteRecursively(nursery);
    } catch (IOException e) {
      throw failure(nursery, e);
    }
  }

  private static DefinitionException failure(Path path, IOException e) {
    return new DefinitionException("%s: cannot be written: %s".formatted(path, e.getMessage()), e);
  }
}

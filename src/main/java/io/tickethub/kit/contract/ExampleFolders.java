package io.tickethub.kit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folders of a connector's examples. */
final class ExampleFolders {

  private ExampleFolders() {}

  /** Those of a channel, in the order of their names. */
  static List<Path> of(Path folder, String channel) {
    return below(folder.resolve("examples").resolve(channel));
  }

  /** The folders in a folder; none if it is not there. */
  static List<Path> below(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file of an example whose name begins so. */
  static Optional<Path> file(Path example, String stem) {
    try (Stream<Path> files = Files.list(example)) {
      return files.filter(file -> file.getFileName().toString().startsWith(stem + ".")).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

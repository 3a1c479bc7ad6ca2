package io.tickethub.cli;

import io.tickethub.definition.DefinitionException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the folders of connectors are. */
final class ConnectorDirectory {

  @Option(
      names = "--directory",
      paramLabel = "DIRECTORY",
      defaultValue = "connectors",
      description = "where the connectors are (default: ${DEFAULT-VALUE})")
  private Path path;

  Path path() {
    return path;
  }

  /** Throws {@link DefinitionException} if it is not there. */
  Path existing() {
    return existing(path);
  }

  /** The folder of this name; throws {@link DefinitionException} if it is not there. */
  Path folder(String name) {
    return existing(path.resolve(name));
  }

  private static Path existing(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DefinitionException(folder + ": there is no such folder");
    }
    return folder;
  }
}

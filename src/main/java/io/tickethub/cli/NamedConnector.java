package io.tickethub.cli;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The connector a command is about. */
final class NamedConnector {

  @Parameters(index = "0", paramLabel = "NAME", description = "the connector")
  private String name;

  @Mixin private ConnectorDirectory directory;

  String name() {
    return name;
  }

  /** Where it is among others. */
  Path directory() {
    return directory.path();
  }

  /** Its folder; throws {@link io.tickethub.definition.DefinitionException} if there is none. */
  Path folder() {
    return directory.folder(name);
  }
}

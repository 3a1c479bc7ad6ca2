package io.tickethub.cli;

import io.tickethub.kit.reference.GeneratedFiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "readme",
    mixinStandardHelpOptions = true,
    description =
        "Checks, or writes, the generated tables of connectors and product adapters in README.md.")
final class ConnectorReadmeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--directory",
      paramLabel = "DIRECTORY",
      defaultValue = "connectors",
      description = "where the folders are (default: ${DEFAULT-VALUE})")
  private Path directory;

  @Mixin private GeneratedOutput generated;

  @Override
  public Integer call() {
    return generated.run(spec.commandLine().getOut(), GeneratedFiles.readmes(directory));
  }
}

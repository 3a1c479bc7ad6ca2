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
    name = "schema",
    mixinStandardHelpOptions = true,
    description =
        "Checks, or writes, what is generated from the code that reads definitions: the JSON Schemas of connector.yaml, product.yaml, quality.yaml and column layouts, and REFERENCE.md.")
final class ConnectorSchemaCommand implements Callable<Integer> {

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
    return generated.run(spec.commandLine().getOut(), GeneratedFiles.schemas(directory));
  }
}

package io.tickethub.cli;

import io.tickethub.kit.reference.GeneratedFiles;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description =
        "Checks, or writes, what is generated from the code that reads definitions: the JSON Schemas of connector.yaml, product.yaml, quality.yaml and column layouts, and REFERENCE.md.")
final class ConnectorSchemaCommand implements Callable<Integer> {

  @Mixin private GeneratedOutput generated;

  @Override
  public Integer call() {
    return generated.run(GeneratedFiles::schemas);
  }
}

package io.tickethub.cli;

import io.tickethub.kit.reference.GeneratedFiles;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "readme",
    mixinStandardHelpOptions = true,
    description =
        "Checks, or writes, the generated tables of connectors, product adapters and templates in README.md.")
final class ConnectorReadmeCommand implements Callable<Integer> {

  @Mixin private GeneratedOutput generated;

  @Override
  public Integer call() {
    return generated.run(GeneratedFiles::readmes);
  }
}

package io.tickethub.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "configuration",
    mixinStandardHelpOptions = true,
    description =
        "Prints every configuration key with its default and meaning; a start for your own hub.yaml.")
final class ConfigurationCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    try (InputStream defaults = ConfigurationCommand.class.getResourceAsStream("/hub.yaml")) {
      spec.commandLine()
          .getOut()
          .print(new String(defaults.readAllBytes(), StandardCharsets.UTF_8));
      spec.commandLine().getOut().flush();
    } catch (IOException e) {
      throw new IllegalStateException("the jar is damaged: hub.yaml is missing", e);
    }
  }
}

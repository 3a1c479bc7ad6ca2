package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Steers one connector. */
abstract class ControlCommand implements Runnable {

  private final String action;

  @Mixin private OperationsClient hub;
  @Mixin private Output output;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CONNECTOR", description = "see 'hub connector list'")
  private String connector;

  @Mixin private Reason reason;

  private ControlCommand(String action) {
    this.action = action;
  }

  @Override
  public void run() {
    Map<String, String> parameters =
        reason.text() == null ? Map.of() : Map.of("reason", reason.text());
    JsonNode answer =
        hub.post(
            "/api/connectors/%s/%s".formatted(OperationsClient.encode(connector), action),
            parameters);
    output.object(spec.commandLine().getOut(), answer);
  }

  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Stops telling a system anything; what it has to be told waits.")
  static final class Pause extends ControlCommand {
    Pause() {
      super("pause");
    }
  }

  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "Goes on telling a system.")
  static final class Resume extends ControlCommand {
    Resume() {
      super("resume");
    }
  }
}

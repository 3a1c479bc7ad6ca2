package io.tickethub.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Does something to one whole connector of the running hub. */
abstract class ConnectorLifeCommand implements Runnable {

  private final String action;

  @Mixin private OperationsClient hub;
  @Mixin private Output output;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "of the connector")
  private String connector;

  @Mixin private Reason reason;

  private ConnectorLifeCommand(String action) {
    this.action = action;
  }

  @Override
  public void run() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("reason", reason.text());
    output.object(
        spec.commandLine().getOut(),
        hub.post(
            "/api/connectors/%s/%s".formatted(OperationsClient.encode(connector), action), query));
  }

  @Command(
      name = "reload",
      mixinStandardHelpOptions = true,
      description = "Reads a connector's folder and its secrets anew, and runs what it finds.")
  static final class Reload extends ConnectorLifeCommand {
    Reload() {
      super("reload");
    }
  }

  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description =
          "Stops a connector until somebody enables it, also over restarts; what its system would"
              + " be told waits.")
  static final class Disable extends ConnectorLifeCommand {
    Disable() {
      super("disable");
    }
  }

  @Command(
      name = "enable",
      mixinStandardHelpOptions = true,
      description = "Starts a connector that somebody disabled.")
  static final class Enable extends ConnectorLifeCommand {
    Enable() {
      super("enable");
    }
  }
}

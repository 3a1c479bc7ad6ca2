package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows what flows and what does not.")
final class StatusCommand implements Runnable {

  @Mixin private OperationsClient hub;
  @Mixin private Output output;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode status = hub.get("/api/status", Map.of());
    if (output.isJson()) {
      output.json(out, status);
      return;
    }
    out.println(
        "tickets %s, waiting messages %s, open dead letters %s, open alerts %s, time limits %s"
            .formatted(
                status.get("tickets"),
                status.get("waitingMessages"),
                status.get("openDeadLetters"),
                status.get("openAlerts"),
                status.get("clocks")));
    output.table(
        out,
        status.get("connectors"),
        "name",
        "state",
        "paused",
        "breaker",
        "received",
        "refused",
        "delivered",
        "failures",
        "waiting",
        "deadLetters",
        "lastFailure");
  }
}

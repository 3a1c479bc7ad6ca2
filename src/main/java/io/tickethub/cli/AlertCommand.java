package io.tickethub.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "alert",
    mixinStandardHelpOptions = true,
    description =
        "Lists what a person has to know: systems that are down or refuse credentials, silent channels, the database, the intake.",
    synopsisSubcommandLabel = "(list)")
final class AlertCommand {

  @Spec private CommandSpec spec;

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the alerts that last, the newest first.")
  void list(
      @Option(names = "--closed", description = "those too that are over") boolean closed,
      @Option(
              names = "--limit",
              defaultValue = "50",
              description = "at most (default: ${DEFAULT-VALUE})")
          int limit,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("closed", Boolean.toString(closed));
    query.put("limit", Integer.toString(limit));
    output.table(
        spec.commandLine().getOut(),
        hub.get("/api/alerts", query),
        "openedAt",
        "closedAt",
        "kind",
        "subject",
        "cause",
        "end");
  }
}

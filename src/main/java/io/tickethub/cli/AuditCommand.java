package io.tickethub.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Who did what.",
    synopsisSubcommandLabel = "(list)")
final class AuditCommand {

  @Spec private CommandSpec spec;

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists what people did, the newest first.")
  void list(
      @Option(names = "--actor", paramLabel = "NAME", description = "only what this one did")
          String actor,
      @Option(names = "--action", paramLabel = "ACTION", description = "such as replay or reveal")
          String action,
      @Option(
              names = "--subject",
              paramLabel = "TEXT",
              description = "what it was done to begins with this")
          String subject,
      @Option(
              names = "--limit",
              defaultValue = "50",
              description = "at most (default: ${DEFAULT-VALUE})")
          int limit,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("actor", actor);
    query.put("action", action);
    query.put("subject", subject);
    query.put("limit", Integer.toString(limit));
    output.table(
        spec.commandLine().getOut(),
        hub.get("/api/audit", query),
        "at",
        "actor",
        "action",
        "subject",
        "detail");
  }
}

package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "dead-letter",
    mixinStandardHelpOptions = true,
    description = "Lists, shows, replays and discards what gave up.",
    synopsisSubcommandLabel = "(list | show | replay | discard)")
final class DeadLetterCommand {

  @Spec private CommandSpec spec;

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists dead letters, the newest first.")
  void list(
      @Option(names = "--connector", description = "only of this one") String connector,
      @Option(names = "--closed", description = "those too that were replayed or discarded")
          boolean closed,
      @Option(
              names = "--limit",
              defaultValue = "50",
              description = "at most (default: ${DEFAULT-VALUE})")
          int limit,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("connector", connector);
    query.put("closed", Boolean.toString(closed));
    query.put("limit", Integer.toString(limit));
    output.table(
        spec.commandLine().getOut(),
        hub.get("/api/dead-letters", query),
        "id",
        "createdAt",
        "kind",
        "connector",
        "channel",
        "code",
        "ticket",
        "cause",
        "outcome");
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows a dead letter with every attempt.")
  void show(
      @Parameters(paramLabel = "ID") String id, @Mixin OperationsClient hub, @Mixin Output output) {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode letter = hub.get("/api/dead-letters/" + OperationsClient.encode(id), Map.of());
    output.object(out, letter);
    if (!output.isJson() && !letter.path("attempts").isEmpty()) {
      out.println();
      output.table(
          out,
          letter.get("attempts"),
          "attempt",
          "startedAt",
          "outcome",
          "failureCode",
          "failureText");
    }
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = "Tries dead letters again. A second replay of the same one does nothing.")
  void replay(
      @Parameters(paramLabel = "ID", arity = "1..*") List<String> ids,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    act("replay", ids, hub, output);
  }

  @Command(
      name = "discard",
      mixinStandardHelpOptions = true,
      description = "Lets dead letters go, so that what stands behind them goes on.")
  void discard(
      @Parameters(paramLabel = "ID", arity = "1..*") List<String> ids,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    act("discard", ids, hub, output);
  }

  private void act(String action, List<String> ids, OperationsClient hub, Output output) {
    for (String id : ids) {
      output.object(
          spec.commandLine().getOut(),
          hub.post(
              "/api/dead-letters/%s/%s".formatted(OperationsClient.encode(id), action), Map.of()));
    }
  }
}

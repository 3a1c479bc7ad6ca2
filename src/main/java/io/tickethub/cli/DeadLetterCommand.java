package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    description = {
      "Lists, shows, replays, edits and discards what gave up.",
      "After an outage: 'groups' says what failed for which reason; 'replay --group GROUP --dry-run' what a replay would do;"
          + " 'replay --group GROUP --reason TEXT --wait' does it step by step and stops when failures return."
    },
    subcommands = {
      DeadLetterReplayCommand.Replay.class,
      DeadLetterReplayCommand.Discard.class,
      DeadLetterEditCommand.class
    },
    synopsisSubcommandLabel = "(groups | list | show | replay | edit | discard | jobs | stop)")
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
      name = "groups",
      mixinStandardHelpOptions = true,
      description =
          "Groups dead letters by their reason, CONNECTOR/CHANNEL/KIND/CODE, those with most open ones first.")
  void groups(
      @Option(names = "--connector", description = "only of this one") String connector,
      @Option(names = "--closed", description = "groups too of which none is open") boolean closed,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("connector", connector);
    query.put("closed", Boolean.toString(closed));
    output.table(
        spec.commandLine().getOut(),
        hub.get("/api/dead-letters/groups", query),
        "open",
        "closed",
        "first",
        "last",
        "sample",
        "group");
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description =
          "Shows a dead letter: how far its message comes, step by step, what the ticket became, every attempt with what"
              + " was sent and the answer. Personal data is masked.")
  void show(
      @Parameters(paramLabel = "ID") String id,
      @Option(
              names = "--reveal",
              description =
                  "shows personal data and, with --json, the bytes of the message; takes the privacy token and is audited")
          boolean reveal,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    PrintWriter out = spec.commandLine().getOut();
    String path = "/api/dead-letters/" + OperationsClient.encode(id);
    JsonNode letter = reveal ? hub.getRevealed(path + "?reveal=true") : hub.get(path, Map.of());
    if (output.isJson()) {
      output.json(out, letter);
      return;
    }
    ObjectNode head = letter.deepCopy();
    head.remove(List.of("way", "attempts"));
    output.object(out, head);
    JsonNode steps = letter.path("way").path("steps");
    if (!steps.isMissingNode()) {
      out.println();
      out.println("its message, as its connector understands it today");
      output.object(out, steps);
    }
    if (letter.path("way").hasNonNull("bodyExpired")) {
      out.println();
      out.println("its message: " + letter.at("/way/bodyExpired").asText());
    }
    if (!letter.path("way").path("became").isEmpty()) {
      out.println();
      out.println("what the ticket became");
      output.table(
          out, letter.at("/way/became"), "sequence", "code", "from", "to", "note", "reason");
    }
    if (!letter.path("attempts").isEmpty()) {
      out.println();
      output.table(
          out,
          letter.get("attempts"),
          "attempt",
          "startedAt",
          "outcome",
          "failureCode",
          "failureText",
          "sent",
          "answer");
    }
    out.flush();
  }

  @Command(
      name = "jobs",
      mixinStandardHelpOptions = true,
      description = "Lists replays and discards of many dead letters, the newest first.")
  void jobs(@Mixin OperationsClient hub, @Mixin Output output) {
    output.table(
        spec.commandLine().getOut(),
        hub.get("/api/dead-letters/jobs", Map.of()),
        "id",
        "startedAt",
        "action",
        "state",
        "selected",
        "done",
        "failed",
        "underWay",
        "skipped",
        "cause",
        "reason");
  }

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "Stops a job: it takes no more. What it has taken goes on.")
  void stop(
      @Parameters(paramLabel = "JOB", description = "see 'hub dead-letter jobs'") String job,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    output.object(
        spec.commandLine().getOut(),
        hub.post(
            "/api/dead-letters/jobs/%s/stop".formatted(OperationsClient.encode(job)), Map.of()));
  }
}

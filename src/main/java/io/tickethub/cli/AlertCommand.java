package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.alert.AlertKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "alert",
    mixinStandardHelpOptions = true,
    description =
        "What a person has to know: systems that are down or refuse credentials, silent channels, the database, the intake; and who outside"
            + " is told of it (hub.alerts.notify).",
    synopsisSubcommandLabel = "(list | sent | test | silence | silences | unsilence)")
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

  @Command(
      name = "sent",
      mixinStandardHelpOptions = true,
      description = "Lists what was sent outside, and who took it, the newest first.")
  void sent(
      @Option(
              names = "--limit",
              defaultValue = "50",
              description = "at most (default: ${DEFAULT-VALUE})")
          int limit,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    JsonNode sent = hub.get("/api/alerts/notices", Map.of("limit", Integer.toString(limit)));
    if (!output.isJson()) {
      sent.forEach(message -> ((ObjectNode) message).put("told", told(message)));
    }
    output.table(spec.commandLine().getOut(), sent, "id", "madeAt", "madeBy", "title", "told");
  }

  private static String told(JsonNode message) {
    return StreamSupport.stream(message.get("recipients").spliterator(), false)
        .map(
            fate ->
                "%s: %s%s"
                    .formatted(
                        fate.get("recipient").asText(),
                        fate.get("state").asText(),
                        fate.hasNonNull("failure") ? ", " + fate.get("failure").asText() : ""))
        .collect(Collectors.joining("; "));
  }

  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = "Sends a message about nothing, and says what came of it.")
  int test(
      @Option(
              names = "--to",
              paramLabel = "NAME",
              description = "only this one of hub.alerts.notify")
          String to,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    JsonNode outcomes = hub.post("/api/alerts/test", to == null ? Map.of() : Map.of("to", to));
    output.table(spec.commandLine().getOut(), outcomes, "recipient", "kind", "taken", "detail");
    boolean all =
        StreamSupport.stream(outcomes.spliterator(), false)
            .allMatch(outcome -> outcome.get("taken").asBoolean());
    return all ? 0 : HubCommand.FAILED;
  }

  @Command(
      name = "silence",
      mixinStandardHelpOptions = true,
      description =
          "For a while nobody is told of some alerts; what lasts at its end is told then.")
  void silence(
      @Parameters(
              paramLabel = "KIND|CONNECTOR",
              arity = "1..2",
              description = "a kind of alert, such as channel-silent, a connector, or both")
          List<String> subjects,
      @Option(
              names = "--for",
              required = true,
              paramLabel = "DURATION",
              description = "such as 90m, 2h or 1d")
          String lasting,
      @Mixin Reason reason,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String subject : subjects) {
      if (query.put(AlertKind.isOne(subject) ? "kind" : "connector", subject) != null) {
        throw new ParameterException(
            spec.commandLine(), "one kind of alert, one connector, or one of each");
      }
    }
    query.put("for", lasting);
    query.put("reason", reason.text());
    output.object(spec.commandLine().getOut(), hub.post("/api/alerts/silences", query));
  }

  @Command(
      name = "silences",
      mixinStandardHelpOptions = true,
      description = "Lists the silences that last.")
  void silences(
      @Option(names = "--ended", description = "those too that are over") boolean ended,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    output.table(
        spec.commandLine().getOut(),
        hub.get("/api/alerts/silences", Map.of("ended", Boolean.toString(ended))),
        "id",
        "kind",
        "connector",
        "from",
        "until",
        "reason",
        "by",
        "endedBy");
  }

  @Command(
      name = "unsilence",
      mixinStandardHelpOptions = true,
      description = "Ends a silence before its time.")
  void unsilence(
      @Parameters(paramLabel = "ID", description = "see 'hub alert silences'") long id,
      @Mixin Reason reason,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    Map<String, String> query = reason.text() == null ? Map.of() : Map.of("reason", reason.text());
    output.object(spec.commandLine().getOut(), hub.delete("/api/alerts/silences/" + id, query));
  }
}

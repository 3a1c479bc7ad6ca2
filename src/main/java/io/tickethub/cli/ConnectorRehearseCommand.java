package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.cli.OperationsClient.OperationsException;
import io.tickethub.kit.rehearsal.CandidateFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "rehearse",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a changed connector over the messages the hub has stored, and shows what would differ from the running one:"
          + " messages taken or refused, changes, tickets, states, deliveries. Nothing is sent or written.",
      "The folder NAME under --directory is sent to the hub, without lib/. Personal data is masked."
    },
    footer = {
      "",
      "Exit codes: 0 done, also if something differs (then 1 with --fail-on-difference); 1 it could not be done, a broken folder for instance."
    })
final class ConnectorRehearseCommand implements Callable<Integer> {

  private static final String RUNNING = "running";

  @Parameters(paramLabel = "NAME", description = "the connector, which must be running")
  private String name;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      defaultValue = "7d",
      description =
          "messages received since: 7d, 12h, 30m, 2026-03-01 or 2026-03-01T08:00 (default: ${DEFAULT-VALUE})")
  private String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "messages received before; default: now")
  private String until;

  @Option(names = "--channel", description = "only messages of this channel; default: all")
  private String channel;

  @Mixin private ConnectorDirectory directory;

  @Option(
      names = "--deployed",
      description = "takes the folder the hub has on its disk, instead of sending one")
  private boolean deployed;

  @Option(
      names = "--most",
      paramLabel = "NUMBER",
      defaultValue = "50",
      description = "how many differences to show; equal ones are one (default: ${DEFAULT-VALUE})")
  private int most;

  @Option(names = "--fail-on-difference", description = "exit code 1 if anything differs")
  private boolean failOnDifference;

  @Mixin private OperationsClient hub;
  @Mixin private Output output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    byte[] archive =
        deployed
            ? new byte[0]
            : FolderArchive.of(directory.path().resolve(name), CandidateFolder.MOST_BYTES_PACKED);
    if (!deployed && Files.isDirectory(directory.path().resolve(name).resolve("lib"))) {
      note("lib/ is not sent: the rehearsal uses the libraries that the hub has");
    }
    Map<String, String> query = new LinkedHashMap<>();
    query.put("since", since);
    query.put("until", until);
    query.put("channel", channel);
    String rehearsals = "/api/connectors/%s/rehearsals".formatted(OperationsClient.encode(name));
    JsonNode begun = hub.post(rehearsals, query, archive);
    JsonNode result = await(rehearsals + "/" + begun.get("id").asText());
    if (output.isJson()) {
      output.json(spec.commandLine().getOut(), result);
    } else {
      print(spec.commandLine().getOut(), result);
    }
    if (!result.get("state").asText().equals("done")) {
      throw new OperationsException(
          HubCommand.FAILED,
          "the rehearsal was %s%s"
              .formatted(
                  result.get("state").asText(),
                  result.hasNonNull("cause") ? ": " + result.get("cause").asText() : ""));
    }
    return failOnDifference && !result.get("affected").isEmpty() ? HubCommand.FAILED : 0;
  }

  private void note(String text) {
    spec.commandLine().getErr().println("hub: " + text);
    spec.commandLine().getErr().flush();
  }

  /** Who stops the command stops the rehearsal. */
  private JsonNode await(String rehearsal) {
    Thread cancel = new Thread(() -> hub.delete(rehearsal));
    Runtime.getRuntime().addShutdownHook(cancel);
    try (ProgressLine line =
        new ProgressLine(spec.commandLine().getErr(), System.console() != null)) {
      Map<String, String> query = Map.of("wait", "1", "most", String.valueOf(most));
      JsonNode view = hub.get(rehearsal, query);
      while (view.get("state").asText().equals(RUNNING)) {
        line.show(
            view.get("stage").asText(), view.get("done").asLong(), view.get("total").asLong());
        view = hub.get(rehearsal, query);
      }
      return view;
    } finally {
      Runtime.getRuntime().removeShutdownHook(cancel);
    }
  }

  private void print(PrintWriter out, JsonNode result) {
    JsonNode counts = result.get("counts");
    out.println(
        "%s, messages of %s to %s: %s compared in %.1f s; %s tickets played again, %s deliveries written again"
            .formatted(
                result.get("connector").asText(),
                result.get("since").asText(),
                result.get("until").asText(),
                number(counts.get("messagesCompared")),
                seconds(result),
                number(counts.get("ticketsReplayed")),
                number(counts.get("deliveriesMappedAgain"))));
    counts
        .get("messagesSkipped")
        .fields()
        .forEachRemaining(
            skipped ->
                out.println(
                    "not compared: %s (%s)"
                        .formatted(number(skipped.getValue()), skipped.getKey())));
    if (counts.get("ticketsLeftOut").asLong() > 0) {
      out.println("tickets too large or too many: " + number(counts.get("ticketsLeftOut")));
    }
    if (counts.get("messagesDecidedOtherwiseAtReceipt").asLong() > 0) {
      out.println(
          "decided otherwise at their receipt than by the running version: "
              + number(counts.get("messagesDecidedOtherwiseAtReceipt")));
    }
    if (result.get("affected").isEmpty()) {
      out.println("nothing differs");
    } else {
      differences(out, result);
    }
    out.flush();
  }

  private void differences(PrintWriter out, JsonNode result) {
    out.println("what would differ:");
    result
        .get("affected")
        .fields()
        .forEachRemaining(
            kind -> out.println("  %-22s %s".formatted(kind.getKey(), number(kind.getValue()))));
    out.println();
    output.table(
        out,
        result.get("differences"),
        "kind",
        "channel",
        "path",
        "before",
        "after",
        "count",
        "examples");
    if (result.get("omitted").asInt() > 0) {
      out.println("… and %d more; see --most".formatted(result.get("omitted").asInt()));
    }
    out.println();
    result.get("limits").forEach(limit -> out.println("note: " + limit.asText()));
  }

  private static double seconds(JsonNode result) {
    return Duration.between(
                Instant.parse(result.get("startedAt").asText()),
                Instant.parse(result.get("finishedAt").asText()))
            .toMillis()
        / 1_000.0;
  }

  private static String number(JsonNode number) {
    return String.format(Locale.ROOT, "%,d", number.asLong());
  }
}

package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.cli.OperationsClient.OperationsException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is done with dead letters: those of the ids given, or a selection of them as a job. */
abstract class DeadLetterReplayCommand implements Callable<Integer> {

  private static final String RUNNING = "running";
  private static final long LOOK_MILLISECONDS = 300;

  @Parameters(paramLabel = "ID", arity = "0..*", description = "see 'hub dead-letter list'")
  private List<String> ids = new ArrayList<>();

  @Mixin private LetterSelection selection;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "why; audited. A selection takes one")
  private String reason;

  @Option(names = "--wait", description = "waits for the end and shows how far it is")
  private boolean wait;

  @Mixin private OperationsClient hub;
  @Mixin private Output output;
  @Spec private CommandSpec spec;

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = {
        "Tries dead letters again. A second replay of the same one does nothing.",
        "A selection is a job in the hub, which survives a restart. It takes 1, then 5, 50, 500 and 500 again; the next step"
            + " begins when the one before has ended well. It stops when anything fails in the first step, or more than a"
            + " share in a later one. A delivery keeps its place: what waits behind it follows in its order. A message is"
            + " applied after what came meanwhile, and never puts an older word in the place of a newer one."
      })
  static final class Replay extends DeadLetterReplayCommand {

    @Option(names = "--dry-run", description = "says what it would do, and does nothing")
    private boolean dryRun;

    @Option(
        names = "--failures",
        paramLabel = "SHARE",
        defaultValue = "0.05",
        description = "the share of a later step that may fail again (default: ${DEFAULT-VALUE})")
    private double failures;

    @Override
    public Integer call() {
      return dryRun ? preview() : act("replay", Map.of("failures", Double.toString(failures)));
    }
  }

  @Command(
      name = "discard",
      mixinStandardHelpOptions = true,
      description =
          "Lets dead letters go, so that what stands behind them goes on. What was discarded is never told; this cannot be"
              + " undone.")
  static final class Discard extends DeadLetterReplayCommand {

    @Option(names = "--dry-run", description = "says which it would discard, and does nothing")
    private boolean dryRun;

    @Override
    public Integer call() {
      return dryRun ? preview() : act("discard", Map.of());
    }
  }

  private Map<String, String> selected() {
    Map<String, String> query = selection.query();
    if (query.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "say which dead letters: their ids, or --group, --connector, --code, --ticket, --since, --until");
    }
    return query;
  }

  final int preview() {
    JsonNode preview = hub.get("/api/dead-letters/preview", selected());
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      output.json(out, preview);
      return 0;
    }
    ObjectNode head = preview.deepCopy();
    head.remove(List.of("systems", "first"));
    output.object(out, head);
    out.println();
    output.table(
        out,
        preview.get("systems"),
        "connector",
        "kind",
        "code",
        "open",
        "tickets",
        "closed",
        "settled");
    out.println();
    out.println("it would begin with");
    output.table(out, preview.get("first"), "id", "kind", "connector", "ticket", "behind");
    return 0;
  }

  final int act(String action, Map<String, String> parameters) {
    if (!ids.isEmpty() && !selection.query().isEmpty()) {
      throw new ParameterException(spec.commandLine(), "give ids or a selection, not both");
    }
    return ids.isEmpty() ? begin(action, parameters) : actOnEach(action);
  }

  private int actOnEach(String action) {
    for (String id : ids) {
      Map<String, String> query = reason == null ? Map.of() : Map.of("reason", reason);
      output.object(
          spec.commandLine().getOut(),
          hub.post(
              "/api/dead-letters/%s/%s".formatted(OperationsClient.encode(id), action), query));
    }
    return 0;
  }

  private int begin(String action, Map<String, String> parameters) {
    Map<String, String> query = selected();
    if (reason == null) {
      throw new ParameterException(spec.commandLine(), "say why with --reason: it is audited");
    }
    query.putAll(parameters);
    query.put("reason", reason);
    JsonNode job = hub.post("/api/dead-letters/" + action, query);
    if (!wait) {
      output.object(spec.commandLine().getOut(), job);
      return 0;
    }
    JsonNode ended = await(job);
    output.object(spec.commandLine().getOut(), ended);
    if (!ended.get("state").asText().equals("done")) {
      throw new OperationsException(
          HubCommand.FAILED, "the job was stopped: " + ended.path("cause").asText());
    }
    return 0;
  }

  private JsonNode await(JsonNode begun) {
    String path = "/api/dead-letters/jobs/" + begun.get("id").asText();
    try (ProgressLine line =
        new ProgressLine(spec.commandLine().getErr(), System.console() != null)) {
      JsonNode job = begun;
      while (job.get("state").asText().equals(RUNNING)) {
        line.show(
            "step " + job.get("step").asInt(),
            job.get("done").asLong() + job.get("failed").asLong() + job.get("skipped").asLong(),
            job.get("selected").asLong());
        if (new CountDownLatch(1).await(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS)) {
          break;
        }
        job = hub.get(path, Map.of());
      }
      return job;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationsException(HubCommand.FAILED, "interrupted; the job goes on in the hub");
    }
  }
}

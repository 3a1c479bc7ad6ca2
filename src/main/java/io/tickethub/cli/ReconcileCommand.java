package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tickethub.cli.OperationsClient.OperationsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    description = {
      "Asks systems for their lists of tickets and compares them with what the hub believes (对账).",
      "Without --repair it only lists the differences. Whatever is still under way is no"
          + " difference: it is looked at again the next time. A repair shows in the next"
          + " comparison."
    },
    synopsisSubcommandLabel = "(list | show | explain | approve)",
    footer = {"", "Exit code 5: there were differences."})
final class ReconcileCommand implements Callable<Integer> {

  private static final int DIFFERENT = 5;
  private static final long LOOK_MILLISECONDS = 300;
  private static final int PAGE = 500;
  private static final String PATH = "/api/reconciliations";
  private static final String REFUSED = "refused";
  private static final List<String> ENDS = List.of("done", "failed");

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "CONNECTOR",
      arity = "0..*",
      description = "whose systems are asked; all that can be asked if none is named")
  private List<String> connectors = new ArrayList<>();

  @Option(names = "--repair", description = "repairs what the rules decide")
  private boolean repair;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "writes the differences to a file, for spreadsheets")
  private Path csv;

  @Mixin private OperationsClient hub;
  @Mixin private Output output;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (csv != null) {
      DriftCsv.write(csv, List.of());
    }
    List<JsonNode> runs = named().stream().map(this::begin).toList();
    ArrayNode report = new JsonMapper().createArrayNode();
    List<JsonNode> drifts = new ArrayList<>();
    for (JsonNode begun : runs) {
      JsonNode run = isRefused(begun) ? begun : await(begun);
      List<JsonNode> ofRun = isRefused(begun) ? List.of() : drifts(run.get("id").asText(), null);
      drifts.addAll(ofRun);
      report.addObject().setAll(Map.of("run", run, "drifts", array(ofRun)));
    }
    if (csv != null) {
      DriftCsv.write(csv, drifts);
    }
    print(out, report, drifts);
    return code(report, drifts);
  }

  /** Nothing is begun if one of them cannot be asked. */
  private List<String> named() {
    List<String> all = new ArrayList<>();
    hub.get(PATH + "/connectors", Map.of()).forEach(name -> all.add(name.asText()));
    for (String connector : connectors) {
      if (!all.contains(connector)) {
        throw new OperationsException(
            HubCommand.NOT_FOUND,
            "the system of '%s' cannot be asked for its list now; those of %s can"
                .formatted(connector, all));
      }
    }
    if (!connectors.isEmpty()) {
      return connectors.stream().distinct().toList();
    }
    if (all.isEmpty()) {
      throw new OperationsException(
          HubCommand.FAILED,
          "no connector's system can be asked: connector.yaml says reconcile.ask");
    }
    return all;
  }

  /** One that is refused does not keep the others from being compared. */
  private JsonNode begin(String connector) {
    try {
      return begun(connector);
    } catch (OperationsException e) {
      if (e.exitCode() != HubCommand.FAILED) {
        throw e;
      }
      return new JsonMapper()
          .createObjectNode()
          .put("connector", connector)
          .put("state", REFUSED)
          .put("cause", e.getMessage());
    }
  }

  private JsonNode begun(String connector) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("connector", connector);
    query.put("repair", Boolean.toString(repair));
    return hub.post(PATH, query);
  }

  private static boolean isRefused(JsonNode run) {
    return run.get("state").asText().equals(REFUSED);
  }

  private static ArrayNode array(List<JsonNode> nodes) {
    return new JsonMapper().createArrayNode().addAll(nodes);
  }

  private void print(PrintWriter out, ArrayNode report, List<JsonNode> drifts) {
    if (output.isJson()) {
      output.json(out, report);
      return;
    }
    ArrayNode runs = new JsonMapper().createArrayNode();
    report.forEach(entry -> runs.add(entry.get("run")));
    if (!drifts.isEmpty()) {
      table(out, array(drifts));
      out.println();
    }
    summary(out, runs);
  }

  private void table(PrintWriter out, JsonNode drifts) {
    output.table(
        out,
        drifts,
        "id",
        "connector",
        "ticket",
        "kind",
        "field",
        "hub",
        "system",
        "right",
        "state",
        "because");
  }

  private void summary(PrintWriter out, JsonNode runs) {
    output.table(
        out,
        runs,
        "id",
        "connector",
        "state",
        "statements",
        "compared",
        "drifts",
        "repaired",
        "inFlight",
        "complete",
        "cause");
  }

  private static int code(ArrayNode report, List<JsonNode> drifts) {
    for (JsonNode entry : report) {
      if (!entry.at("/run/state").asText().equals("done")) {
        return HubCommand.FAILED;
      }
    }
    return drifts.isEmpty() ? 0 : DIFFERENT;
  }

  private JsonNode await(JsonNode begun) {
    String path = PATH + "/" + begun.get("id").asText();
    try (ProgressLine line =
        new ProgressLine(spec.commandLine().getErr(), System.console() != null)) {
      JsonNode run = begun;
      while (!ENDS.contains(run.get("state").asText())) {
        line.show(
            run.get("connector").asText() + " " + run.get("state").asText(),
            run.get("compared").asLong(),
            run.get("statements").asLong());
        if (new CountDownLatch(1).await(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS)) {
          break;
        }
        run = hub.get(path, Map.of());
      }
      return run;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationsException(HubCommand.FAILED, "interrupted; it goes on in the hub");
    }
  }

  private List<JsonNode> drifts(String run, String state) {
    List<JsonNode> all = new ArrayList<>();
    Map<String, String> query = new LinkedHashMap<>();
    query.put("state", state);
    query.put("limit", Integer.toString(PAGE));
    while (true) {
      JsonNode page = hub.get(PATH + "/" + OperationsClient.encode(run) + "/drifts", query);
      page.forEach(all::add);
      if (page.isEmpty()) {
        return all;
      }
      query.put("after", page.get(page.size() - 1).get("id").asText());
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists comparisons, the newest first.")
  void list(
      @Option(names = "--connector", description = "only of this one") String connector,
      @Option(
              names = "--limit",
              defaultValue = "20",
              description = "at most (default: ${DEFAULT-VALUE})")
          int limit,
      @Mixin OperationsClient client,
      @Mixin Output format) {
    hub = client;
    output = format;
    Map<String, String> query = new LinkedHashMap<>();
    query.put("connector", connector);
    query.put("limit", Integer.toString(limit));
    output.table(
        spec.commandLine().getOut(),
        hub.get(PATH, query),
        "id",
        "startedAt",
        "connector",
        "origin",
        "state",
        "statements",
        "drifts",
        "repaired",
        "inFlight",
        "cause");
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows the differences of a comparison.")
  void show(
      @Parameters(paramLabel = "RUN", description = "see 'hub reconcile list'") String run,
      @Option(
              names = "--state",
              description = "only these: open, person (has to decide) or repairing")
          String state,
      @Option(names = "--csv", paramLabel = "FILE", description = "writes them to a file, too")
          Path file,
      @Mixin OperationsClient client,
      @Mixin Output format)
      throws IOException {
    hub = client;
    output = format;
    List<JsonNode> drifts = drifts(run, state);
    if (file != null) {
      DriftCsv.write(file, drifts);
    }
    table(spec.commandLine().getOut(), array(drifts));
  }

  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description =
          "Says of a difference who is right and why, what should have made both agree, and what"
              + " was done.")
  void explain(
      @Parameters(paramLabel = "DRIFT", description = "see 'hub reconcile show'") String drift,
      @Mixin OperationsClient client,
      @Mixin Output format) {
    format.object(
        spec.commandLine().getOut(),
        client.get(PATH + "/drifts/" + OperationsClient.encode(drift), Map.of()));
  }

  @Command(
      name = "approve",
      mixinStandardHelpOptions = true,
      description = {
        "Repairs differences as a person decides.",
        "hub: the system is told again where the ticket stands. system: what it says takes effect"
            + " on the ticket, whatever the rules of ownership say."
      })
  void approve(
      @Parameters(paramLabel = "DRIFT", arity = "1..*", description = "see 'hub reconcile show'")
          List<String> ids,
      @Option(names = "--take", required = true, description = "hub or system") String side,
      @Mixin Reason reason,
      @Mixin OperationsClient client,
      @Mixin Output format) {
    for (String id : ids) {
      Map<String, String> query = new LinkedHashMap<>();
      query.put("side", side);
      query.put("reason", reason.text());
      format.object(
          spec.commandLine().getOut(),
          client.post(PATH + "/drifts/" + OperationsClient.encode(id) + "/take", query));
    }
  }
}

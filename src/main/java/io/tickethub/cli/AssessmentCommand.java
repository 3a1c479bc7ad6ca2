package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "assessment",
    mixinStandardHelpOptions = true,
    description = "The quality of partners and of the 10000 centre, month by month (服务质量评估).",
    synopsisSubcommandLabel = "(run | list | show | export)")
final class AssessmentCommand {

  private static final String PATH = "/api/assessments";
  private static final JsonMapper JSON = new JsonMapper();

  @Spec private CommandSpec spec;

  /** Where a file is put; the formats have the names of their endings. */
  enum Format {
    html,
    csv
  }

  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = {
        "Publishes a month, as the hub itself does on the first working day of the next.",
        "Nothing happens if the newest version says the same already; what differs becomes a new version."
      })
  void run(
      @Parameters(paramLabel = "MONTH", description = "such as 2026-10") String month,
      @Option(names = "--dry-run", description = "only computes and shows it") boolean dryRun,
      @Option(names = "--reason", description = "why a published month is corrected") String reason,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("dryRun", Boolean.toString(dryRun));
    query.put("reason", reason);
    JsonNode made = hub.post(path(month), query);
    print(made, output);
    if (!dryRun && !output.isJson()) {
      out()
          .println(
              made.get("published").asBoolean()
                  ? "published as version " + made.at("/assessment/version").asInt()
                  : "nothing new: version %d says the same"
                      .formatted(made.at("/assessment/version").asInt()));
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists what was published, the newest first.")
  void list(
      @Option(
              names = "--limit",
              defaultValue = "24",
              description = "at most (default: ${DEFAULT-VALUE})")
          int limit,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    output.table(
        out(),
        hub.get(PATH, Map.of("limit", Integer.toString(limit))),
        "month",
        "version",
        "tickets",
        "madeAt",
        "madeBy",
        "announcedAt",
        "reason");
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows a published month, or the tickets one of its figures was made from.")
  void show(
      @Parameters(paramLabel = "MONTH", description = "such as 2026-10") String month,
      @Option(names = "--version-number", description = "the newest if not given") Integer version,
      @Option(names = "--partner", description = "only this connector's") String partner,
      @Option(names = "--product-class", description = "with --explain: only of it")
          String productClass,
      @Option(
              names = "--explain",
              paramLabel = "FIGURE",
              description = "the tickets it was made from, and what each gave to it")
          String figure,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("version", version == null ? null : version.toString());
    query.put("partner", partner);
    if (figure == null) {
      print(hub.get(path(month), query), output);
      return;
    }
    query.put("figure", figure);
    query.put("productClass", productClass);
    ArrayNode parts = JSON.createArrayNode();
    JsonNode page;
    do {
      page = hub.get(path(month) + "/explanation", query);
      page.get("parts").forEach(parts::add);
      query.put("after", page.path("next").asText());
    } while (page.hasNonNull("next"));
    output.table(out(), parts, "ticket", "ticketVersion", "samples", "reproduced");
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Writes a published month to a file.")
  void export(
      @Parameters(paramLabel = "MONTH", description = "such as 2026-10") String month,
      @Option(names = "--version-number", description = "the newest if not given") Integer version,
      @Option(names = "--format", required = true, description = "${COMPLETION-CANDIDATES}")
          Format format,
      @Option(names = "--out", required = true, paramLabel = "FILE", description = "is replaced")
          Path file,
      @Mixin OperationsClient hub)
      throws IOException {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("version", version == null ? null : version.toString());
    Files.write(file, hub.bytes(path(month) + "/" + format, query));
    out().println(file);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static String path(String month) {
    return PATH + "/" + OperationsClient.encode(month);
  }

  private void print(JsonNode shown, Output output) {
    if (output.isJson()) {
      output.json(out(), shown);
      return;
    }
    ArrayNode partners = JSON.createArrayNode();
    for (JsonNode row : shown.at("/figures/partners")) {
      ObjectNode line = partners.addObject();
      line.set("partner", row.get("partner"));
      line.set("productClass", row.get("productClass"));
      row.get("figures")
          .properties()
          .forEach(entry -> line.put(entry.getKey(), value(entry.getValue())));
    }
    output.table(
        out(),
        partners,
        "partner",
        "productClass",
        "tickets",
        "response-p50",
        "response-p90",
        "response-in-time",
        "repair-p50",
        "repair-p90",
        "first-time-fix",
        "reopened",
        "satisfied",
        "breaches",
        "overdue",
        "returned");
    ArrayNode indicators = JSON.createArrayNode();
    for (JsonNode row : shown.at("/figures/indicators")) {
      ObjectNode line = indicators.addObject();
      line.set("group", row.get("group"));
      line.set("indicator", row.get("code"));
      line.put("value", value(row.get("measured")));
      line.set("samples", row.at("/measured/samples"));
      line.put(
          "formula",
          row.at("/measured/reason").isTextual()
              ? row.at("/measured/reason").asText()
              : row.get("formula").asText());
    }
    if (!indicators.isEmpty()) {
      out().println();
      output.table(out(), indicators, "group", "indicator", "value", "samples", "formula");
    }
  }

  /** Seconds, shares and counts as they are. */
  private static String value(JsonNode measured) {
    JsonNode value = measured.get("value");
    if (value == null || value.isNull()) {
      return "-";
    }
    double number = value.asDouble();
    return String.format(Locale.ROOT, number == Math.rint(number) ? "%.0f" : "%.3f", number);
  }
}

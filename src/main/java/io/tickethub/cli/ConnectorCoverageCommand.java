package io.tickethub.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.kit.coverage.ConnectorCoverage;
import io.tickethub.kit.coverage.Coverage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "coverage",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what the mappings of a connector's folder leave aside: fields of the samples they never read, codes of the samples that"
          + " no table holds, and entries of tables that no sample uses.",
      "Needs no running hub. A field that only an example of another kind would read counts as never read."
    })
final class ConnectorCoverageCommand implements Callable<Integer> {

  @Mixin private NamedConnector connector;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CHANNEL",
      description = "one of its inbound channels (default: all)")
  private String channel;

  @Parameters(
      index = "2..*",
      arity = "0..*",
      paramLabel = "FILE",
      description = "samples (default: the channel's examples)")
  private List<Path> files = List.of();

  @Mixin private Output output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ConnectorCoverage covered = new ConnectorCoverage(connector.folder());
    List<String> channels = channel == null ? covered.channels() : List.of(channel);
    List<Coverage> coverages =
        channels.stream()
            .map(each -> files.isEmpty() ? covered.ofExamples(each) : covered.of(each, files))
            .toList();
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      output.json(out, tree(coverages));
    } else {
      coverages.forEach(coverage -> print(out, coverage));
      out.flush();
    }
    return 0;
  }

  private static ArrayNode tree(List<Coverage> coverages) {
    JsonMapper json = new JsonMapper();
    ArrayNode tree = json.createArrayNode();
    for (Coverage coverage : coverages) {
      ObjectNode node = json.valueToTree(coverage);
      node.put("percentOfFieldsRead", coverage.percentOfFieldsRead());
      for (int i = 0; i < coverage.tables().size(); i++) {
        ((ObjectNode) node.path("tables").path(i))
            .put("percentUsed", coverage.tables().get(i).percentUsed());
      }
      tree.add(node);
    }
    return tree;
  }

  private static void print(PrintWriter out, Coverage coverage) {
    out.println(
        "%s / %s: %d samples, %d messages, %d refused%s"
            .formatted(
                coverage.connector(),
                coverage.channel(),
                coverage.samples(),
                coverage.messages(),
                coverage.refused(),
                coverage.unparsed() == 0
                    ? ""
                    : " (%d of them unread)".formatted(coverage.unparsed())));
    out.println(
        "  fields read: %d of %d (%d%%)"
            .formatted(
                coverage.fields().size() - coverage.unread().size(),
                coverage.fields().size(),
                coverage.percentOfFieldsRead()));
    coverage
        .unread()
        .forEach(
            field ->
                out.println(
                    "    never read: %s (in %d messages, filled in %d)"
                        .formatted(field.path(), field.occurrences(), field.filled())));
    coverage.tables().forEach(table -> print(out, table));
  }

  private static void print(PrintWriter out, Coverage.Table table) {
    out.println(
        "  code table %s: %d of %d entries used (%d%%), otherwise: %s"
            .formatted(
                table.name(),
                table.entries() - table.unused().size(),
                table.entries(),
                table.percentUsed(),
                table.otherwise()));
    if (!table.unknown().isEmpty()) {
      out.println(
          "    not in the table: "
              + table.unknown().stream()
                  .map(code -> "%s (%d times)".formatted(code.code(), code.occurrences()))
                  .collect(Collectors.joining(", ")));
    }
    if (!table.unused().isEmpty()) {
      out.println("    in no sample: " + String.join(", ", table.unused()));
    }
  }
}

package io.tickethub.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.connector.ConnectorCheck;
import io.tickethub.connector.ConnectorCheck.Report;
import io.tickethub.connector.example.ExampleOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "connector",
    mixinStandardHelpOptions = true,
    description = "Makes, checks, tries, tests and watches connectors.",
    subcommands = {
      ConnectorNewCommand.class,
      ConnectorInferCommand.class,
      ConnectorTryCommand.class,
      ConnectorCoverageCommand.class,
      ConnectorTestCommand.class,
      ConnectorQualityCommand.class,
      ConnectorTrafficCommand.class,
      ConnectorHistoryCommand.class,
      ConnectorCursorCommand.class,
      ConnectorDiffCommand.class,
      ConnectorRollbackCommand.class,
      ConnectorLifeCommand.Reload.class,
      ConnectorLifeCommand.Disable.class,
      ConnectorLifeCommand.Enable.class,
      ConnectorRehearseCommand.class,
      ConnectorCaptureCommand.class,
      ConnectorReadmeCommand.class,
      ConnectorSchemaCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class ConnectorCommand {

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the connectors of the running hub: which run, which do not and why.")
  void list(@Mixin OperationsClient hub, @Mixin Output output) {
    output.table(
        spec.commandLine().getOut(),
        hub.get("/api/connectors", Map.of()),
        "name",
        "titles.zh",
        "titles.en",
        "state",
        "cause");
  }

  @Spec private CommandSpec spec;

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Checks folders without a running hub: manifest, schemas, mappings, routes, examples.")
  int check(
      @Parameters(paramLabel = "NAME", arity = "0..*", description = "connectors; default: all")
          List<String> names,
      @Mixin ConnectorDirectory directory,
      @Mixin Output output)
      throws IOException {
    List<Report> reports = new ArrayList<>();
    for (Path folder : folders(names, directory)) {
      reports.add(ConnectorCheck.check(folder));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      output.json(
          out, new JsonMapper().valueToTree(reports.stream().map(ConnectorCommand::tree).toList()));
    } else {
      reports.forEach(report -> print(out, report));
    }
    out.flush();
    return reports.stream().allMatch(Report::isSound) ? 0 : HubCommand.FAILED;
  }

  private static List<Path> folders(List<String> names, ConnectorDirectory directory)
      throws IOException {
    if (names != null && !names.isEmpty()) {
      return names.stream().map(directory::folder).toList();
    }
    try (Stream<Path> entries = Files.list(directory.existing())) {
      return entries
          .filter(entry -> Files.exists(entry.resolve("connector.yaml")))
          .sorted()
          .toList();
    }
  }

  private static Map<String, Object> tree(Report report) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("connector", report.connector());
    tree.put("sound", report.isSound());
    tree.put("problems", report.problems());
    tree.put("examplesPassed", report.examples().stream().filter(ExampleOutcome::passed).count());
    tree.put(
        "examplesFailed",
        report.examples().stream()
            .filter(example -> !example.passed())
            .map(
                example ->
                    Map.of("name", example.name(), "difference", example.difference().orElse("")))
            .toList());
    return tree;
  }

  private static void print(PrintWriter out, Report report) {
    long passed = report.examples().stream().filter(ExampleOutcome::passed).count();
    out.println(
        "%-24s %s, %d of %d examples pass"
            .formatted(
                report.connector(),
                report.isSound() ? "sound" : "WRONG",
                passed,
                report.examples().size()));
    report.problems().forEach(problem -> out.println("  " + problem));
    for (ExampleOutcome example : report.examples()) {
      example
          .difference()
          .ifPresent(difference -> out.println("  %s: %s".formatted(example.name(), difference)));
    }
  }
}

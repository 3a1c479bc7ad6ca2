package io.tickethub.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.connector.example.ExampleOutcome;
import io.tickethub.kit.scaffold.NewConnector;
import io.tickethub.kit.scaffold.SampleScaffold;
import io.tickethub.kit.scaffold.ScaffoldReport;
import io.tickethub.kit.scaffold.ScaffoldReport.Finding;
import io.tickethub.kit.scaffold.Skeletons;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description =
        "Writes a new connector's folder: from samples of what its system sends, every guess with its confidence, or"
            + " from a template. Checks it at the end.")
final class ConnectorNewCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "the connector to be")
  private String name;

  @Option(
      names = "--from-sample",
      paramLabel = "FILE",
      arity = "1..*",
      description = "samples of one kind of message, as the system sends them")
  private List<Path> samples;

  @Option(
      names = "--from-template",
      paramLabel = "TEMPLATE",
      description = "a whole small connector to begin with; see --list-templates")
  private String template;

  @Option(names = "--list-templates", description = "lists the templates")
  private boolean listTemplates;

  @Mixin private ConnectorDirectory directory;

  @Option(names = "--title-en", paramLabel = "TITLE", description = "its English title")
  private String titleEnglish;

  @Option(names = "--title-zh", paramLabel = "TITLE", description = "its Chinese title")
  private String titleChinese;

  @Option(names = "--owner-team", paramLabel = "TEAM", description = "who looks after it")
  private String ownerTeam;

  @Option(names = "--owner-contact", paramLabel = "CONTACT", description = "how to reach them")
  private String ownerContact;

  @Option(
      names = "--transport",
      paramLabel = "TRANSPORT",
      description =
          "with --from-sample: http, soap, jms, sftp, ftp or ftps (default: http for JSON and XML, soap, sftp for files of"
              + " lines)")
  private String transport;

  @Option(
      names = "--channel",
      paramLabel = "CHANNEL",
      description = "with --from-sample: the name of the inbound channel")
  private String channel;

  @Mixin private Output output;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (listTemplates) {
      list(out);
      return 0;
    }
    if (name == null || (samples == null) == (template == null)) {
      throw new ParameterException(
          spec.commandLine(), "give a NAME and either --from-sample or --from-template");
    }
    if (template != null && (transport != null || channel != null)) {
      throw new ParameterException(
          spec.commandLine(), "--transport and --channel go with --from-sample only");
    }
    NewConnector connector =
        new NewConnector(
            name, directory.path(), titleEnglish, titleChinese, ownerTeam, ownerContact);
    ScaffoldReport report =
        template == null
            ? new SampleScaffold().create(connector, samples, transport, channel)
            : new Skeletons(directory.path()).create(connector, template);
    if (output.isJson()) {
      output.json(out, new JsonMapper().valueToTree(tree(report)));
    } else {
      print(out, report);
    }
    out.flush();
    return report.check().isSound() ? 0 : HubCommand.FAILED;
  }

  private void list(PrintWriter out) {
    List<Map<String, String>> rows =
        new Skeletons(directory.path())
            .titles().entrySet().stream()
                .map(entry -> Map.of("name", entry.getKey(), "title", entry.getValue()))
                .toList();
    output.table(out, new JsonMapper().valueToTree(rows), "name", "title");
  }

  private static Map<String, Object> tree(ScaffoldReport report) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("connector", report.connector());
    tree.put("folder", report.folder().toString());
    tree.put("guesses", report.guesses());
    tree.put("placed", report.placed());
    tree.put("unplaced", report.unplaced());
    tree.put("unknownCodes", report.unknownCodes());
    tree.put("personalData", report.personal());
    tree.put("warnings", report.warnings());
    tree.put("changes", report.accepted());
    tree.put("refused", report.refused());
    tree.put("sound", report.check().isSound());
    tree.put("problems", report.check().problems());
    tree.put(
        "examplesFailed",
        report.check().examples().stream()
            .filter(example -> !example.passed())
            .map(ExampleOutcome::name)
            .toList());
    return tree;
  }

  private void print(PrintWriter out, ScaffoldReport report) {
    out.println("%s is written.".formatted(report.folder()));
    section(out, "Found out", report.guesses());
    section(out, "Placed", report.placed());
    if (!report.unplaced().isEmpty()) {
      out.println("\nNot placed");
      report
          .unplaced()
          .forEach((field, reason) -> out.println("  %s: %s".formatted(field, reason)));
    }
    report
        .unknownCodes()
        .forEach(
            (field, codes) ->
                out.println("\nCodes of %s not understood: %s".formatted(field, codes)));
    if (!report.guesses().isEmpty()) {
      out.println(
          "\nThe samples mean %d changes; %d of their records are refused."
              .formatted(report.accepted(), report.refused()));
    }
    report.warnings().forEach(warning -> out.println("Note: " + warning));
    if (!report.guesses().isEmpty()) {
      String fields =
          report.personal().isEmpty() ? "" : " Personal data: %s.".formatted(report.personal());
      out.println(
          "The samples are copied as they are: make them anonymous before you commit them."
              + fields);
    }
    long passed = report.check().examples().stream().filter(ExampleOutcome::passed).count();
    out.println(
        "\nCheck: %s, %d of %d examples pass"
            .formatted(
                report.check().isSound() ? "sound" : "WRONG",
                passed,
                report.check().examples().size()));
    report.check().problems().forEach(problem -> out.println("  " + problem));
    report
        .check()
        .examples()
        .forEach(
            example ->
                example
                    .difference()
                    .ifPresent(
                        difference ->
                            out.println("  %s: %s".formatted(example.name(), difference))));
    out.println("Go on with %s.".formatted(report.folder().resolve("README.md")));
  }

  private static void section(PrintWriter out, String title, List<Finding> findings) {
    if (!findings.isEmpty()) {
      out.println("\n" + title);
      findings.forEach(
          finding ->
              out.println(
                  "  %.2f  %s: %s (%s)"
                      .formatted(
                          finding.confidence(),
                          finding.subject(),
                          finding.value(),
                          finding.reason())));
    }
  }
}

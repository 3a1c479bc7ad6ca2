package io.tickethub.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.kit.quality.GradedFolders;
import io.tickethub.kit.quality.Quality;
import io.tickethub.kit.quality.QualityFile;
import io.tickethub.kit.quality.QualityReport;
import io.tickethub.kit.quality.QualityReport.RuleResult;
import io.tickethub.kit.quality.QualityReport.Standing;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "quality",
    mixinStandardHelpOptions = true,
    description = {
      "Grades folders, rule by rule: bronze, silver, gold, platinum.",
      "Fails if a claim in quality.yaml does not hold. The contract suite is not run: see 'hub connector test'."
    })
final class ConnectorQualityCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "connectors, or product adapters as products/NAME; default: all")
  private List<String> names = List.of();

  @Mixin private ConnectorDirectory directory;

  @Option(
      names = "--update",
      description =
          "first writes into quality.yaml what the program finds: done what is kept, to do what is missing, and the"
              + " grade reached; what a person wrote stays, but for comments")
  private boolean update;

  @Mixin private Output output;

  @Override
  public Integer call() {
    List<Path> folders = GradedFolders.find(directory.path(), names);
    if (update) {
      if (names.isEmpty()) {
        throw new ParameterException(spec.commandLine(), "--update needs the names of folders");
      }
      folders.forEach(folder -> new QualityFile(folder).write(Map.of()));
    }
    List<QualityReport> reports =
        folders.stream().map(folder -> Quality.grade(folder, Optional.empty())).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      output.json(
          out,
          new JsonMapper()
              .valueToTree(reports.stream().map(ConnectorQualityCommand::tree).toList()));
    } else {
      reports.forEach(report -> print(out, report));
    }
    out.flush();
    return reports.stream().allMatch(QualityReport::holds) ? 0 : HubCommand.FAILED;
  }

  private static Map<String, Object> tree(QualityReport report) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", report.name());
    tree.put("kind", word(report.kind()));
    tree.put("grade", report.gradeText());
    tree.put("claimed", report.claimed().map(grade -> word(grade)).orElse(null));
    tree.put("holds", report.holds());
    tree.put("problems", report.problems());
    tree.put("rules", report.rules().stream().map(ConnectorQualityCommand::tree).toList());
    return tree;
  }

  private static Map<String, Object> tree(RuleResult result) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("rule", result.rule().id());
    tree.put("titles", result.rule().titles());
    tree.put("grade", word(result.rule().grade()));
    tree.put("standing", word(result.standing()));
    tree.put("remark", result.remark());
    tree.put("missing", result.missing());
    return tree;
  }

  private static void print(PrintWriter out, QualityReport report) {
    out.println(
        "%s: %s%s"
            .formatted(
                report.name(),
                report.gradeText(),
                report.claimed().map(claimed -> ", claims " + word(claimed)).orElse("")));
    for (RuleResult result : report.rules()) {
      out.println(
          "  %-8s %-8s %-22s %s"
              .formatted(
                  word(result.rule().grade()),
                  word(result.standing()),
                  result.rule().id(),
                  result.standing() == Standing.DONE && result.remark().isEmpty()
                      ? result.rule().titles().get("en")
                      : result.remark())
              .stripTrailing());
      result.missing().forEach(missing -> out.println("           - " + missing));
    }
    report.problems().forEach(problem -> out.println("  WRONG " + problem));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

package io.tickethub.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.connector.ConnectorCheck;
import io.tickethub.connector.example.GoldenFiles;
import io.tickethub.definition.DefinitionException;
import io.tickethub.kit.contract.CaseResult;
import io.tickethub.kit.contract.CaseResult.Outcome;
import io.tickethub.kit.contract.ContractSuite;
import io.tickethub.kit.contract.FolderResult;
import io.tickethub.kit.quality.Quality;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    name = "test",
    mixinStandardHelpOptions = true,
    description =
        "Tests connectors without a running hub: their examples byte for byte, and their contract"
            + " against real servers of their protocols, in a hub of its own.")
final class ConnectorTestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "connectors and product adapters; products/NAME is always one of those")
  private List<String> names = new ArrayList<>();

  @Option(names = "--all", description = "all connectors and product adapters")
  private boolean all;

  @Mixin private ConnectorDirectory directory;

  @Option(
      names = "--only",
      paramLabel = "CASE",
      defaultValue = "",
      description = "only cases whose name contains this")
  private String only;

  @Option(names = "--fast", description = "leaves out what needs a restart of the hub")
  private boolean fast;

  @Option(
      names = "--update",
      description =
          "writes the expected files of the examples anew, lists them, and fails: review them and test again")
  private boolean update;

  @Mixin private Output output;

  @Override
  public Integer call() throws IOException {
    if (all == !names.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "name connectors and product adapters, or say --all");
    }
    TestedFolders folders =
        all
            ? TestedFolders.all(directory.existing())
            : TestedFolders.named(directory.path(), names);
    PrintWriter out = spec.commandLine().getOut();
    if (update) {
      return update(out, folders.connectors());
    }
    ContractSuite suite =
        new ContractSuite(
            HubInThisProcess::start,
            new ContractSuite.Options(directory.path(), only, fast, List.of()),
            (folder, result) -> progress(out, folder, result));
    List<FolderResult> results =
        suite.run(folders.connectors(), folders.products()).stream().map(this::graded).toList();
    long failed = results.stream().mapToLong(FolderResult::failed).sum();
    print(out, results, failed);
    return failed == 0 ? 0 : HubCommand.FAILED;
  }

  /** A run of some cases shows nothing of the whole contract. */
  private FolderResult graded(FolderResult result) {
    boolean whole = only.isEmpty() && !fast;
    Optional<Boolean> contract =
        whole || result.failed() > 0 ? Optional.of(result.failed() == 0) : Optional.empty();
    try {
      Path folder = directory.path().resolve(result.name());
      return result.graded(Quality.grade(folder, contract).gradeText());
    } catch (DefinitionException e) {
      return result.graded("none");
    }
  }

  /** A whole run has passed, and quality.yaml does not know it. */
  private boolean isContractToDo(String name) {
    Path folder = directory.path().resolve(name);
    return only.isEmpty()
        && !fast
        && Files.exists(folder.resolve(Quality.FILE))
        && Files.exists(folder.resolve("connector.yaml"))
        && Quality.grade(folder, Optional.empty()).isToDo("contract-suite");
  }

  /** A run that wrote its own expectations has shown nothing: it never succeeds. */
  private int update(PrintWriter out, List<String> connectors) throws IOException {
    List<String> written = new ArrayList<>();
    for (String name : connectors) {
      for (Path file :
          new GoldenFiles(ConnectorCheck.compile(directory.path().resolve(name))).rewriteAll()) {
        written.add(file.toString());
      }
    }
    if (output.isJson()) {
      output.json(
          out,
          new JsonMapper()
              .createObjectNode()
              .set("rewritten", new JsonMapper().valueToTree(written)));
    } else {
      written.forEach(file -> out.println("rewritten: " + file));
      out.println(
          written.isEmpty()
              ? "every golden file was as it should be: run again without --update"
              : "golden files were rewritten: review and run again");
    }
    out.flush();
    return HubCommand.FAILED;
  }

  private void progress(PrintWriter out, String folder, CaseResult result) {
    if (output.isJson()) {
      return;
    }
    String detail = result.detail() == null ? "" : ": " + result.detail();
    synchronized (this) {
      out.println(
          "%-7s %-22s %s (%.1f s)%s"
              .formatted(word(result.outcome()), folder, result.name(), result.seconds(), detail));
      out.flush();
    }
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case PASSED -> "pass";
      case FAILED -> "FAIL";
      case NOT_APPLICABLE -> "n/a";
    };
  }

  private void print(PrintWriter out, List<FolderResult> results, long failed) {
    JsonMapper json = new JsonMapper();
    ObjectNode report = json.createObjectNode();
    report.set("folders", json.valueToTree(results));
    report.put("passed", results.stream().mapToLong(FolderResult::passed).sum());
    report.put("failed", failed);
    if (output.isJson()) {
      output.json(out, report);
      return;
    }
    out.println();
    output.table(
        out, report.get("folders"), "name", "kind", "passed", "failed", "notApplicable", "grade");
    out.println(failed == 0 ? "every case passed" : failed + " cases failed");
    results.stream()
        .filter(result -> result.failed() == 0 && isContractToDo(result.name()))
        .forEach(
            result ->
                out.println(
                    "%s still has the contract suite to do: write 'contract-suite: done' there"
                        .formatted(directory.path().resolve(result.name()).resolve(Quality.FILE))));
    out.flush();
  }
}

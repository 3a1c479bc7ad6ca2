package io.tickethub.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.definition.DefinitionException;
import io.tickethub.kit.contract.CaseResult;
import io.tickethub.kit.contract.CaseResult.Outcome;
import io.tickethub.kit.contract.ContractSuite;
import io.tickethub.kit.contract.FolderResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "connectors")
  private List<String> names = new ArrayList<>();

  @Option(names = "--all", description = "all connectors and product adapters")
  private boolean all;

  @Option(
      names = "--directory",
      paramLabel = "DIRECTORY",
      defaultValue = "connectors",
      description = "where they are (default: ${DEFAULT-VALUE})")
  private Path directory;

  @Option(
      names = "--only",
      paramLabel = "CASE",
      defaultValue = "",
      description = "only cases whose name contains this")
  private String only;

  @Option(names = "--fast", description = "leaves out what needs a restart of the hub")
  private boolean fast;

  @Mixin private Output output;

  @Override
  public Integer call() throws IOException {
    if (all == !names.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "name connectors, or say --all");
    }
    List<String> connectors = all ? folders(directory, "connector.yaml") : names;
    List<String> products =
        all ? folders(directory.resolve("products"), "product.yaml") : List.of();
    for (String name : connectors) {
      if (!Files.isDirectory(directory.resolve(name))) {
        throw new DefinitionException(directory.resolve(name) + ": there is no such folder");
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    ContractSuite suite =
        new ContractSuite(
            HubInThisProcess::start,
            new ContractSuite.Options(directory, only, fast, List.of()),
            (folder, result) -> progress(out, folder, result));
    List<FolderResult> results = suite.run(connectors, products);
    long failed = results.stream().mapToLong(FolderResult::failed).sum();
    print(out, results, failed);
    return failed == 0 ? 0 : HubCommand.FAILED;
  }

  private static List<String> folders(Path directory, String file) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new DefinitionException(directory + ": there is no such folder");
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> Files.exists(entry.resolve(file)))
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList();
    }
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
    out.flush();
  }
}

package io.tickethub.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.cli.HubInThisProcess;
import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.ShippedConnectors;
import io.tickethub.kit.contract.CaseResult;
import io.tickethub.kit.contract.CaseResult.Outcome;
import io.tickethub.kit.contract.ContractSuite;
import io.tickethub.kit.contract.FolderResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every shipped connector keeps the contract, and the contract catches one that does not. */
class ConnectorContractIT {

  private static final Path CONNECTORS = EmbeddedHub.home().resolve("connectors");

  @TempDir private Path directory;

  @TestFactory
  Stream<DynamicNode> everyConnectorKeepsTheContract() throws IOException {
    List<FolderResult> results =
        suite(CONNECTORS, "", false)
            .run(
                names(CONNECTORS, "connector.yaml"),
                names(CONNECTORS.resolve("products"), "product.yaml"));
    return results.stream()
        .map(
            folder ->
                DynamicContainer.dynamicContainer(
                    folder.name(),
                    folder.cases().stream().map(ConnectorContractIT::asTest).toList()));
  }

  private static DynamicTest asTest(CaseResult result) {
    return DynamicTest.dynamicTest(
        result.name(),
        () ->
            assertThat(result)
                .extracting(CaseResult::outcome)
                .as(result.detail())
                .isNotEqualTo(Outcome.FAILED));
  }

  @Test
  void brokenConnectorsAreCaught() throws IOException {
    Path connectors = directory.resolve("connectors");
    ShippedConnectors.copy(
        connectors, "partner-hospital", "partner-campus-card", "call-center", "products");
    // A new id for every message, so that no repetition is recognised.
    replace(
        connectors.resolve("partner-hospital/connector.yaml"),
        "message-id: eventId",
        "message-id: eventId & $string($random())");
    replace(
        connectors.resolve("partner-hospital/connector.yaml"),
        "same-id-other-bytes: conflict",
        "same-id-other-bytes: new-version");
    // No key in the request, although it is claimed to be there.
    replace(
        connectors.resolve("templates/http-json-out/route.camel.yaml"),
        "        - to:\n            uri: \"{{url}}\"",
        "        - removeHeader: {name: Idempotency-Key}\n"
            + "        - to:\n            uri: \"{{url}}\"");
    // A new file name for every attempt, although the key is claimed to be in it.
    replace(
        connectors.resolve("partner-campus-card/connector.yaml"),
        "'\"派单_\" & ticket.number",
        "'\"派单_\" & $string($random()) & ticket.number");
    // Whatever name a server lists is taken.
    replace(
        connectors.resolve("templates/sftp-file-in/route.camel.yaml"),
        "filter: \"#stableFiles\"",
        "readLock: none");
    // Several messages of one ticket at once.
    replace(
        connectors.resolve("call-center/connector.yaml"),
        "{template: jms-in, ",
        "{template: jms-in, consumers: \"8\", ");
    // An answer that the mapping did not give.
    replace(
        connectors.resolve("templates/jms-reply-out/route.camel.yaml"),
        "                  - setHeader: {name: JMSCorrelationID",
        "                  - setBody: {constant: \"<Nothing/>\"}\n"
            + "                  - setHeader: {name: JMSCorrelationID");

    List<FolderResult> results =
        suite(connectors, "", true)
            .run(List.of("partner-hospital", "partner-campus-card", "call-center"), List.of());

    assertThat(failed(results.get(0)))
        .contains("in progress: duplicate", "in progress: replay", "out ticket: never-answered");
    assertThat(failed(results.get(1))).contains("out order: reply-lost", "in reply: hostile-names");
    assertThat(failed(results.get(2)))
        .contains("in request: order", "out acknowledgement: told")
        .doesNotContain("in request: accepted");
  }

  private static List<String> failed(FolderResult folder) {
    return folder.cases().stream()
        .filter(result -> result.outcome() == Outcome.FAILED)
        .map(CaseResult::name)
        .toList();
  }

  private static void replace(Path file, String before, String after) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(before);
    Files.writeString(file, text.replace(before, after));
  }

  private static ContractSuite suite(Path connectors, String only, boolean fast) {
    List<String> values =
        List.of(
            "--hub.database.embedded.binaries=" + EmbeddedHub.home().resolve("target/postgresql"));
    return new ContractSuite(
        HubInThisProcess::start,
        new ContractSuite.Options(connectors, only, fast, values),
        (folder, result) -> {});
  }

  private static List<String> names(Path directory, String file) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> Files.exists(entry.resolve(file)))
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList();
    }
  }
}

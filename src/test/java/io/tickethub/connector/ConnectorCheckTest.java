package io.tickethub.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.harness.ShippedConnectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorCheckTest {

  private static final String NAME = "partner-transport";

  @TempDir Path directory;

  @BeforeEach
  void copyConnector() throws IOException {
    ShippedConnectors.copy(directory, NAME, "crm-bss");
  }

  @Test
  void aSoundFolderHasNoProblems() {
    ConnectorCheck.Report report = ConnectorCheck.check(directory.resolve(NAME));

    assertThat(report.isSound()).isTrue();
    assertThat(report.connector()).isEqualTo(NAME);
    assertThat(report.examples()).isNotEmpty();
  }

  @Test
  void aBrokenManifestIsTheOnlyProblem() throws IOException {
    replace(NAME, "connector.yaml", "idempotency: ask", "idempotency: perhaps");

    assertThat(ConnectorCheck.check(directory.resolve(NAME)).problems())
        .singleElement()
        .asString()
        .contains("connector.yaml, line ")
        .contains("'perhaps' is none of [key, ask, none]");
  }

  @Test
  void aChannelNoRouteServesIsReported() throws IOException {
    Path manifest = directory.resolve(NAME).resolve("connector.yaml");
    Files.writeString(
        manifest,
        Files.readString(manifest).replaceAll(" *route: [{]template: http-xml-out[^\n]*\n", ""));
    Files.createDirectories(directory.resolve(NAME).resolve("routes"));

    assertThat(ConnectorCheck.check(directory.resolve(NAME)).problems())
        .anySatisfy(problem -> assertThat(problem).endsWith("no route begins at hub:out/order"))
        .anySatisfy(problem -> assertThat(problem).endsWith("no route begins at hub:ask/order"));
  }

  @Test
  void aRouteThatDoesNotLoadIsReportedWithItsFile() throws IOException {
    replace("crm-bss", "routes/crm-bss.camel.yaml", "steps:", "stepz:");

    assertThat(ConnectorCheck.check(directory.resolve("crm-bss")).problems())
        .singleElement()
        .asString()
        .contains("crm-bss.camel.yaml");
  }

  @Test
  void anEmptyFolderIsReported() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));

    assertThat(ConnectorCheck.check(empty).problems())
        .containsExactly(empty.resolve("connector.yaml") + ": there is no such file");
  }

  private void replace(String connector, String file, String text, String otherwise)
      throws IOException {
    Path path = directory.resolve(connector).resolve(file);
    String content = Files.readString(path);
    assertThat(content).contains(text);
    Files.writeString(path, content.replace(text, otherwise));
  }
}

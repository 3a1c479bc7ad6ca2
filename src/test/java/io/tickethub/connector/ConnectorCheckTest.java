package io.tickethub.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class ConnectorCheckTest {

  private static final String NAME = "partner-transport";

  @TempDir Path directory;

  @BeforeEach
  void copyConnector() throws IOException {
    FileSystemUtils.copyRecursively(Path.of("connectors", NAME), directory.resolve(NAME));
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
    replace("connector.yaml", "idempotency: ask", "idempotency: perhaps");

    assertThat(ConnectorCheck.check(directory.resolve(NAME)).problems())
        .singleElement()
        .asString()
        .contains("connector.yaml, line ")
        .contains("'perhaps' is none of [key, ask, none]");
  }

  @Test
  void aChannelNoRouteServesIsReported() throws IOException {
    replace("routes/partner-transport.camel.yaml", "hub:out/order", "direct:nobody");
    replace("routes/partner-transport.camel.yaml", "hub:ask/order", "direct:nobody-either");

    assertThat(ConnectorCheck.check(directory.resolve(NAME)).problems())
        .anySatisfy(problem -> assertThat(problem).endsWith("no route begins at hub:out/order"))
        .anySatisfy(problem -> assertThat(problem).endsWith("no route begins at hub:ask/order"));
  }

  @Test
  void aRouteThatDoesNotLoadIsReportedWithItsFile() throws IOException {
    replace("routes/partner-transport.camel.yaml", "steps:", "stepz:");

    assertThat(ConnectorCheck.check(directory.resolve(NAME)).problems())
        .singleElement()
        .asString()
        .contains("partner-transport.camel.yaml");
  }

  @Test
  void anEmptyFolderIsReported() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));

    assertThat(ConnectorCheck.check(empty).problems())
        .containsExactly(empty.resolve("connector.yaml") + ": there is no such file");
  }

  private void replace(String file, String text, String otherwise) throws IOException {
    Path path = directory.resolve(NAME).resolve(file);
    String content = Files.readString(path);
    assertThat(content).contains(text);
    Files.writeString(path, content.replace(text, otherwise));
  }
}

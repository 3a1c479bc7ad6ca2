package io.tickethub.connector.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.connector.ConnectorCheck;
import io.tickethub.connector.ConnectorCheck.Report;
import io.tickethub.harness.ShippedConnectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A check that cannot fail checks nothing. */
class ExampleRunnerTest {

  @TempDir Path directory;

  @BeforeEach
  void copyConnectors() throws IOException {
    ShippedConnectors.copy(directory, "partner-campus-card", "partner-hospital");
  }

  @Test
  void anUntouchedCopyIsSound() {
    assertThat(check("partner-campus-card").isSound()).isTrue();
    assertThat(check("partner-hospital").isSound()).isTrue();
  }

  @Test
  void aChangedGoldenFileIsReported() throws IOException {
    replace("partner-hospital/examples/progress/accepted/change.json", "accepted", "processing");

    assertThat(difference("partner-hospital", "progress/accepted"))
        .contains("expected")
        .contains("but got")
        .contains("\"processing\"")
        .contains("\"accepted\"");
  }

  @Test
  void aChangedByteOfWhatIsSentIsReported() throws IOException {
    Path sent = directory.resolve("partner-campus-card/examples/order/introduced/sent.csv");
    byte[] bytes = Files.readAllBytes(sent);
    bytes[bytes.length - 1] = ' ';
    Files.write(sent, bytes);

    assertThat(difference("partner-campus-card", "order/introduced")).contains("expected");
  }

  @Test
  void changedHeadersAreReported() throws IOException {
    replace("partner-campus-card/examples/order/introduced/headers.json", "派单", "回单");

    assertThat(difference("partner-campus-card", "order/introduced")).contains("回单").contains("派单");
  }

  @Test
  void aMissingFileIsReportedAndHidesNoOtherExample() throws IOException {
    int examples = check("partner-hospital").examples().size();
    Files.delete(directory.resolve("partner-hospital/examples/progress/accepted/received.json"));
    Files.delete(directory.resolve("partner-hospital/examples/ticket/introduced/told.json"));
    Files.delete(directory.resolve("partner-hospital/examples/ticket/urged/sent.json"));

    assertThat(check("partner-hospital").examples()).hasSize(examples);
    assertThat(difference("partner-hospital", "progress/accepted"))
        .contains("there is no received.*");
    assertThat(difference("partner-hospital", "ticket/introduced")).contains("told.json");
    assertThat(difference("partner-hospital", "ticket/urged")).contains("there is no sent.*");
  }

  @Test
  void aMissingGoldenFileIsReported() throws IOException {
    Files.delete(directory.resolve("partner-hospital/examples/progress/accepted/change.json"));
    Files.delete(
        directory.resolve("partner-hospital/examples/progress/unknown-status/rejected.yaml"));

    assertThat(difference("partner-hospital", "progress/accepted")).contains("accepted");
    assertThat(difference("partner-hospital", "progress/unknown-status"))
        .contains("rejected: unknown-code");
  }

  @Test
  void anExampleOfAnUnknownChannelIsReported() throws IOException {
    Path examples = directory.resolve("partner-hospital/examples");
    FileSystemUtils.copyRecursively(examples.resolve("progress"), examples.resolve("progres"));

    assertThat(difference("partner-hospital", "progres/accepted"))
        .isEqualTo("connector.yaml has no channel 'progres'");
  }

  @Test
  void anotherReasonForARefusalIsReported() throws IOException {
    replace(
        "partner-hospital/examples/progress/unknown-status/rejected.yaml",
        "unknown-code",
        "schema");
    Files.writeString(
        directory.resolve("partner-hospital/examples/progress/accepted/rejected.yaml"),
        "code: schema\n");

    assertThat(difference("partner-hospital", "progress/unknown-status")).contains("unknown-code");
    assertThat(difference("partner-hospital", "progress/accepted"))
        .startsWith("was to be rejected but means");
  }

  @Test
  void anotherLineOfARejectedRecordIsReported() throws IOException {
    replace(
        "partner-campus-card/examples/reply/state-nobody-knows/rejected.yaml",
        "line: 2",
        "line: 3");

    assertThat(difference("partner-campus-card", "reply/state-nobody-knows"))
        .contains("\"line\" : 2");
  }

  @Test
  void aFileWithAWrongHeaderIsRejectedAsAWhole() throws IOException {
    Path example = directory.resolve("partner-campus-card/examples/reply/wrong-header");
    Files.createDirectories(example);
    Files.writeString(example.resolve("received.csv"), "a,b\n1,2\n");
    Files.writeString(example.resolve("rejected.yaml"), "- {code: header, line: 1, field: 回单编号}\n");

    assertThat(check("partner-campus-card").isSound()).isTrue();
  }

  private Report check(String connector) {
    return ConnectorCheck.check(directory.resolve(connector));
  }

  private String difference(String connector, String example) {
    Report report = check(connector);
    assertThat(report.isSound()).isFalse();
    return report.examples().stream()
        .filter(outcome -> outcome.name().equals(example))
        .findFirst()
        .flatMap(ExampleOutcome::difference)
        .orElseThrow(() -> new AssertionError(example + " is not reported"));
  }

  private void replace(String file, String text, String otherwise) throws IOException {
    Path path = directory.resolve(file);
    String content = Files.readString(path);
    assertThat(content).contains(text);
    Files.writeString(path, content.replace(text, otherwise));
  }
}

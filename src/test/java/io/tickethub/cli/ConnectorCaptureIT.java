package io.tickethub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.connector.ConnectorCheck;
import io.tickethub.connector.example.ExampleOutcome;
import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.HubUnderTest;
import io.tickethub.harness.Letters;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A stored message becomes an example of its connector. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectorCaptureIT {

  private HubUnderTest hub;
  private Path connectors;
  private String message;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    connectors = directory.resolve("edited");
    FileSystemUtils.copyRecursively(EmbeddedHub.home().resolve("connectors"), connectors);
    hub = HubUnderTest.alone(directory.resolve("hub"));
    String number = Letters.id("10000");
    hub.open(number, Letters.hospitalReport(Letters.id("CC"), number));
    JsonNode found = hub.hub().get("/api/messages?connector=call-center");
    message = found.get(0).get("id").asText();
  }

  @AfterAll
  void stop() throws Exception {
    hub.close();
  }

  private int capture(String... options) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return HubCommand.commandLine()
        .setOut(nowhere)
        .setErr(nowhere)
        .execute(
            Stream.concat(
                    Stream.of(
                        "connector",
                        "capture",
                        message,
                        "--directory",
                        connectors.toString(),
                        "--data",
                        hub.hub().data().toString()),
                    Stream.of(options))
                .toArray(String[]::new));
  }

  private Path example(String name) {
    return connectors.resolve("call-center/examples/request").resolve(name);
  }

  @Test
  void personalDataIsMaskedAndTheExampleHolds() throws IOException {
    assertThat(capture("--case", "masked")).isZero();

    assertThat(example("masked").resolve("received.xml"))
        .content()
        .contains("张*", "PACS影像系统无法登录")
        .doesNotContain("张三");
    assertThat(example("masked").resolve("change.json")).exists();
    assertThat(ConnectorCheck.check(connectors.resolve("call-center")).examples())
        .filteredOn(example -> example.name().equals("request/masked"))
        .singleElement()
        .matches(ExampleOutcome::passed);
  }

  @Test
  void unmaskedTakesThePrivacyTokenAndIsAudited() throws IOException {
    assertThat(capture("--case", "unmasked", "--unmask")).isZero();

    assertThat(Files.readString(example("unmasked").resolve("received.xml"))).contains("张三");
    assertThat(
            hub.hub()
                .database()
                .queryForList(
                    "select action from audit where subject like 'message %'", String.class))
        .contains("reveal");
  }

  @Test
  void whatIsThereIsNotOverwritten() {
    assertThat(capture("--case", "twice")).isZero();

    assertThat(capture("--case", "twice")).isEqualTo(HubCommand.FAILED);
  }
}

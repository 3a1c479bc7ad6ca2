package io.tickethub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.harness.EmbeddedHub;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * What an engineer does who has a partner's description and ten samples of a format the hub has
 * never seen, from nothing to silver. All that is done by hand is in {@link #edit}.
 */
class NewcomerIT {

  private static final Path SAMPLES = Path.of("src/test/resources/newcomer");

  @TempDir private Path directory;

  private int edits;

  @BeforeEach
  void copyWhatEveryHubHas() throws IOException {
    Path connectors = EmbeddedHub.home().resolve("connectors");
    for (String name : List.of("templates", "products")) {
      FileSystemUtils.copyRecursively(connectors.resolve(name), directory.resolve(name));
    }
  }

  @Test
  void twoFormatsNobodyHasSeenAreSilverAfterFewEdits() throws IOException {
    makeConnectorOfAnXmlStandardOverJms();
    makeConnectorOfADirtyChineseFileOf53Columns();

    String tested = succeeds("test", "partner-lamp", "partner-meter");
    assertThat(tested).contains("write 'contract-suite: done'");
    goesToSilver("partner-lamp");
    goesToSilver("partner-meter");
  }

  private void makeConnectorOfAnXmlStandardOverJms() throws IOException {
    succeeds(newConnector("partner-lamp", "lamp", "--transport", "jms", "--channel", "progress"));
    grade("partner-lamp", "bronze");

    edit(
        "partner-lamp/mapping/codes.yaml",
        """
              # not placed: "FIX" (3 in the samples)
              # not placed: "RCV" (2 in the samples)
              # not placed: "HLD" (2 in the samples)
        """,
        """
              "FIX": replied
              "RCV": accepted
              "HLD": suspended
        """);
    write(
        "partner-lamp/mapping/ticket.jsonata",
        """
        {"Envelope": {
          "@xmlns": "urn:smart-lamp:ttx:3.1",
          "@version": "3.1",
          "Header": {
            "MessageId": key,
            "SentTime": $formatDate(event.recordedAt, "yyyyMMddHHmmss"),
            "Sender": "TICKET-HUB"
          },
          "TicketOrder": {
            "HubTicketNo": ticket.number,
            "Event": code,
            "Title": ticket.content.title,
            "Description": ticket.content.description,
            "Contact": ticket.content.customer.name,
            "ContactPhone": ticket.content.customer.phone,
            "Time": $formatDate(event.occurredAt, "yyyyMMddHHmmss")
          }
        }}
        """);
    succeeds("infer", "partner-lamp", "ticket");
    assertThat(text("partner-lamp/schema/ticket.xsd"))
        .contains("targetNamespace=\"urn:smart-lamp:ttx:3.1\"", "name=\"Contact\" minOccurs=\"0\"");
    hasExamplesOfWhatItMeans("partner-lamp");

    assertThat(text("partner-lamp/examples/progress/progress-04/change.json"))
        .contains("\"state\" : \"replied\"");
    assertThat(edits).isLessThan(27);
  }

  private void makeConnectorOfADirtyChineseFileOf53Columns() throws IOException {
    edits = 0;
    succeeds(newConnector("partner-meter", "meter"));
    assertThat(text("partner-meter/connector.yaml"))
        .contains("charset: GB18030", "message-id: \"流水号\"");
    grade("partner-meter", "bronze");

    edit(
        "partner-meter/mapping/codes.yaml",
        """
            values: {}
              # not placed: "智能抄表" (91 in the samples)
        """,
        """
            values:
              "智能抄表": general
        """);
    write(
        "partner-meter/mapping/ticket.jsonata",
        """
        {
          "单号": ticket.number,
          "事件": code,
          "标题": $replace(ticket.content.title, /[\\r\\n]+/, " "),
          "描述": $replace(ticket.content.description, /[\\r\\n]+/, " "),
          "时间": $formatDate(event.occurredAt, "yyyy-MM-dd HH:mm:ss")
        }
        """);
    succeeds("infer", "partner-meter", "ticket");
    hasExamplesOfWhatItMeans("partner-meter");

    assertThat(edits).isLessThan(12);
  }

  private void hasExamplesOfWhatItMeans(String name) {
    fails("test", name, "--update");
    succeeds("check", name);
  }

  /** What is left when the suite has passed: three answers. */
  private void goesToSilver(String name) throws IOException {
    String quality = name + "/quality.yaml";
    answer(quality, "repetition-harmless");
    answer(quality, "code-values");
    answer(quality, "contract-suite");
    succeeds("quality", name, "--update");
    grade(name, "silver");
    assertThat(text(quality)).contains("claims: silver");
  }

  private void answer(String file, String rule) throws IOException {
    String line =
        text(file).lines().filter(l -> l.startsWith("  " + rule + ":")).findFirst().orElseThrow();
    assertThat(line).contains("{todo: ");
    edit(file, line, "  " + rule + ": done");
  }

  private void grade(String name, String grade) throws IOException {
    JsonNode report = new JsonMapper().readTree(succeeds("quality", name, "--json")).get(0);
    assertThat(report.at("/grade").asText()).as(report.toPrettyString()).isEqualTo(grade);
    assertThat(report.at("/claimed").asText()).isEqualTo(grade);
    assertThat(report.at("/holds").asBoolean()).isTrue();
  }

  private String[] newConnector(String name, String samples, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("new", name, "--from-sample"));
    try (Stream<Path> files = Files.list(SAMPLES.resolve(samples))) {
      files
          .filter(file -> !file.toString().endsWith(".md"))
          .map(Path::toString)
          .sorted()
          .forEach(words::add);
    }
    words.addAll(List.of("--title-en", "A partner", "--title-zh", "合作方"));
    words.addAll(List.of("--owner-team", "partners", "--owner-contact", "p@example.test"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private String succeeds(String... words) {
    return run(0, words);
  }

  private void fails(String... words) {
    run(HubCommand.FAILED, words);
  }

  private String run(int expected, String... words) {
    List<String> all = new ArrayList<>(List.of("connector"));
    all.addAll(List.of(words));
    all.addAll(List.of("--directory", directory.toString()));
    StringWriter out = new StringWriter();
    int code =
        HubCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(all.toArray(String[]::new));
    assertThat(code).as("%s%n%s", all, out).isEqualTo(expected);
    return out.toString();
  }

  private void edit(String file, String before, String after) throws IOException {
    assertThat(text(file)).contains(before);
    edits += (int) after.lines().count();
    Files.writeString(directory.resolve(file), text(file).replace(before, after));
  }

  private void write(String file, String text) throws IOException {
    edits += (int) text.lines().count();
    Files.writeString(directory.resolve(file), text);
  }

  private String text(String file) throws IOException {
    return Files.readString(directory.resolve(file));
  }
}

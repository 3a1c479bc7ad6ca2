package io.tickethub.kit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.connector.ConnectorCheck;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.kit.quality.Quality;
import io.tickethub.kit.quality.QualityReport.RuleResult;
import io.tickethub.mapping.RecordFormat;
import io.tickethub.mapping.RecordSplitter.RawRecord;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of every kind of file: captured, they are that file again; their fields are known. */
class CapturedFileTest {

  private static final Charset GBK = Charset.forName("GBK");

  @TempDir Path directory;
  private Path folder;

  @BeforeEach
  void writeFolder() throws IOException {
    folder = Files.createDirectories(directory.resolve("partner"));
    write(
        "routes/never.camel.yaml",
        """
        - route:
            from:
              uri: "timer:never?delay=-1&repeatCount=1"
              steps:
                - to: hub:in/lines
        """);
    write(
        "connector.yaml",
        """
        name: partner
        titles: {en: Partner, zh: 合作方}
        owner: {team: us, contact: us@example.test}
        inbound:
          divided: {format: delimited, charset: GBK, schema: schema/divided.columns.yaml, mapping: mapping/all.jsonata}
          wide: {format: fixed-width, charset: GBK, schema: schema/wide.columns.yaml, mapping: mapping/all.jsonata}
          lines: {format: json-lines, mapping: mapping/all.jsonata}
          elements: {format: xml-records, records: Faults/Part/Fault, mapping: mapping/all.jsonata}
        outbound: {}
        """);
    write(
        "schema/divided.columns.yaml",
        """
        delimiter: ","
        quote: '"'
        header: true
        line-end: "\\r\\n"
        columns: [{name: "单,号"}, {name: 现象}]
        """);
    write(
        "schema/wide.columns.yaml",
        "header: true\ncolumns: [{name: 单号, width: 6}, {name: 现象, width: 8}]\n");
    write(
        "mapping/all.jsonata",
        "{\"type\": \"feedback\", \"ticket\": {\"id\": no}, \"note\": note}\n");
  }

  @Test
  void aRecordOfColumnsStandsBelowTheirNames() {
    assertHolds("divided", "A1,断线".getBytes(GBK));
    assertThat(new String(captured("divided", "A1,断线".getBytes(GBK)), GBK))
        .isEqualTo("\"单,号\",现象\r\nA1,断线\r\n");
  }

  @Test
  void aRecordOfWidthsStandsBelowTheirNames() {
    assertHolds("wide", "A1    断线    ".getBytes(GBK));
    assertThat(new String(captured("wide", "A1    断线    ".getBytes(GBK)), GBK))
        .isEqualTo("单号  现象    \nA1    断线    \n");
  }

  @Test
  void aJsonValueIsALine() {
    assertHolds("lines", "{\"no\":\"1\"}".getBytes(GBK));
  }

  @Test
  void anElementStandsWhereItsRecordsAre() {
    assertHolds("elements", "<Fault xmlns=\"\"><no>1</no></Fault>".getBytes(GBK));
  }

  @Test
  void theFieldsOfEveryKindOfRecordAreHeldToTheMapping() throws IOException {
    write("examples/wide/a/received.txt", "unread");
    write("examples/lines/a/received.jsonl", "{\"no\":\"1\"}\n{\"extra\":\"2\"}\nbroken\n");
    write(
        "examples/elements/a/received.xml",
        "<Faults><Part><Fault><no>1</no><more>2</more></Fault></Part></Faults>");

    RuleResult result =
        Quality.grade(folder, Optional.empty()).rules().stream()
            .filter(rule -> rule.rule().id().equals("source-fields"))
            .findFirst()
            .orElseThrow();

    assertThat(result.missing())
        .contains(
            "channel 'wide': the mapping does not use '现象'",
            "channel 'lines': the mapping does not use 'extra'",
            "channel 'elements': the mapping does not use 'more'")
        .noneMatch(missing -> missing.contains("'no'"));
  }

  private void assertHolds(String channel, byte[] record) {
    RecordFormat format = (RecordFormat) channel(channel).translation().format();
    Iterator<RawRecord> records = format.records(captured(channel, record));
    assertThat(records.next().bytes()).isEqualTo(record);
    assertThat(records.hasNext()).isFalse();
  }

  private byte[] captured(String channel, byte[] record) {
    return CapturedFile.of(folder, channel(channel), record);
  }

  private InboundChannel channel(String name) {
    ConnectorDefinition definition = ConnectorCheck.compile(folder);
    return definition.inbound().get(name);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}

package io.tickethub.kit.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.definition.DefinitionException;
import io.tickethub.definition.JsonSchemaFile;
import io.tickethub.kit.scaffold.SchemaRenewal.Renewed;
import io.tickethub.mapping.ColumnLayout;
import io.tickethub.mapping.FixedWidthLayout;
import io.tickethub.mapping.FixedWidthLayout.Align;
import io.tickethub.mapping.Format;
import io.tickethub.mapping.JsonFormat;
import io.tickethub.mapping.Limits;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.SchemaFiles;
import io.tickethub.mapping.SoapFormat;
import io.tickethub.mapping.XmlFormat;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaRenewalTest {

  private static final Charset GBK = Charset.forName("GBK");

  @TempDir Path directory;

  @Test
  void theSchemaOfAFilesElementsIsThatOfOne() throws IOException {
    inbound("xml-records\n    records: Faults/Fault");
    received(
        "<Faults>\n<Fault no='1'><Text>a</Text></Fault>\n<Fault no='2'><Text>b</Text></Fault>\n<Fault><Bad/></Fault>\n<Fault no='3'><Text>c</Text></Fault></Faults>");
    file("examples/in/a/rejected.yaml", "- code: schema\n  line: 4\n");

    Format format = xml(renew("in").file());

    taken(format, "<Fault no='9'><Text>x</Text></Fault>");
    refused(format, "<Fault><Bad/></Fault>");
    refused(format, "<Fault no='9'/>");
  }

  @Test
  void theSchemaOfALocatedListIsThatOfOneRecord() throws IOException {
    inbound("json-records\n    records: data/faults");
    received(
        "{\"data\":{\"faults\":[{\"no\":\"1\"},{\"no\":\"2\"},{\"no\":\"3\",\"why\":\"x\"}]},\"next\":7}");

    Format format = json(renew("in").file());

    taken(format, "{\"no\":\"4\"}");
    refused(format, "{\"why\":\"x\"}");
  }

  @Test
  void aBadLineTellsNothingOfTheOthers() throws IOException {
    inbound("json-lines");
    received("{\"no\":\"1\"}\n{\"no\":7}\n{\"no\":\"2\"}\n{\"no\":\"3\"}\n");
    file("examples/in/a/rejected.yaml", "- code: schema\n  line: 2\n");

    Format format = json(renew("in").file());

    taken(format, "{\"no\":\"4\"}");
    refused(format, "{\"no\":7}");
  }

  @Test
  void ofSoap12TheBodyHasTheSchema() throws IOException {
    String envelope =
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><urge xmlns='urn:f'>%s</urge></s:Body></s:Envelope>";
    inbound("soap12");
    received(envelope.formatted("<no>1</no>"));

    Path schema =
        renew(
                "in",
                sample(envelope.formatted("<no>2</no>")),
                sample(envelope.formatted("<no>3</no>")))
            .file();

    Format format = SoapFormat.soap12(SchemaFiles.xmlSchema(schema), "UTF-8", Limits.DEFAULT);
    taken(format, envelope.formatted("<no>4</no>"));
    refused(format, envelope.formatted("<why>x</why>"));
  }

  @Test
  void columnsOfADelimitedFileKeepWhatWasSaidOfThem() throws IOException {
    inbound("delimited\n    schema: schema/in.columns.yaml");
    file(
        "schema/in.columns.yaml",
        """
        delimiter: ","
        strip-spaces: true
        key: 单号
        columns:
          - {name: 单号, required: true}
          - {name: 时间, required: true}
          - {name: 备注, required: true}
        """);
    received("A1|2026-01-05 09:00:00|x\nA2|2026-01-05 09:10:00|\nA3|2026-01-05 09:20:00|y\n");

    Renewed renewed = renew("in");

    assertThat(renewed.named()).isTrue();
    ColumnLayout layout = SchemaFiles.columns(renewed.file());
    assertThat(layout.delimiter()).isEqualTo("|");
    assertThat(layout.stripSpaces()).isTrue();
    assertThat(layout.key()).isEqualTo("单号");
    assertThat(layout.columns())
        .containsExactly(
            new ColumnLayout.Column("单号", true, null),
            new ColumnLayout.Column("时间", true, null),
            new ColumnLayout.Column("备注", false, null));
    assertThat(renew("in").changed()).isFalse();
  }

  @Test
  void columnsOfFixedWidthsAreFoundWhereThereIsNoLayout() throws IOException {
    inbound("fixed-width\n    charset: GBK");
    received(InventedSamples.broadbandFaults(30, true), GBK);

    FixedWidthLayout layout = SchemaFiles.fixedWidths(renew("in").file());

    assertThat(layout.columns().stream().map(FixedWidthLayout.FixedColumn::width))
        .isEqualTo(InventedSamples.broadbandWidths());
    assertThat(layout.columns().stream().map(FixedWidthLayout.FixedColumn::name))
        .isEqualTo(InventedSamples.broadbandTitles());
    assertThat(layout.whole()).isTrue();
  }

  @Test
  void widthsThatFitTheSamplesStay() throws IOException {
    inbound("fixed-width\n    charset: GBK");
    file(
        "schema/in.widths.yaml",
        """
        columns:
          - {name: no, width: 4, align: right, pad: "0"}
          - {name: filler, width: 6}
          - {name: name, width: 8, required: true}
        """);
    received("0001      张三    \n0002      李四    \n0003      王五    \n", GBK);

    FixedWidthLayout layout = SchemaFiles.fixedWidths(renew("in").file());

    assertThat(layout.columns().stream().map(FixedWidthLayout.FixedColumn::width))
        .containsExactly(4, 6, 8);
    assertThat(layout.columns().get(0))
        .isEqualTo(new FixedWidthLayout.FixedColumn("no", 4, Align.RIGHT, '0', true));
    assertThat(layout.columns().get(2))
        .isEqualTo(new FixedWidthLayout.FixedColumn("name", 8, Align.LEFT, ' ', true));
  }

  @Test
  void widthsThatDoNotFitAreFoundAgain() throws IOException {
    inbound("fixed-width\n    charset: GBK");
    file("schema/in.widths.yaml", "columns:\n  - {name: no, width: 4}\n");
    received("0001  张三    Y\n0002  李四    N\n0003  王五    Y\n", GBK);

    assertThat(
            SchemaFiles.fixedWidths(renew("in").file()).columns().stream()
                .map(FixedWidthLayout.FixedColumn::width))
        .containsExactly(6, 8, 1);
  }

  @Test
  void samplesOfAnotherFormatAreRefused() throws IOException {
    inbound("delimited\n    charset: GBK");
    received(InventedSamples.broadbandFaults(30, true), GBK);

    assertThatThrownBy(() -> renew("in"))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("look like fixed width, not delimited")
        .hasMessageContaining("correct the channel's 'format'");
  }

  @Test
  void theSchemaOfElementsThatAreSentIsThatOfOne() throws IOException {
    outbound(
        "xml-records\n    records: Orders/Order",
        "[{\"Order\": {\"@no\": ticket.number, \"Event\": code, \"Contact\": ticket.content.customer.name}}]");

    Format format = xml(renew("out").file());

    taken(format, "<Order no='1'><Event>urged</Event></Order>");
    refused(format, "<Order no='1'/>");
    refused(format, "<Order no='1'><Event>urged</Event><New/></Order>");
  }

  @Test
  void theSchemaOfLinesThatAreSentIsThatOfOne() throws IOException {
    outbound("json-lines", "[{\"no\": ticket.number}, {\"no\": key}]");

    Format format = json(renew("out").file());

    taken(format, "{\"no\":\"1\"}");
    refused(format, "[{\"no\":\"1\"}]");
  }

  @Test
  void columnsThatAreSentKeepTheirWidths() throws IOException {
    outbound(
        "fixed-width\n    charset: GBK\n    schema: schema/out.widths.yaml",
        "{\"单号\": ticket.number, \"事件\": code, \"序号\": sequence}");
    file(
        "schema/out.widths.yaml",
        """
        header: true
        columns:
          - {name: 序号, width: 6, align: right, pad: "0", required: true}
          - {name: 标题, width: 80}
          - {name: 单号, width: 20}
        """);

    FixedWidthLayout layout = SchemaFiles.fixedWidths(renew("out").file());

    assertThat(layout.header()).isTrue();
    assertThat(layout.columns())
        .containsExactly(
            new FixedWidthLayout.FixedColumn("单号", 20, null, null, false),
            new FixedWidthLayout.FixedColumn("事件", 12, null, null, false),
            new FixedWidthLayout.FixedColumn("序号", 6, Align.RIGHT, '0', true));
    assertThat(Files.readString(folder().resolve("schema/out.widths.yaml")))
        .contains("\"事件\", width: 12} # the longest of its examples");
  }

  @Test
  void noMappingSaysHowASystemDividesItsColumns() throws IOException {
    outbound("delimited", "{\"单号\": ticket.number}");

    assertThatThrownBy(() -> renew("out"))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("out.columns.yaml: there is no such file; begin it with")
        .hasMessageContaining("'columns: []', then infer again");

    file("schema/out.columns.yaml", "delimiter: \"|@|\"\ncolumns: []\n");

    assertThat(SchemaFiles.columns(renew("out").file()).columns())
        .containsExactly(new ColumnLayout.Column("单号", false, null));
  }

  @Test
  void aFormatOfALibraryIsWrittenByHand() throws IOException {
    inbound("ticket-lines");
    received("x");

    assertThatThrownBy(() -> renew("in"))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("'ticket-lines'")
        .hasMessageContaining("by hand");
  }

  private Renewed renew(String channel, Path... samples) {
    return new SchemaRenewal(folder()).renew(channel, List.of(samples));
  }

  private void inbound(String format) throws IOException {
    manifest("inbound:\n  in:\n    mapping: mapping/m.jsonata\n    format: " + format);
  }

  private void outbound(String format, String mapping) throws IOException {
    NewConnector another = new NewConnector("another", directory, null, null, null, null);
    manifest(
        "outbound:\n  out:\n    tells: [urged]\n    idempotency: key\n    mapping: mapping/m.jsonata\n    format: "
            + format);
    file("mapping/m.jsonata", mapping);
    new ToldExamples()
        .of(another)
        .forEach((code, told) -> write("examples/out/%s/told.json".formatted(code), told));
  }

  private void manifest(String channels) throws IOException {
    file(
        "connector.yaml",
        "name: lamp\ntitles: {en: Lamp, zh: 灯}\nowner: {team: a, contact: b}\n" + channels + "\n");
  }

  private void received(String text) throws IOException {
    received(text, StandardCharsets.UTF_8);
  }

  private void received(String text, Charset charset) {
    write("examples/in/a/received.txt", text.getBytes(charset));
  }

  private Path sample(String text) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "sample", ".txt"), text);
  }

  private Path folder() {
    return directory.resolve("lamp");
  }

  private void file(String name, String text) {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String name, byte[] bytes) {
    try {
      Path file = folder().resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Format xml(Path schema) {
    return new XmlFormat(SchemaFiles.xmlSchema(schema), Limits.DEFAULT);
  }

  private static Format json(Path schema) {
    return new JsonFormat(JsonSchemaFile.read(schema), Limits.DEFAULT);
  }

  private static void taken(Format format, String message) {
    assertThatCode(() -> format.read(message)).doesNotThrowAnyException();
  }

  private static void refused(Format format, String message) {
    assertThatThrownBy(() -> format.read(message)).isInstanceOf(MappingException.class);
  }
}

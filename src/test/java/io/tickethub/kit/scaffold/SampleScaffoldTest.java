package io.tickethub.kit.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.definition.DefinitionException;
import io.tickethub.kit.scaffold.ScaffoldReport.Finding;
import io.tickethub.kit.scaffold.sample.FieldNames;
import io.tickethub.kit.scaffold.sample.SampleFile;
import io.tickethub.kit.scaffold.sample.SampleReader;
import io.tickethub.kit.scaffold.sample.Samples;
import io.tickethub.kit.scaffold.sample.Shape;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

class SampleScaffoldTest {

  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final Charset GBK = Charset.forName("GBK");
  private static final String NAME = "partner-new";

  @TempDir Path scratch;
  private Path connectors;

  @BeforeEach
  void makeDirectory() throws IOException {
    connectors = Files.createDirectory(scratch.resolve("connectors"));
    FileSystemUtils.copyRecursively(
        Path.of("connectors", "templates"), connectors.resolve("templates"));
  }

  @Test
  void anExportOf112IsReadAsItIs() throws IOException {
    ScaffoldReport report =
        create(sample("fault_infor_20260105.txt", InventedSamples.export112(), GB18030));

    assertThat(guesses(report))
        .containsEntry("charset", "GB18030")
        .containsEntry("format", "delimited")
        .containsEntry("delimiter", "\"_+|\"")
        .containsEntry("header", "yes")
        .containsEntry("key", "流水")
        .containsEntry("channel", "opens tickets");
    assertThat(placed(report))
        .containsEntry("流水", "message-id")
        .containsEntry("故障号", "ticket.id")
        .containsEntry("区局", "region")
        .containsEntry("申告时间", "reported-at")
        .containsEntry("业务类型", "product")
        .containsEntry("申告现象", "title")
        .containsEntry("申告备注", "description")
        .containsEntry("申告联系信息", "customer.phone")
        .containsEntry("派修时间", "dispatched-at")
        .containsEntry("三级故障大类", "resolution.cause")
        .containsEntry("三级故障修复代码", "resolution.code")
        .containsEntry("三级修复时间", "repaired-at");
    assertThat(report.unplaced()).containsKeys("是否光网", "测试代码", "派修工号");
    assertThat(report.personal()).contains("申告联系信息");
    assertSound(report);
    assertThat(report.refused()).isZero();
    assertThat(file("schema/report.columns.yaml")).contains("date and time glued");
    JsonNode first = changes("report", "fault-infor-20260105").get(0);
    assertThat(first.at("/type").asText()).isEqualTo("open");
    assertThat(first.at("/ticket/id").asText()).isEqualTo("GZ2026010500");
    assertThat(first.at("/occurredAt").asText()).isEqualTo("2026-01-05T01:03:00Z");
    assertThat(first.at("/content/customer/phone").asText()).isEqualTo("13800001200");
  }

  @Test
  void wrongLinesOfADirtyFileSpoilNothing() throws IOException {
    ScaffoldReport report =
        create(sample("报障.csv", InventedSamples.dirtyCsvOf53Columns(), GB18030));

    assertThat(guesses(report))
        .containsEntry("charset", "GB18030")
        .containsEntry("delimiter", "\",\"")
        .containsEntry("header", "yes")
        .containsEntry("key", "流水号");
    assertThat(placed(report))
        .containsEntry("工单编号", "ticket.id")
        .containsEntry("受理时间", "reported-at")
        .containsEntry("联系人", "customer.name")
        .containsEntry("联系电话", "customer.phone")
        .containsEntry("客户等级", "customer.serviceLevel")
        .containsEntry("故障描述", "description")
        .containsEntry("产品名称", "product")
        .containsEntry("车牌号", "attributes.transport.plate");
    assertSound(report);
    assertThat(report.accepted()).isEqualTo(38);
    assertThat(report.refused()).isEqualTo(3);
    assertThat(file("examples/report/报障/rejected.yaml")).contains("column-count");
    assertThat(Files.readAllBytes(folder().resolve("examples/report/报障/received.csv")))
        .isEqualTo(InventedSamples.dirtyCsvOf53Columns().getBytes(GB18030));
    assertThat(file("mapping/codes.yaml"))
        .contains("\"车务通\": transport")
        .contains("# not placed: \"神秘业务\"");
  }

  @Test
  void statesOfATicketAreProgress() throws IOException {
    ScaffoldReport report =
        create(
            sample("s1.json", InventedSamples.progress("E-1", "已接单", ""), StandardCharsets.UTF_8),
            sample(
                "s2.json", InventedSamples.progress("E-2", "挂起", "客户要求"), StandardCharsets.UTF_8),
            sample("s3.json", InventedSamples.progress("E-3", "已修复", ""), StandardCharsets.UTF_8),
            sample("s4.json", InventedSamples.progress("E-4", "反馈", ""), StandardCharsets.UTF_8));

    assertThat(guesses(report))
        .containsEntry("charset", "UTF-8")
        .containsEntry("format", "json")
        .containsEntry("channel", "reports states")
        .containsEntry("key", "消息编号");
    assertThat(placed(report))
        .containsEntry("工单.平台单号", "ticket.hub")
        .containsEntry("工单.合作方单号", "ticket.id")
        .containsEntry("状态", "state")
        .containsEntry("处理时间", "occurred-at")
        .containsEntry("挂起原因", "suspension-cause");
    assertSound(report);
    assertThat(change("progress", "s1").at("/state").asText()).isEqualTo("accepted");
    assertThat(change("progress", "s2").at("/suspensionCause").asText()).isEqualTo("customer");
    assertThat(change("progress", "s3").at("/content/resolution/action").asText())
        .isEqualTo("更换光模块");
    assertThat(change("progress", "s4").at("/type").asText()).isEqualTo("feedback");
  }

  @Test
  void anXmlStandardIsFoundBelowItsRoot() throws IOException {
    ScaffoldReport report =
        create(
            sample("open-1.xml", InventedSamples.xmlTicket(1), StandardCharsets.UTF_8),
            sample("open-2.xml", InventedSamples.xmlTicket(2), StandardCharsets.UTF_8));

    assertThat(guesses(report))
        .containsEntry("format", "xml")
        .containsEntry("place of the records", "TroubleTicketMessage");
    assertThat(placed(report))
        .containsEntry("Header.MessageId", "message-id")
        .containsEntry("Ticket.TicketNumber", "ticket.id")
        .containsEntry("Ticket.Subject", "title")
        .containsEntry("Ticket.ProblemDescription", "description")
        .containsEntry("Ticket.ReportedAt", "reported-at")
        .containsEntry("Ticket.Contact.Name", "customer.name")
        .containsEntry("Ticket.Contact.Phone", "customer.phone");
    assertSound(report);
    assertThat(change("report", "open-2").at("/content/title").asText())
        .isEqualTo("Leased line is down 2");
    assertThat(change("report", "open-2").at("/occurredAt").asText())
        .isEqualTo("2026-01-05T01:02:00Z");
  }

  @Test
  void severalRecordsInOneMessageAreSeveralChanges() throws IOException {
    ScaffoldReport report =
        create(sample("cases.json", InventedSamples.listOfCases(), StandardCharsets.UTF_8));

    assertThat(placed(report))
        .containsEntry("caseNumber", "ticket.id")
        .containsEntry("summary", "title")
        .containsEntry("createdAt", "reported-at")
        .containsEntry("customer.name", "customer.name")
        .containsEntry("customer.phone", "customer.phone")
        .containsEntry("customer.tier", "customer.serviceLevel");
    assertSound(report);
    assertThat(report.accepted()).isEqualTo(3);
  }

  @Test
  void aDelimiterOfSeveralSignsIsNotTakenForOneOfThem() throws IOException {
    String text =
        "回单编号|@|电信单号|@|工单状态|@|操作时间|@|备注\n"
            + "H1|@|TH20260105000001|@|已接单|@|2026年1月5日 9:10|@|在途\n"
            + "H2|@|TH20260105000002|@|催单|@|2026年1月5日 9:11|@|请快\n"
            + "H3|@|TH20260105000003|@|天晓得|@|2026年1月5日 9:12|@|\n";
    ScaffoldReport report = create(sample("回单.txt", text, GB18030));

    assertThat(guesses(report))
        .containsEntry("delimiter", "\"|@|\"")
        .containsEntry("channel", "reports states");
    assertThat(placed(report)).containsEntry("电信单号", "ticket.hub");
    assertThat(report.unknownCodes()).containsEntry("工单状态", List.of("天晓得"));
    assertSound(report);
    JsonNode changes = changes("progress", "回单");
    assertThat(changes.at("/0/occurredAt").asText()).isEqualTo("2026-01-05T01:10:00Z");
    assertThat(changes.at("/1/type").asText()).isEqualTo("urge");
    assertThat(file("examples/progress/回单/rejected.yaml")).contains("unknown-code");
  }

  @Test
  void whatIsThereAlreadyIsLeftAlone() throws IOException {
    Path sample = sample("a.json", InventedSamples.listOfCases(), StandardCharsets.UTF_8);
    create(sample);
    String before = file("connector.yaml");

    assertThatThrownBy(() -> create(sample))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("is there already");
    assertThat(file("connector.yaml")).isEqualTo(before);
  }

  @Test
  void nothingIsLeftBehindBesideTheFolder() throws IOException {
    create(sample("a.json", InventedSamples.listOfCases(), StandardCharsets.UTF_8));

    try (Stream<Path> entries = Files.list(connectors)) {
      assertThat(entries).containsExactlyInAnyOrder(folder(), connectors.resolve("templates"));
    }
  }

  @Test
  void aFileOfFixedWidthsIsCutWhereItsColumnsBegin() throws IOException {
    ScaffoldReport report =
        create(sample("KD_20260105.txt", InventedSamples.broadbandFaults(30, true), GBK));

    assertThat(guesses(report))
        .containsEntry("charset", "GB18030")
        .containsEntry("format", "fixed width")
        .containsEntry("widths", widths())
        .containsEntry("header", "yes")
        .containsEntry("key", "流水号")
        .containsEntry("channel", "opens tickets");
    assertThat(placed(report))
        .containsEntry("流水号", "message-id")
        .containsEntry("障碍单号", "ticket.id")
        .containsEntry("申告时间", "reported-at")
        .containsEntry("客户姓名", "customer.name")
        .containsEntry("联系电话", "customer.phone")
        .containsEntry("客户编号", "customer.number")
        .containsEntry("客户等级", "customer.serviceLevel")
        .containsEntry("装机地址", "customer.address")
        .containsEntry("区域", "region")
        .containsEntry("业务类型", "product")
        .containsEntry("障碍现象", "title")
        .containsEntry("申告备注", "description")
        .containsEntry("派单时间", "dispatched-at");
    assertThat(report.personal()).contains("客户姓名", "联系电话", "装机地址");
    assertSound(report);
    assertThat(report.accepted()).isEqualTo(30);
    assertThat(report.refused()).isZero();
    assertThat(report.warnings())
        .containsExactly("do these columns begin where they seem to? 申告次数 at byte 83 (0.71)");
    assertThat(file("connector.yaml")).contains("format: fixed-width", "template: sftp-file-in");
    assertThat(file("schema/report.widths.yaml"))
        .contains("whole: true", "key: \"流水号\"", "{name: \"申告次数\", width: 8");
    JsonNode first = changes("report", "kd-20260105").get(3);
    assertThat(first.at("/ticket/id").asText()).isEqualTo("KD202601050034");
    assertThat(first.at("/occurredAt").asText()).isEqualTo("2026-01-05T03:39:21Z");
    assertThat(first.at("/content/customer/name").asText()).isEqualTo("欧阳建华");
    assertThat(first.at("/content/customer/address").asText()).isEqualTo("上思县思阳镇更生街10号");
  }

  @Test
  void columnsOfFixedWidthsWithoutHeaderAreFoundByTheirValues() throws IOException {
    ScaffoldReport report =
        create(sample("KD.txt", InventedSamples.broadbandFaults(40, false), GBK));

    assertThat(guesses(report))
        .containsEntry("format", "fixed width")
        .containsEntry("header", "no");
    assertThat(guesses(report).get("widths"))
        .startsWith("10, 14, 14, 12, 14, 10, 4, 12, 16, 50, 8, 12, ");
    assertThat(placed(report)).containsEntry("column5", "customer.phone");
    assertThat(report.unplaced().get("column3")).contains("reported-at");
    assertThat(file("schema/report.widths.yaml"))
        .contains(
            "{name: \"column3\", width: 14} # 0.93 a date begins there; date, uuuuMMddHHmmss");
    assertSound(report);
    assertThat(report.accepted()).isEqualTo(40);
  }

  @Test
  void titlesThatDoNotStandAboveTheirColumnsAreCounted() throws IOException {
    String lines = InventedSamples.broadbandFaults(30, true);
    String header = String.join(" ", InventedSamples.broadbandTitles());
    ScaffoldReport report =
        create(sample("KD.txt", header + lines.substring(lines.indexOf("\r\n")), GBK));

    assertThat(guesses(report)).containsEntry("header", "yes").containsEntry("key", "流水号");
    assertThat(placed(report))
        .containsEntry("申告时间", "reported-at")
        .containsEntry("装机地址", "customer.address")
        .containsEntry("派单时间", "dispatched-at");
    assertSound(report);
    assertThat(report.accepted()).isEqualTo(30);
  }

  @Test
  void fewLinesOfFixedWidthsLeaveAQuestion() throws IOException {
    ScaffoldReport report = create(sample("KD.txt", InventedSamples.broadbandFaults(3, true), GBK));

    assertThat(guesses(report)).containsEntry("format", "fixed width");
    assertThat(confidence(report, "widths")).isLessThan(0.8);
    assertThat(report.warnings()).anyMatch(w -> w.startsWith("only 3 lines show where"));
    assertThat(file("README.md")).contains("do the widths, in bytes of GB18030, agree");
    assertThat(report.check().problems()).isEmpty();
  }

  @Test
  void aSignInValuesOfFixedWidthsDividesNothing() {
    String text = InventedSamples.broadbandFaults(30, true).replace("号 ", ",");

    assertThat(samples(text, GBK).shape().value()).isEqualTo(Shape.FIXED_WIDTH);
  }

  @Test
  void paddedValuesBetweenDelimitersAreDelimited() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      text.append(
          "GZ%08d|%-12s|2026010509%02d00|%-30s\n"
              .formatted(i, "1380000" + (1000 + i), i, "No light " + i));
    }

    Samples samples = samples(text.toString(), StandardCharsets.UTF_8);

    assertThat(samples.shape().value()).isEqualTo(Shape.DELIMITED);
    assertThat(samples.fields()).hasSize(4);
  }

  @Test
  void aFixedWidthFileThatWasConvertedIsRefused() {
    String text = InventedSamples.broadbandFaults(12, true);

    assertThatThrownBy(() -> samples(text, StandardCharsets.UTF_8))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("one length in GBK")
        .hasMessageContaining("as the system writes them");
  }

  @Test
  void linesWithoutTheBlanksAtTheirEndsAreDoubted() {
    String text =
        InventedSamples.broadbandFaults(30, true)
            .replace("线路测试异常", "正常        ")
            .replaceAll(" +\r\n", "\r\n");
    Samples samples = samples(text, GBK);

    assertThat(samples.shape().value()).isEqualTo(Shape.FIXED_WIDTH);
    assertThat(samples.shape().confidence()).isLessThan(0.7);
    assertThat(samples.warnings())
        .anyMatch(warning -> warning.contains("blanks at the end left out?"));
    assertThat(samples.records()).isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftps", "sftp"})
  void aFileOfJsonLinesIsManyMessages(String transport) throws IOException {
    Path lines = sample("jindu.jsonl", InventedSamples.progressLines(), StandardCharsets.UTF_8);
    NewConnector connector = new NewConnector(NAME, connectors, "New", "新", null, null);

    ScaffoldReport report = new SampleScaffold().create(connector, List.of(lines), transport, null);

    assertThat(guesses(report))
        .containsEntry("format", "json lines")
        .containsEntry("channel", "reports states")
        .containsEntry("key", "updateId");
    assertSound(report);
    assertThat(report.accepted()).isEqualTo(9);
    assertThat(file("connector.yaml"))
        .contains("format: json-lines", "message-id: \"updateId\"", transport + "-file-in")
        .contains("ticket.number", ".jsonl");
    assertThat(Files.readAllBytes(folder().resolve("examples/progress/jindu/received.jsonl")))
        .isEqualTo(Files.readAllBytes(lines));
    assertThat(changes("progress", "jindu")).hasSize(9);
    assertThat(file("examples/ticket/introduced/sent.jsonl").lines()).hasSize(1);
  }

  @Test
  void jsonLinesThatComeOneByOneAreExamplesOfTheirOwn() throws IOException {
    Path lines = sample("jindu.jsonl", InventedSamples.progressLines(), StandardCharsets.UTF_8);
    NewConnector connector = new NewConnector(NAME, connectors, "New", "新", null, null);

    ScaffoldReport report = new SampleScaffold().create(connector, List.of(lines), "http", null);

    assertSound(report);
    assertThat(file("connector.yaml")).contains("format: json\n");
    assertThat(change("progress", "jindu-line-9").at("/state").asText()).isEqualTo("replied");
  }

  @Test
  void aTransportThatDoesNotCarryTheSamplesIsRefused() throws IOException {
    Path sample = sample("KD.txt", InventedSamples.broadbandFaults(12, true), GBK);
    NewConnector connector = new NewConnector(NAME, connectors, "New", "新", null, null);

    assertThatThrownBy(() -> new SampleScaffold().create(connector, List.of(sample), "http", null))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("HTTP POST does not carry the format 'fixed-width'")
        .hasMessageContaining("--transport");
  }

  @Test
  void samplesOfTwoFormatsAreRefused() throws IOException {
    Path json = sample("a.json", InventedSamples.listOfCases(), StandardCharsets.UTF_8);
    Path xml = sample("b.xml", InventedSamples.xmlTicket(1), StandardCharsets.UTF_8);

    assertThatThrownBy(() -> create(json, xml))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("several formats");
  }

  private ScaffoldReport create(Path... samples) {
    NewConnector connector = new NewConnector(NAME, connectors, "New partner", "新合作方", null, null);
    return new SampleScaffold().create(connector, List.of(samples), null, null);
  }

  private Path sample(String name, String text, Charset charset) throws IOException {
    return Files.write(scratch.resolve(name), text.getBytes(charset));
  }

  private Path folder() {
    return connectors.resolve(NAME);
  }

  private String file(String name) throws IOException {
    return Files.readString(folder().resolve(name));
  }

  private JsonNode change(String channel, String example) throws IOException {
    return new JsonMapper()
        .readTree(file("examples/%s/%s/change.json".formatted(channel, example)));
  }

  private JsonNode changes(String channel, String example) throws IOException {
    JsonNode changes = change(channel, example);
    assertThat(changes.isArray()).isTrue();
    return changes;
  }

  private void assertSound(ScaffoldReport report) throws IOException {
    assertThat(report.check().problems()).isEmpty();
    assertThat(report.check().examples()).isNotEmpty().allMatch(example -> example.passed());
    String readme = file("README.md");
    report.unplaced().keySet().forEach(field -> assertThat(readme).contains("- " + field + ": "));
  }

  private static Samples samples(String text, Charset charset) {
    return new SampleReader(FieldNames.shipped())
        .read(List.of(new SampleFile("a.txt", text.getBytes(charset))));
  }

  private static String widths() {
    return InventedSamples.broadbandWidths().stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  private static double confidence(ScaffoldReport report, String subject) {
    return report.guesses().stream()
        .filter(guess -> guess.subject().equals(subject))
        .findFirst()
        .orElseThrow()
        .confidence();
  }

  private static Map<String, String> guesses(ScaffoldReport report) {
    return report.guesses().stream().collect(Collectors.toMap(Finding::subject, Finding::value));
  }

  private static Map<String, String> placed(ScaffoldReport report) {
    return report.placed().stream().collect(Collectors.toMap(Finding::subject, Finding::value));
  }
}

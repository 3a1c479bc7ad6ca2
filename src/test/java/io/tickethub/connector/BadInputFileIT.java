package io.tickethub.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.harness.HubUnderTest;
import io.tickethub.harness.Letters;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of export files with wrong lines in them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputFileIT {

  private static final Charset GBK = Charset.forName("GBK");
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String FAULTS =
      "流水,故障号,是否光网,区局,分局,站点,申告时间,业务类型,申告大类,申告现象,测试代码,测试结果,申告备注,申告联系信息,是否二级预处理,结案方式,结案历时,受理来源,一级受理员,"
          + "一级预处理工号,一级预处理建议,一级预处理结案代码,二级预处理结案代码,二级预处理备注,二级工号,二级结案时间,派修时间,派修工号,派修方向,派修中心,三级故障大类,三级故障修复代码,"
          + "三级工号,三级修复时间";
  private static final String RESULTS = "业务类型,小结类型,差错来源,备注,申告号,逻辑号,流水,小结号,小结时间,小结工号";

  private HubUnderTest hub;
  private Path export;

  @BeforeAll
  void start(@TempDir Path directory, @TempDir Path connectors) throws Exception {
    HubUnderTest.copyOfConnectors(connectors);
    Path manifest = connectors.resolve("fault-112/connector.yaml");
    String text = Files.readString(manifest);
    int results = text.indexOf("result-infor.columns.yaml");
    Files.writeString(
        manifest, text.substring(0, results) + text.substring(results).replace("64MB", "64KB"));
    hub =
        HubUnderTest.amongNeighbours(
            directory,
            "--hub.connectors.directory=" + connectors,
            "--logging.level.org.apache.camel=DEBUG");
    export = directory.resolve("neighbours/ftp/export");
  }

  @AfterAll
  void stop() throws Exception {
    hub.close();
  }

  private static String line(String serial, String number, String time) {
    String[] values = new String[34];
    Arrays.fill(values, "");
    values[0] = serial;
    values[1] = number;
    values[6] = time;
    values[7] = "光纤宽带";
    values[8] = "上网障碍";
    values[9] = "无法上网";
    values[17] = "112";
    values[26] = time;
    return String.join("_+|", values);
  }

  private void export(String name, byte[] content) throws IOException {
    Path part = export.resolve("." + name);
    Files.write(part, content);
    Files.move(part, export.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] file(String header, String... lines) {
    String text = header.replace(",", "_+|") + "\n" + String.join("\n", lines) + "\n";
    return text.getBytes(GBK);
  }

  private Path taken(String name) {
    return await()
        .atMost(PATIENCE)
        .until(() -> find(export.resolve("done"), name), found -> found.size() == 1)
        .get(0);
  }

  private static List<Path> find(Path directory, String end) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().endsWith(end)).toList();
    }
  }

  private String rejects(String name) throws IOException {
    return new String(Files.readAllBytes(export.resolve("reject").resolve(name)), GBK);
  }

  private void assertTicketOf(String number) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(hub.hub().get("/api/tickets?number=" + number)).hasSize(1));
  }

  @Test
  void aWrongLineGoesBackWithItsReasonAndHarmsNoOther() throws Exception {
    String first = Letters.id("FA");
    String last = Letters.id("FZ");
    String serial = Letters.id("S");
    byte[] content =
        file(
            FAULTS,
            line(serial, first, Letters.now()),
            "too_+|few_+|columns",
            line(serial, Letters.id("FB"), Letters.now()),
            line("", Letters.id("FC"), Letters.now()),
            line(Letters.id("S"), Letters.id("FD"), "gestern"),
            line(Letters.id("S"), Letters.id("FE"), Letters.now()) + "_+|",
            "undecodable \u0001\u0001",
            line(Letters.id("S"), last, Letters.now()));
    for (int i = 0; i < content.length; i++) {
      content[i] = content[i] == 1 ? (byte) 0xff : content[i];
    }

    export("fault_infor_20260101.txt", content);

    assertThat(Files.readAllBytes(taken("fault_infor_20260101.txt"))).isEqualTo(content);
    assertTicketOf(first);
    assertTicketOf(last);
    List<String> lines = rejects("fault_infor_20260101_rejects.txt").lines().toList();
    assertThat(lines.get(0)).startsWith("line_+|code_+|field_+|reason");
    assertThat(lines.subList(1, lines.size()))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("3_+|column-count_+|")
                    .contains("3 columns instead of 34")
                    .endsWith("too_+|few_+|columns"),
            line ->
                assertThat(line)
                    .startsWith("4_+|repeated-key_+|流水_+|")
                    .contains("line 2")
                    .contains(serial),
            line -> assertThat(line).startsWith("5_+|missing-field_+|流水_+|"),
            line -> assertThat(line).startsWith("6_+|invalid-value_+|").contains("gestern"),
            line -> assertThat(line).startsWith("7_+|column-count_+|").contains("35 columns"),
            line -> assertThat(line).startsWith("8_+|undecodable_+|"));
    assertThat(kept("fault_infor_20260101.txt"))
        .extracting(
            message ->
                message.at("/problem/line").asInt() + " " + message.at("/problem/code").asText())
        .containsExactlyInAnyOrder(
            "3 column-count",
            "4 repeated-key",
            "5 missing-field",
            "6 invalid-value",
            "7 column-count",
            "8 undecodable");
  }

  private List<JsonNode> kept(String fileName) {
    return hub.rejected("fault-112", 1).stream()
        .filter(message -> message.path("fileName").asText().equals(fileName))
        .toList();
  }

  @Test
  void aRejectedLineIsKeptByteForByte() throws Exception {
    String wrong = "半_+|行_+|" + Letters.id("W");

    export("fault_infor_20260102.txt", file(FAULTS, wrong));

    taken("fault_infor_20260102.txt");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(kept("fault_infor_20260102.txt")).hasSize(1));
    JsonNode message = kept("fault_infor_20260102.txt").get(0);
    assertThat(message.get("channel").asText()).isEqualTo("faults");
    assertThat(hub.body(message.get("id").asText())).isEqualTo(wrong.getBytes(GBK));
  }

  @Test
  void aFileWithAnotherHeaderIsRejectedWhole() throws Exception {
    String number = Letters.id("F");

    export(
        "fault_infor_20260103.txt",
        file(FAULTS.replace("故障号", "工单号"), line(Letters.id("S"), number, Letters.now())));

    taken("fault_infor_20260103.txt");
    assertThat(rejects("fault_infor_20260103_rejects.txt"))
        .contains("1_+|header_+|故障号", "column 2");
    assertThat(hub.hub().get("/api/tickets?number=" + number)).isEmpty();
  }

  @Test
  void ofAFileThatIsTooLargeTheBeginningIsKept() throws Exception {
    String[] lines =
        IntStream.range(0, 2_000)
            .mapToObj(
                i -> "a_+|b_+|c_+|d_+|e_+|f_+|S%d_+|R%d_+|%s_+|g".formatted(i, i, Letters.now()))
            .toArray(String[]::new);
    byte[] content = file(RESULTS, lines);

    export("result_infor_20260104.txt", content);

    assertThat(Files.size(taken("result_infor_20260104.txt"))).isEqualTo(content.length);
    assertThat(rejects("result_infor_20260104_rejects.txt")).contains("too-large", "65536 bytes");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(kept("result_infor_20260104.txt")).hasSize(1));
    assertThat(kept("result_infor_20260104.txt").get(0).get("size").asInt()).isEqualTo(64 << 10);
  }

  @Test
  void anEmptyFileIsPutAway() throws Exception {
    export("fault_infor_20260105.txt", new byte[0]);
    export("fault_infor_20260106.txt", file(FAULTS));

    assertThat(taken("fault_infor_20260105.txt")).isEmptyFile();
    assertThat(taken("fault_infor_20260106.txt")).exists();
    assertThat(export.resolve("reject/fault_infor_20260105_rejects.txt")).doesNotExist();
  }

  @Test
  void theSameFileAgainChangesNothing() throws Exception {
    String number = Letters.id("F");
    byte[] content = file(FAULTS, line(Letters.id("S"), number, Letters.now()));
    export("fault_infor_20260107.txt", content);
    taken("fault_infor_20260107.txt");
    assertTicketOf(number);
    List<Integer> before = eventsOf112(number);

    export("fault_infor_20260108.txt", content);

    taken("fault_infor_20260108.txt");
    String fence = Letters.id("10000");
    hub.open(fence, Letters.hospitalReport(Letters.id("CC"), fence));
    assertThat(eventsOf112(number)).isEqualTo(before);
  }

  private List<Integer> eventsOf112(String number) throws Exception {
    JsonNode events = hub.hub().get("/api/tickets/" + number).get("events");
    return StreamSupport.stream(events.spliterator(), false)
        .filter(event -> event.get("source").asText().equals("fault-112"))
        .map(event -> event.get("sequence").asInt())
        .toList();
  }
}

package io.tickethub.kit.rehearsal;

import static io.tickethub.harness.SendingSystem.fresh;
import static io.tickethub.harness.SendingSystem.note;
import static io.tickethub.harness.SendingSystem.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SendingSystem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A changed connector, run over the messages that a hub has stored. */
class RehearsalIT {

  private static final int STORED = 2_000;

  private static final String OUTBOUND =
      """
      {"key": key, "ticket": ticket.number, "sequence": sequence, "code": code, "note": event.note,
       "reference": reference, "state": ticket.state, "title": ticket.content.title,
       "description": ticket.content.description, "customer": ticket.content.customer.name}
      """;

  @TempDir static Path directory;
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  static PlainWorld world;

  @BeforeAll
  static void start() throws Exception {
    world =
        PlainWorld.prepare(
            directory, List.of(PlainConnector.named("desk"), PlainConnector.named("north")));
    copy(
        EmbeddedHub.home().resolve("src/test/resources/bench/connectors/source"),
        directory.resolve("connectors/source"));
    world.startHub();
    SendingSystem desk = world.sender("desk");
    for (String ticket : List.of("D-1", "D-2")) {
      desk.sends("newest", fresh(), report(ticket, "C-" + ticket));
      desk.sends("newest", fresh(), note(ticket, "please call 13800001234"));
      world.awaitNotes(ticket, List.of("please call 13800001234"));
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(world.target("north").told()).hasSize(4));
    new StoredMessages(world.hub()).fill(STORED);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private record Answer(int status, JsonNode json) {}

  private static Answer ask(String method, String path, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(world.hub().url().resolve(path))
            .header("Authorization", "Bearer " + world.hub().operatorToken())
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), JSON.readTree(response.body()));
  }

  private static byte[] zip(Map<String, String> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** The files of a connector's folder as it is deployed. */
  private static Map<String, String> deployed(String connector) throws IOException {
    Path folder = directory.resolve("connectors").resolve(connector);
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return files;
  }

  private static byte[] changed(String connector, String file, String text) throws IOException {
    Map<String, String> files = deployed(connector);
    files.put(file, text);
    return zip(files);
  }

  private static JsonNode rehearse(String connector, byte[] archive) throws Exception {
    Answer begun = begin(connector, archive);
    assertThat(begun.status()).as(begun.json().toString()).isEqualTo(202);
    return result(connector, begun.json().get("id").asText());
  }

  private static Answer begin(String connector, byte[] archive) throws Exception {
    return ask("POST", "/api/connectors/%s/rehearsals?since=1d".formatted(connector), archive);
  }

  private static JsonNode result(String connector, String id) {
    String path = "/api/connectors/%s/rehearsals/%s?wait=5".formatted(connector, id);
    return await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () -> ask("GET", path, new byte[0]).json(),
            view -> !view.get("state").asText().equals("running"));
  }

  /** Each difference as one line: kind, place, before, after, how often. */
  private static List<String> differences(JsonNode result) {
    return StreamSupport.stream(result.get("differences").spliterator(), false)
        .map(
            group ->
                "%s %s: %s -> %s (%d)"
                    .formatted(
                        group.get("kind").asText(),
                        group.get("path").asText(),
                        group.get("before").asText(),
                        group.get("after").asText(),
                        group.get("count").asInt()))
        .toList();
  }

  @Test
  void anUnchangedFolderDiffersInNothing() throws Exception {
    for (String connector : List.of("desk", "north", "source")) {
      JsonNode result = rehearse(connector, zip(deployed(connector)));

      assertThat(result.get("state").asText()).isEqualTo("done");
      assertThat(result.get("affected")).isEmpty();
      assertThat(result.get("differences")).isEmpty();
    }
    JsonNode result = rehearse("desk", new byte[0]);
    assertThat(result.get("affected")).isEmpty();
    assertThat(result.at("/counts/messagesCompared").asInt()).isEqualTo(4);
    assertThat(result.at("/counts/deliveriesMappedAgain").asInt()).isPositive();
  }

  @Test
  void whatAChangedMappingLeadsToIsShownFromTheChangeToTheDelivery() throws Exception {
    JsonNode result =
        rehearse(
            "desk",
            changed(
                "desk",
                "mapping/in.jsonata",
                "change.type = 'note' ? {'type': 'urge', 'ticket': change.ticket} : change"));

    assertThat(differences(result))
        .containsExactly(
            "change note: please call 138****1234 -> (nothing) (2)",
            "change type: note -> urge (2)",
            "ticket urgeCount: 0 -> 1 (2)",
            "history noted: once -> never (2)",
            "history urged: never -> once (2)",
            "delivery north is told 'noted': once -> never (2)",
            "delivery north is told 'urged': never -> once (2)");
    assertThat(result.at("/affected/change").asInt()).isEqualTo(2);
    assertThat(result.at("/counts/ticketsReplayed").asInt()).isEqualTo(2);
    assertThat(result.at("/differences/0/examples")).hasSize(2);
  }

  @Test
  void aReportThatWouldBeRefusedTakesItsTicketAway() throws Exception {
    JsonNode result =
        rehearse(
            "desk",
            changed(
                "desk",
                "mapping/in.jsonata",
                "change.ticket.id = 'D-1' and change.type = 'open'"
                    + " ? $merge([change, {'content': {'kind': 'fault'}}]) : change"));

    assertThat(result.at("/affected/would-be-rejected").asInt()).isEqualTo(1);
    assertThat(differences(result))
        .anyMatch(line -> line.startsWith("would-be-rejected content.productClass: taken -> "))
        .contains("state state: received -> (no ticket) (1)")
        .contains("delivery north is told 'introduced': once -> never (1)");
  }

  @Test
  void anotherMessageIdIsSeenBeforeItBreaksDeduplication() throws Exception {
    JsonNode result =
        rehearse(
            "desk",
            changed(
                "desk",
                "connector.yaml",
                deployed("desk")
                    .get("connector.yaml")
                    .replace("message-id: id", "message-id: change.type")));

    assertThat(result.at("/affected/message-id").asInt()).isEqualTo(4);
    assertThat(result.at("/affected/taken-for-repetition").asInt()).isEqualTo(2);
    assertThat(result.at("/affected").has("change")).isFalse();
  }

  @Test
  void whatWouldBeSentIsWrittenAgain() throws Exception {
    JsonNode result =
        rehearse(
            "north",
            changed(
                "north", "mapping/out.jsonata", OUTBOUND.replace("code,", "$uppercase(code),")));

    assertThat(differences(result))
        .containsExactly(
            "sent body code: introduced -> INTRODUCED (2)", "sent body code: noted -> NOTED (2)");
    assertThat(result.at("/differences/0/channel").asText()).isEqualTo("told");
  }

  @Test
  void manyEqualDifferencesAreOneLine() throws Exception {
    String mapping = deployed("source").get("mapping/report.jsonata");

    JsonNode result =
        rehearse(
            "source",
            changed(
                "source",
                "mapping/report.jsonata",
                mapping.replace("\"region\": district", "\"region\": district & '区域'")));
    assertThat(differences(result))
        .containsExactly(
            "change content.region: 东区 -> 东区区域 (%d)".formatted(STORED / 5),
            "ticket content.region: 东区 -> 东区区域 (%d)".formatted(STORED / 5));
    assertThat(result.at("/counts/messagesCompared").asInt()).isEqualTo(STORED);
  }

  @Test
  void differencesOfPersonalDataAreMasked() throws Exception {
    String mapping = deployed("source").get("mapping/report.jsonata");

    JsonNode result =
        rehearse(
            "source",
            changed(
                "source",
                "mapping/report.jsonata",
                mapping.replace(
                    "\"customer\": customer",
                    "\"customer\": $merge([customer, {'name': '李四', 'phone': '13912345678'}])")));

    assertThat(differences(result))
        .contains(
            "change content.customer.name: 张* -> 李* (%d)".formatted(STORED / 5),
            "change content.customer.phone: 138****1234 -> 139****5678 (%d)".formatted(STORED / 5));
    assertThat(result.toString()).doesNotContain("张三", "13800001234", "李四");
  }

  @Test
  void nothingIsWrittenAndNothingSent() throws Exception {
    Map<String, Long> before = rows();
    int told = world.target("north").told().size();

    rehearse(
        "desk",
        changed(
            "desk",
            "mapping/in.jsonata",
            "$merge([change, {'ticket': {'id': change.ticket.id & 'x'}}])"));
    rehearse("north", changed("north", "mapping/out.jsonata", "{'other': code}"));

    assertThat(rows()).isEqualTo(before);
    assertThat(world.target("north").told()).hasSize(told);
    assertThat(
            world
                .hub()
                .database()
                .queryForList(
                    "select distinct subject from audit where action = 'rehearse'", String.class))
        .contains("desk", "north");
  }

  private static Map<String, Long> rows() {
    Map<String, Long> rows = new TreeMap<>();
    for (String table :
        List.of(
            "message",
            "message_ledger",
            "message_waiting",
            "ticket",
            "ticket_event",
            "ticket_reference",
            "delivery",
            "delivery_attempt",
            "dead_letter")) {
      rows.put(
          table,
          world.hub().database().queryForObject("select count(*) from " + table, Long.class));
    }
    rows.put(
        "last ticket",
        world.hub().database().queryForObject("select last_value from ticket_id", Long.class));
    return rows;
  }

  @Test
  void aBrokenFolderIsRefusedWithFileAndLine() throws Exception {
    Answer answer = begin("desk", changed("desk", "mapping/in.jsonata", "{\n  'type': \n"));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().get("detail").asText())
        .startsWith("desk/mapping/in.jsonata")
        .contains("line")
        .doesNotContain("rehearsal-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../outside.txt", "/outside.txt", "mapping/../../outside.txt", "a\\..\\b"})
  void anArchiveThatLeadsOutOfItsFolderIsRefused(String name) throws Exception {
    Answer answer = begin("desk", changed("desk", name, "out"));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().get("detail").asText()).contains("leads out of the folder");
  }

  @Test
  void anArchiveOfTooMuchIsRefused() throws Exception {
    Map<String, String> files = new TreeMap<>();
    for (int i = 0; i < 2_100; i++) {
      files.put("mapping/" + i, "");
    }
    assertThat(begin("desk", zip(files)).json().get("detail").asText()).contains("more than 2000");
    byte[] bomb = changed("desk", "mapping/bomb", "0".repeat(40 << 20));
    assertThat(begin("desk", bomb).json().get("detail").asText()).contains("bytes");
    assertThat(begin("desk", new byte[] {1, 2, 3}).status()).isEqualTo(422);
  }

  @Test
  void oneRunsAtATimeAndCanBeCancelled() throws Exception {
    byte[] slow =
        changed(
            "source",
            "mapping/report.jsonata",
            "($s := $sum([1..20000]); $s > 0 ? %s : {})"
                .formatted(deployed("source").get("mapping/report.jsonata")));
    Answer first = begin("source", slow);
    assertThat(first.status()).isEqualTo(202);
    String path = "/api/connectors/source/rehearsals/" + first.json().get("id").asText();

    Answer second = begin("desk", new byte[0]);
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.json().get("detail").asText())
        .contains(first.json().get("id").asText(), "wait for it or cancel it");
    assertThat(ask("DELETE", path, new byte[0]).status()).isEqualTo(200);

    JsonNode result = result("source", first.json().get("id").asText());
    assertThat(result.get("state").asText()).isEqualTo("cancelled");
    assertThat(result.at("/counts/messagesCompared").asInt()).isLessThan(STORED);
    assertThat(rehearse("desk", new byte[0]).get("state").asText()).isEqualTo("done");
  }

  @Test
  void mistakesOfTheCallerAreToldAsSuch() throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (String path :
        List.of(
            "desk/rehearsals?since=lately",
            "desk/rehearsals?since=1d&until=2d",
            "desk/rehearsals?since=1d&channel=none",
            "none/rehearsals?since=1d",
            "desk/rehearsals")) {
      statuses.add(ask("POST", "/api/connectors/" + path, new byte[0]).status());
    }
    assertThat(statuses).containsExactly(400, 400, 400, 404, 400);
    assertThat(ask("GET", "/api/connectors/desk/rehearsals/1", new byte[0]).status())
        .isEqualTo(404);
  }
}

package io.tickethub.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.harness.Caller;
import io.tickethub.harness.Caller.Answer;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SendingSystem;
import io.tickethub.harness.TargetSystem;
import io.tickethub.harness.TargetSystem.Reply;
import io.tickethub.harness.TargetSystem.Told;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do with many dead letters at once, and with one that they mend. */
class LetterJobsIT {

  private static final String GROUP = "north/told/delivery/http-422";
  private static final AtomicInteger TICKETS = new AtomicInteger();
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir static Path directory;
  static PlainWorld world;
  static SendingSystem desk;
  static TargetSystem north;

  @BeforeAll
  static void start() throws Exception {
    world =
        PlainWorld.start(
            directory,
            List.of(PlainConnector.named("desk"), PlainConnector.named("north")),
            "--hub.pipeline.wait-for-ticket=1s");
    desk = world.sender("desk");
    north = world.target("north");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void nothingIsDead() throws Exception {
    north.answers(200);
    if (!world.hub().get("/api/dead-letters").isEmpty()) {
      JsonNode job = post("/api/dead-letters/discard?since=1d&reason=another%20test");
      ended(job);
    }
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
  }

  private static JsonNode post(String path) throws Exception {
    return world.hub().post(path);
  }

  private static JsonNode ended(JsonNode job) {
    String path = "/api/dead-letters/jobs/" + job.get("id").asText();
    return patiently()
        .until(() -> world.hub().get(path), view -> !view.get("state").asText().equals("running"));
  }

  private static String fresh() {
    return "J-" + TICKETS.incrementAndGet();
  }

  /** Tickets of which north has refused the note "poison", and not heard the note "behind". */
  private List<String> poisoned(int count) throws Exception {
    north.answers(told -> new Reply("poison".equals(told.note()) ? 422 : 200, "{}"));
    List<String> tickets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String ticket = fresh();
      tickets.add(ticket);
      desk.opens(ticket);
      desk.notes(ticket, "poison");
      desk.notes(ticket, "behind");
    }
    patiently().until(() -> open() == count);
    return tickets;
  }

  private static long open() throws Exception {
    JsonNode groups = world.hub().get("/api/dead-letters/groups?connector=north");
    return groups.isEmpty() ? 0 : groups.get(0).get("open").asLong();
  }

  private static List<String> notes(String ticket) {
    return north.took(world.number(ticket)).stream()
        .map(Told::note)
        .filter(Objects::nonNull)
        .toList();
  }

  @Test
  void aGroupIsReplayedOnceInOrderWhileTheSameTicketsGoOn() throws Exception {
    List<String> tickets = poisoned(8);
    JsonNode group = world.hub().get("/api/dead-letters/groups?connector=north").get(0);
    assertThat(group.get("group").asText()).isEqualTo(GROUP);
    JsonNode preview = world.hub().get("/api/dead-letters/preview?group=" + GROUP);
    assertThat(preview.get("selected").asInt()).isEqualTo(8);
    assertThat(preview.get("steps").toString()).isEqualTo("[1,5,2]");
    assertThat(preview.at("/first/0/behind").asInt()).isEqualTo(1);
    assertThat(preview.at("/systems/0/tickets").asInt()).isEqualTo(8);
    assertThat(open()).isEqualTo(8);

    north.answers(200);
    String replay = "/api/dead-letters/replay?reason=mended&group=" + GROUP;
    JsonNode first = post(replay);
    JsonNode second = post(replay);
    for (String ticket : tickets) {
      desk.notes(ticket, "live");
    }

    JsonNode one = ended(first);
    JsonNode two = ended(second);
    assertThat(one.get("state").asText()).isEqualTo("done");
    assertThat(one.get("done").asInt() + two.get("done").asInt()).isEqualTo(8);
    for (String ticket : tickets) {
      patiently()
          .untilAsserted(
              () -> assertThat(notes(ticket)).containsExactly("poison", "behind", "live"));
    }
    assertThat(ended(post(replay)).get("selected").asInt()).isZero();
    assertThat(audit("dead-letters-replay")).contains("8 of group " + GROUP, "reason: mended");
    assertThat(audit("dead-letters-replay-ended"))
        .contains("done: done %d, failed 0".formatted(one.get("done").asInt()));
  }

  private static String audit(String action) {
    return String.join(
        "\n",
        world
            .hub()
            .database()
            .queryForList(
                "select actor || ': ' || detail from audit where action = ?",
                String.class,
                action));
  }

  @Test
  void theRampStopsWhenTheFailureReturns() throws Exception {
    List<String> tickets = poisoned(8);
    String bad = world.number(tickets.get(3));
    north.answers(
        told ->
            new Reply("poison".equals(told.note()) && told.ticket().equals(bad) ? 422 : 200, "{}"));
    JsonNode job = ended(post("/api/dead-letters/replay?reason=mended&connector=north"));

    assertThat(job.get("state").asText()).isEqualTo("stopped");
    assertThat(job.get("cause").asText()).contains("1 of the 5 of step 2 failed again");
    assertThat(job.get("done").asInt() + job.get("underWay").asInt()).isEqualTo(5);
    assertThat(open()).as("two never taken, one dead again").isEqualTo(3);
  }

  @Test
  void aJobGoesOnWhereItWasAfterTheHubWasRestarted() throws Exception {
    List<String> tickets = poisoned(8);
    north.answers(200);
    post("/api/connectors/north/pause?reason=the%20job%20has%20to%20wait");
    JsonNode job = post("/api/dead-letters/replay?reason=mended&connector=north");
    String path = "/api/dead-letters/jobs/" + job.get("id").asText();
    patiently().until(() -> world.hub().get(path).get("underWay").asInt() == 1);
    world.hub().close();
    world.startHub();
    desk = world.sender("desk");
    assertThat(world.hub().get(path).get("state").asText()).isEqualTo("running");
    post("/api/connectors/north/resume");

    assertThat(ended(job).get("done").asInt()).isEqualTo(8);
    for (String ticket : tickets) {
      patiently()
          .untilAsserted(() -> assertThat(notes(ticket)).containsExactly("poison", "behind"));
    }
  }

  @Test
  void aStoppedJobTakesNoMore() throws Exception {
    poisoned(8);
    post("/api/connectors/north/pause?reason=the%20job%20has%20to%20wait");
    JsonNode job = post("/api/dead-letters/replay?reason=mended&connector=north");
    String path = "/api/dead-letters/jobs/" + job.get("id").asText();
    patiently().until(() -> world.hub().get(path).get("underWay").asInt() == 1);
    JsonNode stopped = post(path + "/stop");
    north.answers(200);
    post("/api/connectors/north/resume");

    assertThat(stopped.get("state").asText()).isEqualTo("stopped");
    assertThat(open()).isEqualTo(7);
  }

  @Test
  void aDiscardedGroupLetsItsTicketsGoOn() throws Exception {
    List<String> tickets = poisoned(3);
    JsonNode job = ended(post("/api/dead-letters/discard?reason=too%20late&group=" + GROUP));

    assertThat(job.get("done").asInt()).isEqualTo(3);
    for (String ticket : tickets) {
      patiently().untilAsserted(() -> assertThat(notes(ticket)).containsExactly("behind"));
    }
  }

  @Test
  void whoActsOnManySaysWhichAndWhy() throws Exception {
    assertThat(call("POST", "/api/dead-letters/replay?connector=north", "operator").field("detail"))
        .contains("say why");
    assertThat(call("POST", "/api/dead-letters/replay?reason=x", "operator").field("detail"))
        .contains("say which");
  }

  /** A message about a ticket nobody knows, which gave up; returns its dead letter. */
  private JsonNode deadMessage(String id, Map<String, Object> change) throws Exception {
    desk.sends("newest", id, change);
    return patiently().until(() -> letterOf(id), Objects::nonNull);
  }

  private static JsonNode letterOf(String externalId) throws IOException, InterruptedException {
    JsonNode messages = world.hub().get("/api/messages?externalId=" + externalId);
    if (messages.isEmpty()) {
      return null;
    }
    String message = messages.get(0).get("id").asText();
    for (JsonNode letter : world.hub().get("/api/dead-letters?connector=desk&limit=500")) {
      if (letter.get("message").asText().equals(message)) {
        return letter;
      }
    }
    return null;
  }

  @Test
  void aReplayedMessageNeverPutsAnOlderWordInThePlaceOfANewerOne() throws Exception {
    String ticket = fresh();
    Map<String, Object> older = SendingSystem.change("update", ticket);
    older.put("content", Map.of("title", "older title", "region", "Yulin"));
    older.put("note", "said first");
    JsonNode letter = deadMessage(SendingSystem.fresh(), older);
    desk.opens(ticket);
    Map<String, Object> newer = SendingSystem.change("update", ticket);
    newer.put("content", Map.of("title", "newer title"));
    desk.sends("newest", SendingSystem.fresh(), newer);
    patiently().until(() -> content(ticket).path("title").asText().equals("newer title"));
    JsonNode job =
        ended(post("/api/dead-letters/replay?reason=known&code=" + letter.get("code").asText()));

    assertThat(job.get("done").asInt()).isEqualTo(1);
    assertThat(content(ticket).path("title").asText()).isEqualTo("newer title");
    assertThat(content(ticket).path("region").asText()).isEqualTo("Yulin");
    assertThat(world.notes(ticket)).contains("said first");
    assertThat(world.events(ticket))
        .anySatisfy(
            event -> {
              assertThat(event.code()).isEqualTo("late");
              assertThat(event.detail().content().title()).isEqualTo("older title");
            });
  }

  private static JsonNode content(String ticket) throws Exception {
    return world.hub().get("/api/tickets/" + world.number(ticket)).get("content");
  }

  @Test
  void aMendedMessageIsANewOneLinkedWithTheOldAndNobodyElseSeesPersonalData() throws Exception {
    String ticket = fresh();
    desk.opens(ticket);
    world.id(ticket);
    String id = SendingSystem.fresh();
    JsonNode letter =
        deadMessage(id, SendingSystem.note(ticket + "x", "call 13800001234, 联系人 张三丰"));
    String path = "/api/dead-letters/" + letter.get("id").asText();
    String seen = call("GET", path, "operator").text();
    assertThat(seen).contains("138****1234", "张*").doesNotContain("13800001234", "张三丰");
    assertThat(JSON.readTree(seen).at("/way/steps/changes/0/type").asText()).isEqualTo("note");
    assertThat(call("GET", path + "?reveal=true", "operator").status()).isEqualTo(403);
    JsonNode revealed = call("GET", path + "?reveal=true", "privacy").json();
    String original = new String(revealed.at("/way/body").binaryValue(), UTF_8);
    assertThat(original).contains("13800001234");

    byte[] mended = original.replace(ticket + "x", ticket).getBytes(UTF_8);
    String edit = path + "/edit?reason=typing%20error";
    assertThat(call("POST", edit, "operator", mended).status()).isEqualTo(403);
    assertThat(call("POST", edit, "privacy", "{}".getBytes(UTF_8)).status()).isEqualTo(409);
    Answer answer = call("POST", edit, "privacy", mended);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(call("POST", edit, "privacy", mended).status()).isEqualTo(409);

    world.awaitNotes(ticket, List.of("call 13800001234, 联系人 张三丰"));
    String old = letter.get("message").asText();
    JsonNode made = world.hub().get("/api/messages/" + answer.field("message"));
    assertThat(made.get("editedFrom").asText()).isEqualTo(old);
    JsonNode kept = world.hub().get("/api/messages/" + old);
    assertThat(kept.get("editedAs").asText()).isEqualTo(answer.field("message"));
    assertThat(kept.get("status").asText()).isEqualTo("dead");
    assertThat(call("GET", "/api/messages/%s/body".formatted(old), "privacy").text())
        .isEqualTo(original);
    assertThat(world.hub().get(path).get("outcome").asText()).isEqualTo("edited");
    assertThat(audit("edit")).contains("privacy-officer", "SHA-256", "reason: typing error");
  }

  @Test
  void whatWasSentAndAnsweredIsShownMasked() throws Exception {
    String ticket = fresh();
    north.answers(
        told ->
            new Reply(
                "call 13800001234".equals(told.note()) ? 422 : 200, "{\"phone\":\"2812345\"}"));
    desk.opens(ticket);
    desk.notes(ticket, "call 13800001234");
    String id =
        patiently()
            .until(
                () -> world.hub().get("/api/dead-letters?connector=north"), one -> one.size() > 0)
            .get(0)
            .get("id")
            .asText();
    JsonNode attempt = call("GET", "/api/dead-letters/" + id, "operator").json().at("/attempts/0");

    assertThat(attempt.get("sent").asText()).contains("call 138****1234");
    assertThat(attempt.get("answer").asText()).doesNotContain("2812345");
    assertThat(
            call("GET", "/api/dead-letters/" + id + "?reveal=true", "privacy")
                .json()
                .at("/attempts/0/answer")
                .asText())
        .contains("2812345");
  }

  private static Answer call(String method, String path, String token) throws Exception {
    return call(method, path, token, new byte[0]);
  }

  private static Answer call(String method, String path, String token, byte[] body)
      throws Exception {
    String secret =
        Files.readString(world.hub().data().resolve("keys/%s-token".formatted(token))).strip();
    return new Caller(world.hub().url())
        .call(
            method,
            path,
            Map.of("Authorization", "Bearer " + secret),
            BodyPublishers.ofByteArray(body));
  }
}

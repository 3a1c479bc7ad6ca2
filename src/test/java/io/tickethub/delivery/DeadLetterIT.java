package io.tickethub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SendingSystem;
import io.tickethub.harness.TargetSystem;
import io.tickethub.harness.TargetSystem.Reply;
import io.tickethub.harness.TargetSystem.Told;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a system will not take, and what people do with it. */
class DeadLetterIT {

  private static final AtomicInteger TICKETS = new AtomicInteger();

  @TempDir static Path directory;
  static PlainWorld world;
  static SendingSystem desk;
  static TargetSystem north;
  static TargetSystem south;

  private String ticket;
  private String number;

  @BeforeAll
  static void start() throws Exception {
    world =
        PlainWorld.start(
            directory,
            List.of(
                PlainConnector.named("desk"),
                PlainConnector.named("north")
                    .delivery(
                        "{first-retry: 20ms, longest-retry: 20s, attempts: 3, breaker-open: 1s}"),
                PlainConnector.named("south")));
    desk = world.sender("desk");
    north = world.target("north");
    south = world.target("south");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void aTicketThatEverybodyKnows() throws Exception {
    north.answers(200);
    ticket = "T-" + TICKETS.incrementAndGet();
    desk.opens(ticket);
    number = world.number(ticket);
    patiently().until(() -> !north.took(number).isEmpty());
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(30));
  }

  @Test
  void whatASystemWillNeverTakeBecomesADeadLetterAndStopsItsTicketTowardThatSystemAlone()
      throws Exception {
    north.answers(told -> new Reply("bad".equals(told.note()) ? 400 : 200, "{}"));
    desk.notes(ticket, "bad");
    desk.notes(ticket, "good");

    JsonNode letter = letter();
    assertThat(letter.get("code").asText()).isEqualTo("http-400");
    patiently().untilAsserted(() -> assertThat(notes(south)).containsExactly("bad", "good"));
    assertThat(north.told(number)).extracting(Told::note).containsOnlyOnce("bad");
    assertThat(notes(north)).isEmpty();
  }

  @Test
  void whatFailsForATimeIsTriedAsOftenAsDeclaredAndThenGivenUp() throws Exception {
    north.answers(told -> new Reply("busy".equals(told.note()) ? 503 : 200, "{}"));
    desk.notes(ticket, "busy");

    JsonNode letter = world.hub().get("/api/dead-letters/" + letter().get("id").asText());
    assertThat(letter.get("attempts")).hasSize(3);
    assertThat(north.told(number)).hasSize(4);
  }

  @Test
  void aDeadLetterThatIsReplayedIsToldOnceHoweverOftenItIsReplayed() throws Exception {
    bury("first try");
    desk.notes(ticket, "behind");
    north.answers(200);
    String replay = "/api/dead-letters/%s/replay".formatted(letter().get("id").asText());
    List<Boolean> done = new ArrayList<>();
    ExecutorService people = Executors.newFixedThreadPool(4);
    try {
      List<Future<JsonNode>> answers = new ArrayList<>();
      for (int person = 0; person < 4; person++) {
        answers.add(people.submit(() -> world.hub().post(replay)));
      }
      for (Future<JsonNode> answer : answers) {
        done.add(answer.get().get("done").asBoolean());
      }
    } finally {
      people.shutdown();
    }

    assertThat(done).containsOnlyOnce(true);
    patiently()
        .untilAsserted(() -> assertThat(notes(north)).containsExactly("first try", "behind"));
    assertThat(world.hub().post(replay).get("done").asBoolean()).isFalse();
    assertThat(keysOf("first try")).hasSize(2).containsOnly(keysOf("first try").get(0));
  }

  private List<String> keysOf(String note) {
    return north.told(number).stream()
        .filter(told -> note.equals(told.note()))
        .map(Told::key)
        .toList();
  }

  @Test
  void aDeadLetterThatIsDiscardedLetsItsTicketGoOn() throws Exception {
    bury("never mind");
    desk.notes(ticket, "behind");
    north.answers(200);
    world.hub().post("/api/dead-letters/%s/discard".formatted(letter().get("id").asText()));

    patiently().untilAsserted(() -> assertThat(notes(north)).containsExactly("behind"));
  }

  @Test
  void refusedCredentialsPauseTheConnectorAndTheStatusSaysSo() throws Exception {
    north.answers(401);
    desk.notes(ticket, "locked out");
    patiently()
        .untilAsserted(
            () ->
                assertThat(world.status("north").path("paused").asText())
                    .contains("credentials refused"));
    int tried = north.told(number).size();
    desk.notes(ticket, "after");
    patiently().untilAsserted(() -> assertThat(notes(south)).contains("after"));
    assertThat(north.told(number)).hasSize(tried);
    north.answers(200);
    world.hub().post("/api/connectors/north/resume?reason=new%20password");

    patiently()
        .untilAsserted(() -> assertThat(notes(north)).containsExactly("locked out", "after"));
    assertThat(world.status("north").path("paused").isMissingNode()).isTrue();
  }

  @Test
  void aPausedConnectorIsToldNothingUntilItIsResumed() throws Exception {
    world.hub().post("/api/connectors/north/pause?reason=maintenance");
    desk.notes(ticket, "one");
    desk.notes(ticket, "two");
    patiently().untilAsserted(() -> assertThat(notes(south)).containsExactly("one", "two"));
    assertThat(world.status("north").get("waiting").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(notes(north)).isEmpty();
    world.hub().post("/api/connectors/north/resume");

    patiently().untilAsserted(() -> assertThat(notes(north)).containsExactly("one", "two"));
  }

  private void bury(String note) throws Exception {
    north.answers(400);
    desk.notes(ticket, note);
    letter();
  }

  /** The open dead letter of the ticket; waits for it. */
  private JsonNode letter() {
    return patiently()
        .until(
            () -> {
              for (JsonNode letter : world.hub().get("/api/dead-letters?connector=north")) {
                if (letter.get("ticket").asText().equals(number)) {
                  return letter;
                }
              }
              return null;
            },
            Objects::nonNull);
  }

  private List<String> notes(TargetSystem system) {
    return system.took(number).stream().map(Told::note).filter(Objects::nonNull).toList();
  }
}

package io.tickethub.intake;

import static io.tickethub.harness.SendingSystem.fresh;
import static io.tickethub.harness.SendingSystem.note;
import static io.tickethub.harness.SendingSystem.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SendingSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message sent again, and an id used again. */
class LedgerIT {

  private static final int COPIES = 200;

  @TempDir static Path directory;
  static PlainWorld world;
  static SendingSystem desk;

  @BeforeAll
  static void start() throws Exception {
    world = PlainWorld.start(directory, List.of(PlainConnector.named("desk")));
    desk = world.sender("desk");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void manyCopiesAtOnceHaveOneEffectAndAreCounted() throws Exception {
    desk.opens("D-1");
    String id = fresh();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> receipts = new ArrayList<>();
      for (int copy = 0; copy < COPIES; copy++) {
        receipts.add(threads.submit(() -> desk.sends("newest", id, note("D-1", "once"))));
      }
      for (Future<Integer> receipt : receipts) {
        assertThat(receipt.get()).isEqualTo(202);
      }
    } finally {
      threads.shutdown();
    }

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(duplicates(id)).isEqualTo(COPIES - 1));
    assertThat(world.notes("D-1")).containsExactly("once");
    assertThat(messages(id)).hasSize(1);
  }

  @Test
  void otherBytesAreANewVersionWhereTheChannelSaysSo() throws Exception {
    desk.opens("V-1");
    String id = fresh();
    desk.sends("newest", id, note("V-1", "draft"));
    desk.sends("newest", id, note("V-1", "final"));

    world.awaitNotes("V-1", List.of("draft", "final"));
    assertThat(messages(id))
        .extracting(message -> message.get("version").asInt())
        .containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void otherBytesAreKeptWithoutEffectWhereTheChannelCallsThatAConflict() throws Exception {
    assertThat(statusOfSecondUse("conflict", "K-1")).isEqualTo("conflict");
  }

  @Test
  void otherBytesAreAnErrorOfTheSenderWhereTheChannelSaysSo() throws Exception {
    assertThat(statusOfSecondUse("reject", "J-1")).isEqualTo("rejected");
  }

  private static String statusOfSecondUse(String channel, String ticket) throws Exception {
    String id = fresh();
    desk.sends(channel, fresh(), report(ticket));
    desk.sends(channel, id, note(ticket, "first use"));
    desk.sends(channel, id, note(ticket, "second use"));
    await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(messages(id)).hasSize(2));
    assertThat(world.notes(ticket)).containsExactly("first use");
    return messages(id).get(0).get("status").asText();
  }

  @Test
  void theSameIdOfAnotherChannelIsAnotherMessage() throws Exception {
    desk.opens("A-1");
    String id = fresh();
    for (Map.Entry<String, String> use : Map.of("newest", "one", "conflict", "two").entrySet()) {
      desk.sends(use.getKey(), id, note("A-1", use.getValue()));
    }

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(world.notes("A-1")).containsExactlyInAnyOrder("one", "two"));
  }

  private static long duplicates(String id) {
    Long counted =
        world
            .hub()
            .database()
            .queryForObject(
                "select coalesce(sum(duplicates), 0) from message_ledger where external_id = ?",
                Long.class,
                id);
    return counted == null ? 0 : counted;
  }

  private static JsonNode messages(String id) throws Exception {
    return world.hub().get("/api/messages?externalId=" + id);
  }
}

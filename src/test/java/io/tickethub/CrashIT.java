package io.tickethub;

import static io.tickethub.harness.SendingSystem.fresh;
import static io.tickethub.harness.SendingSystem.note;
import static io.tickethub.harness.SendingSystem.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.HubProcess;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.Ports;
import io.tickethub.harness.SendingSystem;
import io.tickethub.harness.TargetSystem;
import io.tickethub.harness.TargetSystem.Told;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} under load, again and again. */
class CrashIT {

  private static final int KILLS = 5;
  private static final int CLERKS = 4;
  private static final int NOTES_OF_A_TICKET = 8;

  @TempDir Path directory;

  private final AtomicBoolean working = new AtomicBoolean(true);
  private final AtomicInteger receipts = new AtomicInteger();

  @Test
  void everyReceiptIsKeptThroughKillsAndEverySystemHearsItInOrder() throws Exception {
    try (TargetSystem north = new TargetSystem();
        TargetSystem south = new TargetSystem();
        TargetSystem opener = new TargetSystem();
        HubProcess hub = hub(opener, north, south)) {
      hub.start();
      ExecutorService clerks = Executors.newFixedThreadPool(CLERKS);
      List<Future<Map<String, List<String>>>> ledgers = new ArrayList<>();
      for (int clerk = 0; clerk < CLERKS; clerk++) {
        SendingSystem desk = new SendingSystem(hub.url(), "desk");
        int number = clerk;
        ledgers.add(clerks.submit(() -> work(desk, number)));
      }
      Random random = new Random(11);
      for (int kill = 0; kill < KILLS; kill++) {
        int enough = receipts.get() + 50 + random.nextInt(150);
        await().atMost(Duration.ofSeconds(60)).until(() -> receipts.get() > enough);
        hub.kill();
        hub.start();
      }
      working.set(false);
      Map<String, List<String>> said = new TreeMap<>();
      for (Future<Map<String, List<String>>> ledger : ledgers) {
        said.putAll(ledger.get());
      }
      clerks.shutdown();

      for (Map.Entry<String, List<String>> ticket : said.entrySet()) {
        await()
            .atMost(Duration.ofSeconds(60))
            .ignoreExceptions()
            .until(() -> events(hub, ticket.getKey()) > ticket.getValue().size());
      }
      awaitQuiet(hub);
      for (Map.Entry<String, List<String>> ticket : said.entrySet()) {
        JsonNode kept = hub.get("/api/tickets/" + ticket.getKey());
        assertThat(kept.get("events")).as(ticket.getKey()).hasSize(1 + ticket.getValue().size());
        String number = kept.at("/ticket/number").asText();
        assertHeard(north, number, ticket.getValue());
        assertHeard(south, number, ticket.getValue());
      }
      assertThat(hub.get("/api/dead-letters")).isEmpty();
    }
  }

  private HubProcess hub(TargetSystem opener, TargetSystem north, TargetSystem south)
      throws Exception {
    Path connectors = directory.resolve("connectors");
    for (String name : List.of("desk", "north", "south")) {
      PlainConnector.named(name).delivery("{first-retry: 200ms}").writeTo(connectors);
    }
    int port = Ports.free(1).get(0);
    Files.writeString(
        directory.resolve("hub.yaml"),
        """
        hub:
          data: %s/data
          listen: {port: %d}
          database: {embedded: {binaries: %s}}
          connectors:
            directory: %s
            routes: %s
            settings:
              desk: {base-url: "%s"}
              north: {base-url: "%s"}
              south: {base-url: "%s"}
        """
            .formatted(
                directory,
                port,
                EmbeddedHub.home().resolve("target/postgresql"),
                connectors,
                PlainWorld.routes(),
                opener.url(),
                north.url(),
                south.url()));
    return HubProcess.ofJar(EmbeddedHub.home(), directory, URI.create("http://127.0.0.1:" + port));
  }

  /**
   * Opens tickets and notes things of them until told to stop; returns what was said, by ticket.
   */
  private Map<String, List<String>> work(SendingSystem desk, int clerk) {
    Map<String, List<String>> said = new LinkedHashMap<>();
    for (int number = 0; working.get(); number++) {
      String ticket = "K-%d-%d".formatted(clerk, number);
      untilReceipt(desk, report(ticket));
      List<String> notes = new ArrayList<>();
      for (int note = 0; note < NOTES_OF_A_TICKET && working.get(); note++) {
        notes.add("%s note %d".formatted(ticket, note));
        untilReceipt(desk, note(ticket, notes.get(note)));
      }
      said.put(ticket, notes);
    }
    return said;
  }

  /** Whoever gets no receipt sends the same again. */
  private void untilReceipt(SendingSystem desk, Map<String, Object> change) {
    String id = fresh();
    await()
        .atMost(Duration.ofSeconds(90))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(() -> desk.sends("newest", id, change) == 202);
    receipts.incrementAndGet();
  }

  private static int events(HubProcess hub, String ticket) throws Exception {
    return hub.get("/api/tickets/" + ticket).get("events").size();
  }

  private static void awaitQuiet(HubProcess hub) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              JsonNode status = hub.get("/api/status");
              assertThat(status.get("waitingMessages").asInt()).isZero();
              for (JsonNode connector : status.get("connectors")) {
                assertThat(connector.get("waiting").asInt()).isZero();
              }
            });
  }

  /** What was under way at a kill is told again, under the same key: its effect is the first. */
  private static void assertHeard(TargetSystem system, String number, List<String> notes) {
    Map<Integer, String> keys = new TreeMap<>();
    Map<String, String> effects = new LinkedHashMap<>();
    for (Told told : system.told(number)) {
      keys.putIfAbsent(told.sequence(), told.key());
      assertThat(told.key()).isEqualTo(keys.get(told.sequence()));
      effects.putIfAbsent(told.key(), told.note());
    }
    assertThat(effects.values().stream().filter(Objects::nonNull))
        .as("notes of " + number)
        .containsExactlyElementsOf(notes);
  }
}

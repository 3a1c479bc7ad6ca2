package io.tickethub.intake;

import static io.tickethub.harness.SendingSystem.change;
import static io.tickethub.harness.SendingSystem.fresh;
import static io.tickethub.harness.SendingSystem.note;
import static io.tickethub.harness.SendingSystem.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SendingSystem;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the receipt to the ticket. */
class PipelineIT {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int ACCEPTED = 202;
  private static final int REFUSED = 422;

  @TempDir static Path directory;
  static PlainWorld world;
  static SendingSystem desk;
  static SendingSystem field;

  @BeforeAll
  static void start() throws Exception {
    world =
        PlainWorld.start(
            directory,
            List.of(PlainConnector.named("desk"), PlainConnector.named("field")),
            "--hub.pipeline.wait-for-ticket=3s");
    desk = world.sender("desk");
    field = world.sender("field");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void whatGotAReceiptIsApplied() throws Exception {
    assertThat(desk.opens("R-1")).isEqualTo(ACCEPTED);
    assertThat(desk.notes("R-1", "line tested")).isEqualTo(ACCEPTED);

    world.awaitNotes("R-1", List.of("line tested"));
  }

  /** With its thread, a consumer would take its part of the queue with it. */
  @Test
  void anErrorEndsNoConsumer() throws Exception {
    AtomicInteger errors = new AtomicInteger(2);
    world
        .hub()
        .part(Pipeline.class)
        .watch(
            message -> {
              if (errors.getAndDecrement() > 0) {
                throw new InternalError("thrown by the test");
              }
            });

    for (int number = 0; errors.get() > 0 || number < 40; number++) {
      assertThat(desk.opens("error-" + number)).isEqualTo(ACCEPTED);
      world.id("error-" + number);
    }
  }

  @Test
  void whatOneSystemSaysOfATicketIsAppliedInTheOrderItSaidIt() throws Exception {
    desk.opens("O-1");
    world.id("O-1");
    List<String> said = IntStream.range(0, 60).mapToObj(number -> "desk " + number).toList();
    List<String> other = IntStream.range(0, 60).mapToObj(number -> "field " + number).toList();
    Map<String, Object> known = note("O-1", "");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> both = new ArrayList<>();
      both.add(threads.submit(() -> sayAll(desk, known, said)));
      both.add(
          threads.submit(
              () ->
                  sayAll(field, with(known, "ticket", Map.of("hub", world.number("O-1"))), other)));
      for (Future<?> one : both) {
        one.get();
      }
    } finally {
      threads.shutdown();
    }

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(world.notes("O-1")).hasSize(120));
    assertThat(world.notes("O-1")).containsSubsequence(said).containsSubsequence(other);
  }

  private static Void sayAll(SendingSystem system, Map<String, Object> note, List<String> texts)
      throws Exception {
    for (String text : texts) {
      assertThat(system.sends("newest", fresh(), with(note, "note", text))).isEqualTo(ACCEPTED);
    }
    return null;
  }

  private static Map<String, Object> with(Map<String, Object> change, String name, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(change);
    changed.put(name, value);
    return changed;
  }

  @Test
  void whatComesBeforeItsTicketWaitsAndIsAppliedInOrder() throws Exception {
    for (String text : List.of("one", "two", "three")) {
      assertThat(desk.notes("W-1", text)).isEqualTo(ACCEPTED);
    }
    desk.opens("W-1");

    world.awaitNotes("W-1", List.of("one", "two", "three"));
  }

  @Test
  void whatWaitsForATicketIsAppliedBeforeWhatTheSameSystemSaysLater() throws Exception {
    desk.opens("L-1");
    field.notes("F-1", "first");
    await()
        .untilAsserted(
            () ->
                assertThat(world.hub().get("/api/messages?connector=field&status=waiting"))
                    .isNotEmpty());
    Map<String, Object> naming = note("L-1", "known at the field office as F-1");
    naming.put("ticket", Map.of("id", "L-1", "aliases", Map.of("field", "F-1")));
    desk.sends("newest", fresh(), naming);
    field.notes("F-1", "second");

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(world.notes("L-1")).containsSubsequence("first", "second"));
  }

  @Test
  void aMessageAboutATicketNobodyNamesBecomesADeadLetter() throws Exception {
    String id = fresh();
    assertThat(desk.sends("newest", id, note("NOBODY", "lost"))).isEqualTo(ACCEPTED);

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(message(id).get("status").asText()).isEqualTo("dead"));
    assertThat(world.hub().get("/api/dead-letters?connector=desk"))
        .anySatisfy(letter -> assertThat(letter.get("message").asText()).isEqualTo(messageId(id)));
  }

  @Test
  void aNulCharacterInATextHarmsNothing() throws Exception {
    desk.opens("N-1");
    assertThat(desk.notes("N-1", "before")).isEqualTo(ACCEPTED);
    desk.notes("N-1", "a\u0000b");
    assertThat(desk.notes("N-1", "after")).isEqualTo(ACCEPTED);

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(world.notes("N-1")).containsSubsequence("before", "after"));
  }

  @Test
  void aNumberTheDatabaseCannotKeepNeverHarmsOtherMessages() throws Exception {
    Random random = new Random(5);
    String endless =
        random
            .ints(9_000, 'a', 'z')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    for (String number : List.of("X\u0000Y", endless)) {
      assertThat(desk.opens(number)).isEqualTo(REFUSED);
      assertThat(desk.sends("newest", number, report("HB"))).isEqualTo(REFUSED);
      assertThat(desk.sends("newest", fresh(), report("HC", number))).isEqualTo(REFUSED);
      assertThat(desk.sends("newest", fresh(), transfer("H-0", number))).isEqualTo(ACCEPTED);
    }
    desk.opens("H-0");
    List<String> healthy = IntStream.range(1, 20).mapToObj(number -> "H-" + number).toList();
    for (String ticket : healthy) {
      assertThat(desk.opens(ticket)).isEqualTo(ACCEPTED);
    }

    for (String ticket : healthy) {
      world.id(ticket);
    }
  }

  private static Map<String, Object> transfer(String ticket, String to) {
    Map<String, Object> transfer = change("transfer", ticket);
    transfer.put("to", to);
    return transfer;
  }

  @Test
  void anUpdateOfACustomerReachesAllItsOpenTickets() throws Exception {
    for (String ticket : List.of("C-1", "C-2")) {
      desk.sends("newest", fresh(), report(ticket, "K-77"));
      world.id(ticket);
    }
    Map<String, Object> update = change("update", "-");
    update.put("ticket", Map.of("customer", "K-77"));
    update.put("content", Map.of("region", "north district"));
    update.put("note", "moved");
    assertThat(desk.sends("newest", fresh(), update)).isEqualTo(ACCEPTED);

    world.awaitNotes("C-1", List.of("moved"));
    world.awaitNotes("C-2", List.of("moved"));
  }

  @Test
  void everyEventOfATicketIsPublishedOnceAndInOrder() throws Exception {
    try (JMSContext broker = world.hub().part(ActiveMQConnectionFactory.class).createContext();
        JMSConsumer listener = broker.createConsumer(broker.createTopic("hub.events"))) {
      desk.opens("E-1");
      List<String> expected = new ArrayList<>();
      for (int number = 0; number < 10; number++) {
        desk.notes("E-1", "note " + number);
        desk.sends("newest", "always the same", note("E-1", "once"));
      }
      for (int sequence = 1; sequence <= 12; sequence++) {
        expected.add("%s-%d".formatted(world.number("E-1"), sequence));
      }

      List<String> heard = new ArrayList<>();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                for (Message message = listener.receiveNoWait();
                    message != null;
                    message = listener.receiveNoWait()) {
                  JsonNode event = JSON.readTree(message.getBody(byte[].class));
                  if (event.get("subject").asText().equals(world.number("E-1"))) {
                    heard.add(event.get("id").asText());
                  }
                }
                return heard.size() >= expected.size();
              });
      assertThat(heard).isEqualTo(expected);
    }
  }

  private static JsonNode message(String externalId) throws Exception {
    JsonNode found = world.hub().get("/api/messages?externalId=" + externalId);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static String messageId(String externalId) throws Exception {
    return message(externalId).get("id").asText();
  }
}

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
import io.tickethub.journal.TicketReferences;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** From the ticket to the systems that must know. */
class DeliveryIT {

  private static final AtomicInteger TICKETS = new AtomicInteger();

  @TempDir static Path directory;
  static PlainWorld world;
  static SendingSystem desk;
  static TargetSystem north;
  static TargetSystem south;

  private String ticket;

  @BeforeAll
  static void start() throws Exception {
    world =
        PlainWorld.start(
            directory,
            List.of(
                PlainConnector.named("desk"),
                PlainConnector.named("north")
                    .delivery("{first-retry: 20ms, longest-retry: 1s, breaker-open: 300ms}"),
                PlainConnector.named("south").delivery("{per-second: 20, first-retry: 50ms}"),
                PlainConnector.named("field").canBeAsked().delivery("{first-retry: 20ms}")));
    desk = world.sender("desk");
    north = world.target("north");
    south = world.target("south");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void anotherTicket() {
    ticket = "T-" + TICKETS.incrementAndGet();
    north.answers(200);
    south.answers(200);
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(30));
  }

  @Test
  void aTicketIsToldInOrderThroughFailuresAndEachTimeUnderTheSameKey() throws Exception {
    AtomicInteger failures = new AtomicInteger(4);
    north.answers(told -> new Reply(failures.getAndDecrement() > 0 ? 503 : 200, "{}"));
    desk.opens(ticket);
    for (String text : List.of("one", "two", "three")) {
      desk.notes(ticket, text);
    }
    String number = world.number(ticket);

    patiently()
        .untilAsserted(
            () ->
                assertThat(north.took(number))
                    .extracting(Told::note)
                    .containsExactly(null, "one", "two", "three"));
    assertThat(north.told(number)).hasSize(8);
    assertThat(north.told(number)).extracting(Told::sequence).isSorted();
    assertThat(north.told(number))
        .extracting(Told::key)
        .hasSize(8)
        .satisfies(keys -> assertThat(Set.copyOf(keys)).hasSize(4));
  }

  @Test
  void aDeliveryThatCannotEvenBeLoadedDelaysNoOtherSystem() throws Exception {
    JdbcTemplate database = world.hub().database();
    database.update(
        """
        insert into delivery (id, ticket_id, sequence, ordinal, connector, code, rule, message_id,
          state, due, created_at)
        values (-1, -1, 1, 0, 'north', 'noted', 'a rule', -1, 'pending', now(), now())
        """);
    try {
      desk.opens(ticket);
      List<String> texts = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
      for (String text : texts) {
        desk.notes(ticket, text);
      }
      String number = world.number(ticket);
      await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(
              () -> assertThat(south.took(number)).extracting(Told::note).containsAll(texts));
    } finally {
      database.update("delete from delivery where id = -1");
    }
    String number = world.number(ticket);
    patiently().untilAsserted(() -> assertThat(north.took(number)).hasSize(11));
  }

  @Test
  void aTicketThatIsStuckDelaysNoOtherTicketAndNoOtherSystem() throws Exception {
    tellNorth(10, "before");
    desk.opens(ticket);
    String stuck = world.number(ticket);
    patiently().until(() -> !north.took(stuck).isEmpty());
    north.answers(told -> new Reply(told.ticket().equals(stuck) ? 503 : 200, "{}"));
    desk.notes(ticket, "stuck");
    tellNorth(10, "after");

    patiently()
        .untilAsserted(
            () ->
                assertThat(south.took(stuck))
                    .extracting(Told::note)
                    .containsExactly(null, "stuck"));
    assertThat(north.took(stuck)).hasSize(1);
    north.answers(200);
  }

  /** Opens tickets and waits until north knows them. */
  private void tellNorth(int tickets, String word) throws Exception {
    for (int number = 0; number < tickets; number++) {
      desk.opens(ticket + word + number);
    }
    for (int number = 0; number < tickets; number++) {
      String name = world.number(ticket + word + number);
      patiently().until(() -> !north.took(name).isEmpty());
    }
  }

  @Test
  void whileASystemIsDownItsBreakerIsOpenAndWaitingCostsNoAttempts() throws Exception {
    north.down();
    List<String> tickets =
        IntStream.range(0, 100).mapToObj(number -> ticket + "-" + number).toList();
    for (String name : tickets) {
      desk.opens(name);
    }
    try {
      patiently()
          .untilAsserted(
              () -> assertThat(world.status("north").get("breaker").asText()).isEqualTo("open"));
      patiently()
          .untilAsserted(() -> assertThat(world.status("south").get("waiting").asInt()).isZero());
      assertThat(alerts("north", "")).hasSize(1);
    } finally {
      north.up();
    }

    for (String name : tickets) {
      String number = world.number(name);
      patiently().until(() -> !north.took(number).isEmpty());
    }
    patiently()
        .untilAsserted(
            () -> assertThat(world.status("north").get("breaker").asText()).isEqualTo("closed"));
    assertThat(onlyOnceTried(tickets)).isGreaterThan(tickets.size() / 2L);
    patiently().untilAsserted(() -> assertThat(alerts("north", "")).isEmpty());
    JsonNode over = alerts("north", "?closed=true").get(0);
    assertThat(over.get("kind").asText()).isEqualTo("system-down");
    assertThat(over.get("openedAt").asText()).isLessThan(over.get("closedAt").asText());
  }

  private static List<JsonNode> alerts(String subject, String query) throws Exception {
    List<JsonNode> alerts = new ArrayList<>();
    for (JsonNode alert : world.hub().get("/api/alerts" + query)) {
      if (alert.get("subject").asText().equals(subject)) {
        alerts.add(alert);
      }
    }
    return alerts;
  }

  private static long onlyOnceTried(List<String> tickets) {
    DeliveryLog log = world.hub().part(DeliveryLog.class);
    return tickets.stream()
        .flatMap(name -> log.ofTicket(world.id(name)).stream())
        .filter(delivery -> delivery.connector().equals("north") && delivery.attempt() == 1)
        .count();
  }

  @Test
  void whatWaitedIsToldNoFasterThanTheSystemTakesIt() throws Exception {
    world.hub().post("/api/connectors/south/pause?reason=rate");
    for (int number = 0; number < 60; number++) {
      desk.opens(ticket + "-" + number);
    }
    patiently()
        .untilAsserted(
            () -> assertThat(world.status("south").get("waiting").asInt()).isEqualTo(60));
    int before = south.told().size();
    world.hub().post("/api/connectors/south/resume");
    patiently().until(() -> south.told().size() >= before + 60);

    List<Told> drained = south.told().subList(before, before + 60);
    Instant first = drained.get(0).at();
    assertThat(drained.stream().filter(told -> told.at().isBefore(first.plusSeconds(1))).count())
        .isLessThanOrEqualTo(41);
    assertThat(Duration.between(first, drained.get(59).at()))
        .isGreaterThan(Duration.ofMillis(1800));
  }

  @Test
  void aLostAnswerLeadsToAQuestionAndNotToASecondDelivery() throws Exception {
    TargetSystem field = world.target("field");
    field.answers(told -> new Reply(0, ""));
    field.answersQuestions(told -> new Reply(200, "{\"known\": true, \"number\": \"F-9\"}"));
    desk.opens(ticket);
    String number = world.number(ticket);

    patiently().untilAsserted(() -> assertThat(references()).containsEntry("field", "F-9"));
    assertThat(field.told(number)).hasSize(1);
    assertThat(field.asked()).isNotEmpty();
    field.answers(200);
  }

  private Map<String, String> references() {
    return world
        .hub()
        .part(TicketReferences.class)
        .of(List.of(world.id(ticket)))
        .getOrDefault(world.id(ticket), Map.of());
  }

  @Test
  void aSystemIsNotToldWhatItSaidItself() throws Exception {
    desk.opens(ticket);
    String number = world.number(ticket);
    patiently().until(() -> !north.took(number).isEmpty());
    Map<String, Object> note = SendingSystem.note(ticket, "north said so");
    note.put("ticket", Map.of("hub", number));
    assertThat(world.sender("north").sends("newest", SendingSystem.fresh(), note)).isEqualTo(202);

    patiently()
        .untilAsserted(
            () ->
                assertThat(south.took(number))
                    .extracting(Told::note)
                    .containsExactly(null, "north said so"));
    desk.notes(ticket, "last");
    patiently()
        .untilAsserted(
            () ->
                assertThat(north.took(number))
                    .extracting(Told::note)
                    .containsExactly(null, "last"));
  }

  @Test
  void anAnswerTheDatabaseCannotKeepStopsItsTicketAlone() throws Exception {
    north.answers(
        told ->
            new Reply(200, told.code().equals("introduced") ? "{\"number\": \"A\\u0000\"}" : "{}"));
    desk.opens(ticket);
    String number = world.number(ticket);
    patiently().until(() -> !north.told(number).isEmpty());
    north.answers(
        told -> new Reply(200, told.ticket().equals(number) ? "{\"number\": \"A\\u0000\"}" : "{}"));

    tellNorth(3, "healthy");
  }
}

package io.tickethub.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.tickethub.harness.Caller;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SendingSystem;
import io.tickethub.harness.SettableClock;
import io.tickethub.harness.TargetSystem.Reply;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.JournalEntry;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.MessageStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes as time goes by, and what stays. */
class RetentionIT {

  private static final Duration DAY = Duration.ofDays(1);
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final AtomicInteger TICKETS = new AtomicInteger();

  @TempDir static Path directory;
  static SettableClock clock;
  static PlainWorld world;
  static SendingSystem desk;
  static SendingSystem brief;

  @BeforeAll
  static void start() throws Exception {
    clock = new SettableClock(Instant.now());
    world =
        PlainWorld.startAt(
            clock,
            directory,
            List.of(
                PlainConnector.named("desk"),
                PlainConnector.named("brief").retention("{bodies: 30d}"),
                PlainConnector.named("hoarder").retention("{bodies: 800d}"),
                PlainConnector.named("north")),
            "--hub.pipeline.wait-for-ticket=10000d",
            "--hub.retention.every=1d");
    desk = world.sender("desk");
    brief = world.sender("brief");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void everybodyListens() {
    world.target("north").answers(200);
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
  }

  private static void pass() throws InterruptedException {
    world.hub().part(Retention.class).pass();
  }

  /** Days go by, and on each twentieth what has expired goes. */
  private static void goOn(int days) throws InterruptedException {
    for (int day = 0; day < days; day += 20) {
      clock.advance(DAY.multipliedBy(Math.min(20, days - day)));
      pass();
    }
  }

  private static String fresh() {
    return "R-" + TICKETS.incrementAndGet();
  }

  /** Opens a ticket and waits until everybody has heard of it. */
  private static String opened(SendingSystem system, String id) throws Exception {
    String ticket = fresh();
    assertThat(system.sends("newest", id, SendingSystem.report(ticket))).isEqualTo(202);
    world.id(ticket);
    nothingIsUnderWay();
    return ticket;
  }

  private static void nothingIsUnderWay() {
    patiently()
        .until(
            () ->
                number("select count(*) from delivery where state in ('pending', 'leased')") == 0);
  }

  private static long number(String sql, Object... parameters) {
    return world.hub().database().queryForObject(sql, Long.class, parameters);
  }

  private static JournalEntry message(String externalId) {
    MessageJournal journal = world.hub().part(MessageJournal.class);
    return patiently()
        .until(() -> journal.find(null, null, externalId, null, 1), found -> found.size() == 1)
        .get(0);
  }

  private static JournalEntry newestRejected() {
    MessageJournal journal = world.hub().part(MessageJournal.class);
    return patiently()
        .until(
            () -> journal.find("desk", MessageStatus.REJECTED, null, null, 1),
            found -> found.size() == 1)
        .get(0);
  }

  private static JsonNode shown(String externalId) throws Exception {
    JsonNode found = world.hub().get("/api/messages?externalId=" + externalId).get(0);
    return world.hub().get("/api/messages/" + found.get("id").asText());
  }

  private static String body(String externalId) throws Exception {
    return new String(
        world.hub().part(MessageJournal.class).body(message(externalId)), StandardCharsets.UTF_8);
  }

  private static List<String> partitions(String table) {
    return world
        .hub()
        .database()
        .queryForList(
            "select inhrelid::regclass::text from pg_inherits where inhparent = ?::regclass order by 1",
            String.class,
            table);
  }

  private static LocalDate today() {
    return clock.instant().atZone(ZONE).toLocalDate();
  }

  private static String partition(LocalDate day) {
    return "message_body_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
  }

  @Test
  void afterTwoHundredDaysBodiesAndDeliveriesAreGoneAndEverythingElseIsThere() throws Exception {
    String first = SendingSystem.fresh();
    String briefly = SendingSystem.fresh();
    String ticket = opened(desk, first);
    opened(brief, briefly);
    String number = world.number(ticket);
    long events = world.events(ticket).size();
    long told = world.hub().get("/api/tickets/" + number).get("deliveries").size();
    LocalDate received = today();
    assertThat(told).isPositive();

    goOn(40);
    assertThat(body(first)).contains(ticket);
    String gone =
        "its body expired on %s (retention of connector brief is 30 days)"
            .formatted(received.plusDays(30));
    assertThat(shown(briefly).get("body").asText()).isEqualTo(gone);
    assertThatThrownBy(() -> body(briefly)).hasMessageContaining(gone);
    String message = shown(briefly).get("id").asText();
    assertThatThrownBy(() -> world.hub().get("/api/messages/%s/capture".formatted(message)))
        .hasMessageContaining("409")
        .hasMessageContaining(gone);

    goOn(150);
    String later = SendingSystem.fresh();
    opened(desk, later);
    goOn(10);
    assertThat(body(later)).contains("open");
    assertThatThrownBy(() -> body(first))
        .hasMessageContaining("retention of connector desk is 180");
    JsonNode view = world.hub().get("/api/tickets/" + number);
    assertThat(view.get("events")).hasSize((int) events);
    assertThat(view.get("deliveries")).isEmpty();
    long past = 0;
    for (JsonNode system : view.get("deliveriesExpired")) {
      past += system.get("delivered").asLong();
    }
    assertThat(past).isEqualTo(told);
    assertThat(partitions("message_body"))
        .allMatch(name -> name.compareTo(partition(today())) >= 0);
    assertThat(
            number(
                "select count(*) from delivery_attempt a where not exists (select from delivery d where d.id = a.delivery_id)"))
        .isZero();
    assertThat(partitions("delivery_attempt").size()).isLessThan(36);

    assertThat(desk.sends("newest", first, SendingSystem.report(ticket))).isEqualTo(202);
    patiently()
        .until(
            () ->
                number("select duplicates from message_ledger where external_id = ?", first) == 1);
    assertThat(number("select count(*) from message where external_id = ?", first)).isOne();
    assertThat(world.events(ticket)).hasSize((int) events);
  }

  @Test
  void theLedgerGoesWithItsMessageWhenItsOwnTimeHasCome() throws Exception {
    String id = SendingSystem.fresh();
    opened(desk, id);
    clock.advance(DAY.multipliedBy(729));
    pass();
    assertThat(number("select count(*) from message_ledger where external_id = ?", id)).isOne();
    clock.advance(DAY.multipliedBy(2));
    pass();
    assertThat(number("select count(*) from message_ledger where external_id = ?", id)).isZero();
    assertThat(number("select count(*) from message where external_id = ?", id)).isZero();
  }

  @Test
  void whatWaitsForAPersonStaysWholeUntilItIsSettled() throws Exception {
    String id = SendingSystem.fresh();
    String ticket = opened(desk, SendingSystem.fresh());
    world
        .target("north")
        .answers(told -> new Reply("poison".equals(told.note()) ? 422 : 200, "{}"));
    desk.sends("newest", id, SendingSystem.note(ticket, "poison"));
    patiently().until(() -> world.hub().get("/api/dead-letters?connector=north").size() == 1);
    String letter = world.hub().get("/api/dead-letters?connector=north").get(0).get("id").asText();

    goOn(220);
    assertThat(body(id)).contains("poison");
    JsonNode shown = world.hub().get("/api/dead-letters/" + letter);
    assertThat(shown.at("/way/steps/changes/0/type").asText()).isEqualTo("note");
    assertThat(shown.get("attempts")).hasSize(1);

    world.target("north").answers(200);
    world.hub().post("/api/dead-letters/%s/replay".formatted(letter));
    nothingIsUnderWay();
    assertThat(world.notes(ticket)).contains("poison");
    goOn(200);
    assertThatThrownBy(() -> body(id)).hasMessageContaining("expired");
    assertThat(number("select count(*) from dead_letter where closed_at is not null")).isZero();
    assertThat(number("select count(*) from delivery where ticket_id = ?", world.id(ticket)))
        .isZero();
  }

  @Test
  void aMessageThatWaitsForItsTicketIsKept() throws Exception {
    String id = SendingSystem.fresh();
    String ticket = fresh();
    brief.sends("newest", id, SendingSystem.note(ticket, "early"));
    message(id);
    goOn(60);
    assertThat(body(id)).contains("early");
    brief.opens(ticket);
    world.awaitNotes(ticket, List.of("early"));
    nothingIsUnderWay();
    goOn(20);
    assertThatThrownBy(() -> body(id)).hasMessageContaining("expired");
  }

  @Test
  void withoutPartitionsMessagesAreTakenAllTheSameAndExpireAllTheSame() throws Exception {
    for (String table : List.of("message_body", "delivery_attempt")) {
      for (String partition : partitions(table)) {
        if (partition.matches(".*_[0-9]{8}")) {
          world.hub().database().execute("drop table " + partition);
        }
      }
    }
    String id = SendingSystem.fresh();
    String ticket = opened(brief, id);
    assertThat(body(id)).contains(ticket);
    assertThat(number("select count(*) from message_body_rest")).isOne();
    pass();
    assertThat(body(id)).contains(ticket);
    assertThat(partitions("message_body")).contains(partition(today().plusDays(31)));
    goOn(200);
    assertThatThrownBy(() -> body(id)).hasMessageContaining("expired");
    assertThat(number("select count(*) from message_body_rest")).isZero();
    assertThat(number("select count(*) from delivery_attempt_rest")).isZero();
  }

  @Test
  void aPartitionSomebodyTookOutGoesWhenItIsOverAndComesBackIfNot() throws Exception {
    String id = SendingSystem.fresh();
    String ticket = opened(brief, id);
    String over = partition(today().plusDays(30));
    world.hub().database().execute("alter table message_body detach partition " + over);
    assertThatThrownBy(() -> body(id)).hasMessageContaining("expired");
    pass();
    assertThat(body(id)).contains(ticket);

    world.hub().database().execute("alter table message_body detach partition " + over);
    clock.advance(DAY.multipliedBy(31));
    pass();
    assertThat(number("select count(*) from pg_class where relname = ?", over)).isZero();
  }

  @Test
  void whoeverWritesIsNotHeldUpByADrop() throws Exception {
    opened(brief, SendingSystem.fresh());
    String over = partition(today().plusDays(30));
    clock.advance(DAY.multipliedBy(31));
    try (Connection writer = world.hub().part(DataSource.class).getConnection();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("lock table message_body in row exclusive mode");
      pass();
      assertThat(partitions("message_body")).contains(over);
      opened(brief, SendingSystem.fresh());
      writer.rollback();
    }
    pass();
    assertThat(partitions("message_body")).doesNotContain(over);
  }

  @Test
  void whatWouldGoAndWhatWentIsShownCountedAndAudited() throws Exception {
    opened(brief, SendingSystem.fresh());
    clock.advance(DAY.multipliedBy(31));
    JsonNode before = kind("bodies");
    assertThat(before.get("due").asLong()).isPositive();
    JsonNode begun = world.hub().post("/api/retention/run");
    assertThat(begun.get("explanation").asText()).contains("begins now");

    // A body that somebody still needs is kept for longer instead of being removed.
    long removed = before.get("removed").asLong();
    JsonNode after =
        patiently()
            .until(
                () -> kind("bodies"),
                kind -> kind.get("due").asLong() == 0 && kind.get("removed").asLong() > removed);
    assertThat(Instant.parse(after.get("removedAt").asText()))
        .isCloseTo(clock.instant(), within(1, ChronoUnit.SECONDS));
    assertThat(
            world
                .hub()
                .part(MeterRegistry.class)
                .get("hub.retention.removed")
                .tag("what", "bodies")
                .counter()
                .count())
        .isPositive();
    assertThat(number("select count(*) from audit where action = 'retention-run'")).isPositive();
  }

  private static JsonNode kind(String what) throws Exception {
    for (JsonNode kind : world.hub().get("/api/retention")) {
      if (kind.get("what").asText().equals(what)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(what);
  }

  @Test
  void aConnectorThatWantsItsBodiesToOutliveTheLedgerDoesNotRun() throws Exception {
    assertThat(world.status("hoarder").toString())
        .contains("connector.yaml, line", "retention.bodies is 800d", "hub.retention.ledger, 730d");
  }

  @Test
  void aRejectedMessageIsMendedWithoutADeadLetter() throws Exception {
    String ticket = opened(desk, SendingSystem.fresh());
    String id = SendingSystem.fresh();
    Map<String, Object> broken = SendingSystem.note(ticket, "mended");
    broken.put("type", "nothing-known");
    assertThat(desk.sends("newest", id, broken)).isGreaterThanOrEqualTo(400);
    JournalEntry rejected = newestRejected();
    String path = "/api/messages/" + Identifiers.text(rejected.id());
    byte[] mended =
        body(rejected.externalId())
            .replace("nothing-known", "note")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(edit(path, mended, "operator").status()).isEqualTo(403);
    assertThat(edit(path, "{}".getBytes(StandardCharsets.UTF_8), "privacy").status())
        .isEqualTo(409);
    assertThat(edit(path, mended, "privacy").status()).isEqualTo(200);
    assertThat(edit(path, mended, "privacy").status()).isEqualTo(200);
    world.awaitNotes(ticket, List.of("mended"));
    assertThat(world.hub().get(path).hasNonNull("editedAs")).isTrue();
  }

  private static Caller.Answer edit(String path, byte[] body, String token) throws Exception {
    String secret =
        Files.readString(world.hub().data().resolve("keys/%s-token".formatted(token))).strip();
    return new Caller(world.hub().url())
        .post(path + "/edit?reason=typing", body, Map.of("Authorization", "Bearer " + secret));
  }
}

package io.tickethub.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SettableClock;
import io.tickethub.intake.IntakeMessage.SameIdOtherBytes;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.Provenance;
import io.tickethub.journal.Sealer;
import io.tickethub.journal.TicketTimers;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.SuspensionCause;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketState;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Time limits in a hub. The tickets are of 2030, so that the hub's own loop, by today's clock,
 * never finds them due: the tests' loops stand for nodes whose clock a test sets.
 */
class TimersIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Instant START = Instant.parse("2030-03-04T01:00:00Z");

  private static final AtomicLong SENT = new AtomicLong();

  @TempDir static Path directory;
  static PlainWorld world;

  @BeforeAll
  static void start() throws Exception {
    world =
        PlainWorld.start(
            directory,
            List.of(
                PlainConnector.named("north"),
                PlainConnector.named("south")
                    .tells(
                        "introduced, limit-breached, limit-escalated, call-back-due, archived")));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void twoNodesThatLookAtOnceFireEachTimerOnce() {
    List<String> tickets = IntStream.range(0, 40).mapToObj(n -> "T-1-" + n).toList();
    tickets.forEach(ticket -> open(ticket, START));
    tickets.forEach(world::id);
    SettableClock clock = new SettableClock(START.plus(Duration.ofHours(4)));

    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> fireAll(clock));
    fireAll(clock);
    other.join();
    tickets.forEach(ticket -> awaitCodes(ticket, "opened", "limit-breached", "limit-escalated"));

    clock.advance(Duration.ofMinutes(2));
    assertThat(loop(clock).fire()).isZero();
  }

  @Test
  void aTimerThatIsSentTwiceHasOneEffect() {
    open("T-2", START);
    String number = world.number("T-2");
    for (int time = 0; time < 2; time++) {
      put("hub", "due-" + time, START.plus(Duration.ofHours(5)), due(number, 4));
    }
    awaitCodes("T-2", "opened", "limit-breached", "limit-escalated");
    urge("T-2", START.plus(Duration.ofHours(5)));

    awaitCodes("T-2", "opened", "limit-breached", "limit-escalated", "urged");
  }

  @Test
  void aTimerThatWasClaimedByANodeThatDiedFiresAfterARestart() throws Exception {
    open("T-3", START.plus(Duration.ofDays(100)));
    world.id("T-3");
    SettableClock clock = new SettableClock(START.plus(Duration.ofDays(100)).plusSeconds(7200));
    assertThat(timers().claim(clock.instant(), Duration.ofMinutes(1), 1_000)).isNotEmpty();
    world.hub().close();
    world.startHub();

    assertThat(timers().claim(clock.instant(), Duration.ofMinutes(1), 1_000)).isEmpty();
    clock.advance(Duration.ofSeconds(61));
    fireAll(clock);
    awaitCodes("T-3", "opened", "limit-warned");
  }

  @Test
  void aClockThatJumpsFiresEachStepOnceAndLeavesTheOrder() {
    open("T-4", START);
    world.id("T-4");
    SettableClock clock = new SettableClock(START);
    for (Duration jump :
        List.of(
            Duration.ofHours(1),
            Duration.ofHours(-1),
            Duration.ofHours(2),
            Duration.ofHours(-1),
            Duration.ofDays(30),
            Duration.ofDays(-30),
            Duration.ofHours(1))) {
      clock.advance(jump);
      fireAll(clock);
      int before = codes("T-4").size();
      urge("T-4", clock.instant());
      await().atMost(PATIENCE).until(() -> codes("T-4").size() > before);
    }

    assertThat(codes("T-4"))
        .containsExactly(
            "opened",
            "urged",
            "urged",
            "limit-warned",
            "urged",
            "urged",
            "limit-breached",
            "limit-escalated",
            "limit-escalated",
            "urged",
            "urged",
            "urged");
  }

  @Test
  void whatAStoppedClockWouldHaveFiredIsNotFired() {
    open("T-5", START);
    reach("T-5", TicketState.PROCESSING, null, START.plus(Duration.ofMinutes(10)));
    reach(
        "T-5", TicketState.SUSPENDED, SuspensionCause.CUSTOMER, START.plus(Duration.ofMinutes(20)));
    await().atMost(PATIENCE).until(() -> codes("T-5").contains("suspended"));
    await()
        .atMost(PATIENCE)
        .until(() -> dues("T-5").equals(java.util.Arrays.asList((Object) null)));
    reach("T-5", TicketState.REPLIED, null, START.plus(Duration.ofMinutes(90)));
    await().atMost(PATIENCE).until(() -> codes("T-5").contains("replied"));

    assertThat(dues("T-5")).isEmpty();
    assertThat(codes("T-5")).noneMatch(code -> code.startsWith("limit-"));
  }

  @Test
  void lateNewsWithdrawsABreachAndSaysSo() {
    open("T-6", START);
    world.id("T-6");
    fireAll(new SettableClock(START.plus(Duration.ofHours(4))));
    awaitCodes("T-6", "opened", "limit-breached", "limit-escalated");
    put(
        "south",
        "late-reply",
        START.plus(Duration.ofHours(5)),
        new Change.StateChange(
            key("T-6"), START.plus(Duration.ofHours(3)), TicketState.REPLIED, null, null, null));

    await().atMost(PATIENCE).until(() -> codes("T-6").contains("breach-withdrawn"));
    assertThat(dues("T-6")).isEmpty();
  }

  @Test
  void aBreachIsToldToWhoHearsItAndAnEscalationToWhoTheChainNames() {
    open("T-7", START);
    world.id("T-7");
    fireAll(new SettableClock(START.plus(Duration.ofHours(4))));
    awaitCodes("T-7", "opened", "limit-breached", "limit-escalated");

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(told("T-7"))
                    .contains("south limit-breached", "north limit-escalated")
                    .doesNotContain("north limit-breached", "south limit-escalated"));
  }

  @Test
  void aCustomerWhoIsNotReachedIsCalledAgainOnceAlsoAfterARestartAndThenArchived()
      throws Exception {
    Instant called = START.plus(Duration.ofDays(300));
    openToBeCalled("T-10", called);
    notReached("T-10", called);
    awaitCodes("T-10", "opened", "pre-diagnosing", "replied", "calling-back", "not-reached");
    assertThat(texts(world.hub().get("/api/clocks?limit=1000"), "limit")).contains("call-back");
    JsonNode waiting = callBacks("T-10");
    assertThat(waiting.at("/state").asText()).isEqualTo("waiting");
    assertThat(waiting.at("/timerAt")).isEqualTo(waiting.at("/nextAt"));
    assertThat(waiting.at("/tries/0/outcome").asText()).isEqualTo("not-reached");
    SettableClock clock = new SettableClock(called.plus(Duration.ofHours(2)));
    assertThat(timers().claim(clock.instant(), Duration.ofMinutes(1), 1_000)).isNotEmpty();
    world.hub().close();
    world.startHub();

    clock.advance(Duration.ofSeconds(61));
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> fireAll(clock));
    fireAll(clock);
    other.join();
    awaitEnd("T-10", "not-reached", "call-back-due");
    assertThat(dues("T-10")).isEmpty();
    assertThat(callBacks("T-10").at("/state").asText()).isEqualTo("to-call");
    assertThat(callBacks("T-10").hasNonNull("timerAt")).isFalse();

    notReached("T-10", clock.instant());
    awaitEnd("T-10", "call-back-due", "not-reached", "archived");
    assertThat(world.hub().get("/api/tickets/" + world.number("T-10") + "/explanation").toString())
        .contains("south hears everything");
    assertThat(world.hub().get("/api/tickets/" + world.number("T-10")).toString())
        .contains("archived after the customer was called 2 times and not reached: called twice");
    assertThat(told("T-10")).contains("south call-back-due", "south archived");
  }

  private static JsonNode callBacks(String ticket) throws Exception {
    return world.hub().get("/api/tickets/" + world.number(ticket) + "/clock").at("/callBacks");
  }

  private static void openToBeCalled(String ticket, Instant at) {
    TicketContent content =
        new TicketContent(
            TicketKind.FAULT,
            "general",
            "no dial tone",
            null,
            "called",
            null,
            null,
            Map.of("productName", "line"),
            null,
            null);
    put(
        "north",
        "open-" + ticket,
        at,
        new Change.Open(key(ticket), at, TicketState.REPLIED, content, null));
    world.id(ticket);
  }

  private static void notReached(String ticket, Instant at) {
    put("north", "called-" + ticket + at, at, new Change.NotReached(key(ticket), at, "no answer"));
  }

  private static void awaitEnd(String ticket, String... codes) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(codes(ticket)).endsWith(codes));
  }

  @Test
  void theInterfaceListsClocksAndExplainsThem() throws Exception {
    open("T-8", START);
    String number = world.number("T-8");
    fireAll(new SettableClock(START.plus(Duration.ofHours(2))));
    awaitCodes("T-8", "opened", "limit-warned");

    assertThat(texts(world.hub().get("/api/clocks?level=warned&limit=1000"), "ticket"))
        .contains(number);
    assertThat(texts(world.hub().get("/api/clocks?level=breached&limit=1000"), "ticket"))
        .doesNotContain(number);
    assertThat(world.hub().get("/api/status").at("/clocks/warned").asInt()).isPositive();
    JsonNode clock = world.hub().get("/api/tickets/" + number + "/clock").at("/clocks/0");
    assertThat(clock.at("/limit").asText()).isEqualTo("repair");
    assertThat(clock.at("/steps/0/cause").asText()).contains("50 % of 4 h are used");
  }

  @Test
  void aMillionOpenClocksCostNoScan() {
    int many = Integer.getInteger("hub.test.timers", 100_000);
    open("T-9", START.plus(Duration.ofDays(200)));
    world.id("T-9");
    world
        .hub()
        .database()
        .update(
            """
            insert into ticket_timer (ticket_id, limit_name, target, due, step, level, provisional)
            select 1000000000 + n, 'repair', timestamptz '2040-01-01' + n * interval '1 second',
              timestamptz '2040-01-01' + n * interval '1 second', 'breach', 'running', false
            from generate_series(1, ?) n
            """,
            many);
    try {
      world.hub().database().execute("analyze ticket_timer");
      Timestamp now = Timestamp.from(START.plus(Duration.ofDays(201)));
      String plan =
          String.join(
              "\n",
              world
                  .hub()
                  .database()
                  .queryForList(
                      "explain " + TicketTimers.claimStatement(), String.class, now, 200, now));
      assertThat(plan).contains("ticket_timer_due").doesNotContain("Seq Scan on ticket_timer");

      long begin = System.nanoTime();
      fireAll(new SettableClock(now.toInstant()));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      awaitCodes("T-9", "opened", "limit-breached", "limit-escalated", "limit-escalated");
    } finally {
      world.hub().database().update("delete from ticket_timer where ticket_id > 1000000000");
    }
  }

  private static TicketTimers timers() {
    return world.hub().part(TicketTimers.class);
  }

  private static TimerLoop loop(SettableClock clock) {
    return new TimerLoop(
        timers(), world.hub().part(IntakeQueue.class), world.hub().part(HubMessages.class), clock);
  }

  private static void fireAll(SettableClock clock) {
    TimerLoop loop = loop(clock);
    for (int sent = loop.fire(); sent > 0; sent = loop.fire()) {
      long all = SENT.addAndGet(sent);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () ->
                  world
                          .hub()
                          .database()
                          .queryForObject(
                              "select count(*) from message where external_id like 'timer/%'",
                              Long.class)
                      >= all);
    }
  }

  private static List<String> codes(String ticket) {
    return world.events(ticket).stream().map(TicketEvent::code).toList();
  }

  private static void awaitCodes(String ticket, String... codes) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(codes(ticket)).containsExactly(codes));
  }

  private static List<Object> dues(String ticket) {
    return world
        .hub()
        .database()
        .queryForList("select due from ticket_timer where ticket_id = ?", world.id(ticket))
        .stream()
        .map(row -> row.get("due"))
        .toList();
  }

  private static List<String> told(String ticket) {
    return world
        .hub()
        .database()
        .query(
            "select connector, code from delivery where ticket_id = ?",
            (row, number) -> row.getString(1) + " " + row.getString(2),
            world.id(ticket));
  }

  private static List<String> texts(JsonNode list, String field) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.get(field).asText()));
    return texts;
  }

  private static TicketKey key(String ticket) {
    return new TicketKey(ticket, null, Map.of(), null);
  }

  private static Change due(String number, int hours) {
    return new Change.TimeDue(
        new TicketKey(null, number, Map.of(), null), START.plus(Duration.ofHours(hours)), "repair");
  }

  private static void open(String ticket, Instant at) {
    TicketContent content =
        new TicketContent(
            TicketKind.FAULT,
            "general",
            "no dial tone",
            null,
            "timed",
            null,
            null,
            Map.of("productName", "line"),
            null,
            null);
    put("south", "open-" + ticket, at, new Change.Open(key(ticket), at, null, content, null));
  }

  private static void urge(String ticket, Instant at) {
    put(
        "south",
        "urge-" + ticket + "-" + at + "-" + System.nanoTime(),
        at,
        new Change.Urge(key(ticket), at, null));
  }

  private static void reach(String ticket, TicketState state, SuspensionCause cause, Instant at) {
    put(
        "south",
        ticket + "-" + state,
        at,
        new Change.StateChange(key(ticket), at, state, cause, null, null));
  }

  private static void put(String system, String id, Instant at, Change change) {
    byte[] body = id.getBytes(UTF_8);
    world
        .hub()
        .part(IntakeQueue.class)
        .put(
            new IntakeMessage(
                world.hub().part(Identifiers.class).next(),
                system,
                "newest",
                id,
                SameIdOtherBytes.NEW_VERSION,
                body,
                Provenance.NONE,
                at,
                List.of(change),
                null,
                false,
                world.hub().part(Sealer.class).sealBytes(body),
                body.length));
  }
}

package io.tickethub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.MeterRegistry;
import io.tickethub.alert.Alerts;
import io.tickethub.delivery.AttemptStore.Buried;
import io.tickethub.delivery.AttemptStore.Postponed;
import io.tickethub.delivery.AttemptStore.Succeeded;
import io.tickethub.delivery.DeliveryStore.Claimed;
import io.tickethub.delivery.DeliveryStore.NewDelivery;
import io.tickethub.harness.EmbeddedHub;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.Sealer;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketStore;
import io.tickethub.storage.SteadyClock;
import io.tickethub.ticket.FailureKind;
import io.tickethub.trace.Tracing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;

/** The rules of lanes and leases, with two nodes. */
class DeliveryStoreIT {

  private static final Duration LEASE = Duration.ofHours(1);
  private static final AtomicLong TICKETS = new AtomicLong(1_000_000);

  @TempDir static Path directory;
  static EmbeddedHub hub;
  static DeliveryStore store;
  static AttemptStore attempts;

  private final Instant start = Instant.now();
  private long ticket;

  @BeforeAll
  static void start() throws Exception {
    Path connectors = Files.createDirectories(directory.resolve("connectors/products")).getParent();
    hub = EmbeddedHub.start(directory, connectors);
    store = hub.part(DeliveryStore.class);
    attempts = hub.part(AttemptStore.class);
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @BeforeEach
  void anotherTicket() {
    ticket = TICKETS.incrementAndGet();
  }

  @Test
  void aLateAnswerNeverOverwritesANewerAttempt() {
    add(system(), ticket, 1);
    Claimed early = claimOne("a", start);
    store.expire(start.plus(LEASE).plusSeconds(1));
    Claimed newer = claimOne("b", start.plus(LEASE).plusSeconds(2));
    assertThat(newer.attempt()).isEqualTo(early.attempt() + 1);

    complete("a", List.of(early));
    attempts.postpone("a", List.of(new Postponed(early, start, false, "temporary", "late")));
    assertThat(attempts.bury("a", List.of(new Buried(early, "permanent", "late")))).isEmpty();

    assertThat(state(early)).isEqualTo("leased by b at 2");
    complete("b", List.of(newer));
    assertThat(state(newer)).isEqualTo("delivered by null at 2");
  }

  @Test
  void aLateFailureLeavesNoDeadLetterOfADeliveryAnotherNodeIsTelling() {
    add(system(), ticket, 1);
    Claimed early = claimOne("a", start);
    store.expire(start.plus(LEASE).plusSeconds(1));
    claimOne("b", start.plus(LEASE).plusSeconds(2));

    settleFailed(early, FailureKind.PERMANENT);

    assertThat(hub.part(DeadLetters.class).list(system(), true, 10)).isEmpty();
  }

  /** The hub may have been down for as long, or its clock may have been set. */
  @Test
  void howeverOldADeliveryIsItHasItsChanceAfterAStart() {
    add(system(), ticket, 1);
    hub.database()
        .update(
            "update delivery set created_at = created_at - interval '100 days' where connector = ?",
            system());
    Claimed old = claimOne("a", start);

    settleFailed(old, FailureKind.TEMPORARY);

    assertThat(hub.part(DeadLetters.class).list(system(), true, 10)).isEmpty();
    assertThat(state(old)).isEqualTo("pending by null at 1");
  }

  private void settleFailed(Claimed claimed, FailureKind kind) {
    DispatcherParts parts = partsOf("a");
    Settlement settlement = new Settlement(parts);
    DeliveryFailedException failure =
        new DeliveryFailedException(kind, "http-400", "no", "told", null, null);
    settlement.add(
        List.of(new Outcome.Failed(new Work(claimed, null), start, Instant.now(), failure)),
        new OutletHealth(
            system(),
            DeliveryPolicy.DEFAULT,
            parts.controls(),
            parts.alerts(),
            parts.clock(),
            parts.steady()),
        DeliveryPolicy.DEFAULT);
    settlement.write();
  }

  private static DispatcherParts partsOf(String node) {
    return new DispatcherParts(
        node,
        store,
        attempts,
        new DeliveryLoader(
            hub.part(TicketStore.class),
            hub.part(TicketReferences.class),
            hub.part(MessageJournal.class)),
        hub.part(DeadLetters.class),
        hub.part(TicketReferences.class),
        hub.part(ConnectorControls.class),
        hub.part(Alerts.class),
        hub.part(Sealer.class),
        hub.part(TransactionTemplate.class),
        hub.part(Clock.class),
        hub.part(SteadyClock.class),
        hub.part(MeterRegistry.class),
        Tracing.OFF);
  }

  @Test
  void aLateAnswerToAnAttemptOfTheSameNodeChangesNothing() {
    add(system(), ticket, 1);
    Claimed early = claimOne("a", start);
    store.expire(start.plus(LEASE).plusSeconds(1));
    Claimed newer = claimOne("a", start.plus(LEASE).plusSeconds(2));

    complete("a", List.of(early));

    assertThat(state(newer)).isEqualTo("leased by a at 2");
  }

  @Test
  void aLongLaneIsToldInOrderAndLittleOfItIsLookedAt() {
    int length = 500;
    IntStream.rangeClosed(1, length).forEach(sequence -> add(system(), ticket, sequence));
    List<Integer> told = new ArrayList<>();
    List<Claimed> claimed = claim(system(), "a", start, LEASE, 1);
    assertThat(store.claim(system(), "a", start, LEASE, 64).claimed()).isEmpty();
    while (!claimed.isEmpty()) {
      claimed.forEach(each -> told.add(each.sequence()));
      complete("a", claimed);
      assertThat(awake()).isLessThanOrEqualTo(AttemptStore.WOKEN);
      claimed = store.claim(system(), "a", Instant.now().plusSeconds(1), LEASE, 64).claimed();
    }

    assertThat(told).containsExactlyElementsOf(IntStream.rangeClosed(1, length).boxed().toList());
  }

  private int awake() {
    return hub.database()
        .queryForObject(
            "SELECT count(*) FROM delivery WHERE connector = ? AND state = 'pending' AND NOT behind",
            Integer.class,
            system());
  }

  @Test
  void aLeaseThatIsRenewedIsNotTakenOver() {
    add(system(), ticket, 1);
    Claimed held = claimOne("a", start);
    store.renew("a", List.of(held.id()), start.plus(LEASE.multipliedBy(3)));
    store.expire(start.plus(LEASE.multipliedBy(2)));

    assertThat(state(held)).isEqualTo("leased by a at 1");
  }

  @Test
  void aNodeThatStartsAgainFreesWhatItHeldAndNothingElse() {
    add(system(), ticket, 1);
    add(system() + "-2", ticket, 1);
    Claimed mine = claimOne("restarted", start);
    Claimed another = claim(system() + "-2", "b", start, LEASE, 1).get(0);

    assertThat(store.recover("restarted")).isEqualTo(1);
    assertThat(state(mine)).isEqualTo("pending by null at 1");
    assertThat(state(another)).isEqualTo("leased by b at 1");
  }

  @Test
  void nothingOvertakesADeadDeliveryOfItsLane() {
    add(system(), ticket, 1);
    add(system(), ticket, 2);
    Claimed first = claim(system(), "a", start, LEASE, 1).get(0);
    assertThat(attempts.bury("a", List.of(new Buried(first, "permanent", "http-400"))))
        .containsExactly(first.id());

    assertThat(claim(system(), "a", start, LEASE, 10)).isEmpty();
    assertThat(claim(system(), "a", start.plusSeconds(600), LEASE, 10)).isEmpty();
  }

  @Test
  void nothingOvertakesADeliveryThatWaitsForItsRetry() {
    add(system(), ticket, 1);
    add(system(), ticket, 2);
    List<Claimed> lane = claim(system(), "a", start, LEASE, 10);
    attempts.postpone(
        "a",
        List.of(
            new Postponed(lane.get(0), start.plusSeconds(60), false, "temporary", "http-503"),
            new Postponed(lane.get(1), start.plusSeconds(5), true, null, null)));

    assertThat(claim(system(), "b", start.plusSeconds(30), LEASE, 10)).isEmpty();
    assertThat(claim(system(), "b", start.plusSeconds(90), LEASE, 10))
        .extracting(Claimed::sequence, Claimed::attempt)
        .containsExactly(tuple(1, 2), tuple(2, 1));
  }

  @Test
  void whatComesStraightIsUnderWayAtOnce() {
    List<Claimed> added = store.add(lane(1, 2), delivery -> true, "a", start.plus(LEASE));

    assertThat(added)
        .extracting(Claimed::sequence, Claimed::attempt)
        .containsExactly(tuple(1, 1), tuple(2, 1));
    assertThat(added).allSatisfy(held -> assertThat(state(held)).isEqualTo("leased by a at 1"));
    assertThat(claim(system(), "b", start, LEASE, 10)).isEmpty();
  }

  @Test
  void howMuchWaitsElsewhereIsNotLookedAtByWhatIsAdded() {
    TransactionTemplate transactions = hub.part(TransactionTemplate.class);
    // The connection's plan is made while little waits; long before statistics say otherwise much
    // does.
    transactions.executeWithoutResult(
        status -> {
          for (int number = 0; number < 10; number++) {
            store.add(lane(number), delivery -> true, "a", start.plus(LEASE));
          }
          hub.database()
              .update(
                  """
                  insert into delivery (id, ticket_id, sequence, ordinal, connector, code, rule, message_id, state, due,
                    created_at)
                  select -n, -n, 1, 0, 'down', 'noted', 'a rule', 1, 'pending', 'infinity', now()
                  from generate_series(1, 20000) as n
                  """);
          long before = lanesRead();
          ticket = TICKETS.incrementAndGet();
          for (int sequence = 1; sequence <= 10; sequence++) {
            store.add(lane(sequence), delivery -> true, "a", start.plus(LEASE));
          }
          assertThat(lanesRead() - before).isLessThan(1_000);
        });
    hub.database().update("delete from delivery where connector = 'down'");
  }

  /** Entries of the index of lanes that this transaction's session read. */
  private static long lanesRead() {
    return hub.database()
        .queryForObject(
            "select pg_stat_get_xact_tuples_returned('delivery_lane'::regclass)", Long.class);
  }

  @Test
  void nothingComesStraightPastWhatIsUnderWay() {
    add(system(), ticket, 1);
    Claimed first = claimOne("b", start);

    assertThat(store.add(lane(2), delivery -> true, "a", start.plus(LEASE))).isEmpty();
    assertThat(claim(system(), "a", start, LEASE, 10)).isEmpty();

    complete("b", List.of(first));
    assertThat(claim(system(), "a", Instant.now(), LEASE, 10))
        .extracting(Claimed::sequence)
        .containsExactly(2);
  }

  @Test
  void nothingComesStraightPastADeadDelivery() {
    add(system(), ticket, 1);
    attempts.bury("a", List.of(new Buried(claimOne("a", start), "permanent", "http-400")));

    assertThat(store.add(lane(2), delivery -> true, "a", start.plus(LEASE))).isEmpty();
  }

  @Test
  void whatWaitsIsToldOfWhenTheLaneMoves() {
    add(system(), ticket, 1);
    Claimed first = claimOne("a", start);
    store.add(lane(2), delivery -> true, "a", start.plus(LEASE));

    Instant now = Instant.now();
    assertThat(attempts.complete("a", List.of(new Succeeded(first, "told", now, now, null, null))))
        .containsExactly(system());
  }

  @Test
  void theLaneOfAnotherSystemGoesOn() {
    add(system(), ticket, 1);
    add(system() + "-2", ticket, 1);
    claimOne("a", start);

    assertThat(claim(system() + "-2", "b", start, LEASE, 10)).hasSize(1);
  }

  @Test
  void twoNodesNeverHoldTheSameAndKeepEveryLaneInOrder() throws Exception {
    int tickets = 30;
    int each = 10;
    for (int number = 0; number < tickets; number++) {
      long lane = TICKETS.incrementAndGet();
      IntStream.rangeClosed(1, each).forEach(sequence -> add(system(), lane, sequence));
    }
    Queue<Claimed> told = new ConcurrentLinkedQueue<>();
    ExecutorService nodes = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (String node : List.of("a", "b", "c", "d")) {
        running.add(nodes.submit(() -> tellAll(node, told, tickets * each)));
      }
      for (Future<?> node : running) {
        node.get();
      }
    } finally {
      nodes.shutdown();
    }

    assertThat(told).extracting(Claimed::id).doesNotHaveDuplicates().hasSize(tickets * each);
    Map<Long, List<Integer>> lanes =
        told.stream()
            .collect(
                Collectors.groupingBy(
                    Claimed::ticketId, Collectors.mapping(Claimed::sequence, Collectors.toList())));
    assertThat(lanes.values()).allSatisfy(lane -> assertThat(lane).isSorted());
  }

  /** Every look is taken a minute after the one before, so that nothing has to be waited for. */
  private void tellAll(String node, Queue<Claimed> told, int all) {
    for (int look = 1; told.size() < all; look++) {
      List<Claimed> claimed =
          claim(system(), node, start.plus(Duration.ofMinutes(look)), Duration.ofDays(365), 7);
      told.addAll(claimed);
      complete(node, claimed);
    }
  }

  private static List<Claimed> claim(
      String connector, String node, Instant now, Duration lease, int most) {
    return store.claim(connector, node, now, lease, most).claimed();
  }

  private static void complete(String node, List<Claimed> claimed) {
    Instant now = Instant.now();
    attempts.complete(
        node,
        claimed.stream()
            .map(held -> new Succeeded(held, "told", now, now, new byte[0], null))
            .toList());
  }

  private String system() {
    return "system-" + ticket;
  }

  private void add(String system, long ticketId, int sequence) {
    store.add(
        List.of(delivery(system, ticketId, sequence)), delivery -> false, "a", start.plus(LEASE));
  }

  private List<NewDelivery> lane(int... sequences) {
    return IntStream.of(sequences)
        .mapToObj(sequence -> delivery(system(), ticket, sequence))
        .toList();
  }

  private NewDelivery delivery(String system, long ticketId, int sequence) {
    long id = hub.part(Identifiers.class).next();
    return new NewDelivery(
        id, ticketId, sequence, 0, system, "noted", "a rule", 1, start, start, null);
  }

  private Claimed claimOne(String node, Instant now) {
    List<Claimed> claimed = claim(system(), node, now, LEASE, 10);
    assertThat(claimed).hasSize(1);
    return claimed.get(0);
  }

  private static String state(Claimed claimed) {
    return hub.database()
        .queryForObject(
            "select state || ' by ' || coalesce(leased_by, 'null') || ' at ' || attempt"
                + " from delivery where id = ?",
            String.class,
            claimed.id());
  }
}

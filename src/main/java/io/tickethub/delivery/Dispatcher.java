package io.tickethub.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.tickethub.alert.Alerts;
import io.tickethub.delivery.DeliveryStore.Claimed;
import io.tickethub.trace.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one system is being told: its workers, the places for what may be under way, and what came
 * of it. A ticket's deliveries are told one after the other. {@link DispatchLoop} settles and
 * claims for it.
 */
final class Dispatcher {

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(20);
  private static final int LEAST_UNDER_WAY = 64;

  private final Outlet outlet;
  private final String connector;
  private final DeliveryPolicy policy;
  private final OutletHealth health;
  private final Telling telling;
  private final ExecutorService workers;
  private final Runnable signal;
  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private final List<Outcome> unsettled = new ArrayList<>();
  private final Set<Long> underWay = ConcurrentHashMap.newKeySet();
  private Instant lookedAt = Instant.MIN;
  private Instant restsUntil = Instant.MIN;
  private volatile boolean backlog = true;
  private volatile boolean looksSoon;
  private volatile boolean stopping;
  private int free;
  private int reserved;

  /** {@code signal} is run whenever there is something to settle or to claim. */
  Dispatcher(
      Outlet outlet,
      ConnectorControls controls,
      Alerts alerts,
      Clock clock,
      InstantSource steady,
      MeterRegistry meters,
      Tracing tracing,
      Runnable signal) {
    this.outlet = outlet;
    this.connector = outlet.connector();
    this.policy = outlet.policy();
    this.signal = signal;
    this.health = new OutletHealth(connector, policy, controls, alerts, clock, steady);
    this.telling = new Telling(outlet, health, clock, meters, tracing);
    this.free = Math.max(LEAST_UNDER_WAY, policy.concurrency() * 16);
    AtomicInteger number = new AtomicInteger();
    this.workers =
        Executors.newFixedThreadPool(
            policy.concurrency(),
            task ->
                new Thread(task, "deliver-%s-%d".formatted(connector, number.incrementAndGet())));
  }

  String connector() {
    return connector;
  }

  OutletHealth health() {
    return health;
  }

  /** The deliveries under way. */
  Collection<Long> underWay() {
    return underWay;
  }

  /** There is something in the database to tell. */
  void signal() {
    backlog = true;
    signal.run();
  }

  /**
   * Takes a place for a delivery that comes straight from the pipeline; false if it has to wait in
   * the database, where others may be waiting already.
   */
  synchronized boolean reserve() {
    if (stopping || backlog || free <= 0 || outlet.isShut() || !health.admit()) {
      return false;
    }
    free--;
    reserved++;
    return true;
  }

  /** Gives back reserved places. */
  synchronized void giveBackReserved(int places) {
    reserved -= places;
    free += places;
    notifyAll();
  }

  /** Tells what reserved places were taken for. */
  synchronized void beginReserved(List<Work> work) {
    begin(work);
    reserved -= work.size();
    notifyAll();
  }

  /** Leaves what a reserved place was taken for to a later attempt. */
  synchronized void abandonReserved(Claimed claimed) {
    finished(new Outcome.Untried(new Work(claimed, null), null));
    reserved--;
    notifyAll();
  }

  /** Whether there is something to settle, or time to look for something due. */
  boolean needsRound(Instant now) {
    return !now.isBefore(restsUntil)
        && (!outcomes.isEmpty() || !unsettled.isEmpty() || wantsLook(now));
  }

  /** Its last round failed, and so may the next. */
  void restUntil(Instant instant) {
    restsUntil = instant;
  }

  private boolean wantsLook(Instant now) {
    return !stopping && (backlog || looksSoon || !now.isBefore(lookedAt.plus(LOOK)));
  }

  /** What came of deliveries and is not written down yet. */
  List<Outcome> unsettled() {
    for (Outcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
      unsettled.add(outcome);
    }
    return unsettled;
  }

  DeliveryPolicy policy() {
    return policy;
  }

  /** Takes places for what is to be claimed now; none if it is not the time. */
  synchronized int takePlaces(Instant now) {
    int room = wantsLook(now) && !outlet.isShut() ? health.room(free) : 0;
    free -= room;
    return room;
  }

  synchronized void giveBack(int places) {
    free += places;
  }

  /** From here on, whatever becomes due is news. */
  void looks(Instant now) {
    lookedAt = now;
    looksSoon = false;
    backlog = false;
  }

  /** The last look did not see everything that is due: what is new has to queue behind it. */
  void moreIsDue() {
    backlog = true;
  }

  /** What stood behind something in its lane may be told now. */
  void laneMoved() {
    looksSoon = true;
  }

  /** All of {@link #unsettled} is written down. */
  synchronized void settled() {
    free += unsettled.size();
    unsettled.forEach(outcome -> underWay.remove(outcome.work().claimed().id()));
    unsettled.clear();
  }

  /** Tells what was claimed. */
  void beginClaimed(List<Work> claimed) {
    health.took(claimed.size());
    begin(claimed);
  }

  /** What comes too late for a dispatcher that stops is left to a later attempt. */
  private synchronized void begin(List<Work> all) {
    if (stopping) {
      all.forEach(work -> finished(new Outcome.Untried(work, null)));
      return;
    }
    Map<Long, List<Work>> lanes = new LinkedHashMap<>();
    for (Work work : all) {
      underWay.add(work.claimed().id());
      lanes.computeIfAbsent(work.claimed().ticketId(), id -> new ArrayList<>()).add(work);
    }
    lanes
        .values()
        .forEach(lane -> workers.execute(() -> telling.tell(lane, () -> stopping, this::finished)));
  }

  private void finished(Outcome outcome) {
    outcomes.add(outcome);
    signal.run();
  }

  /** Takes nothing more and lets what is under way finish; what came of it is still to settle. */
  void stop() throws InterruptedException {
    synchronized (this) {
      stopping = true;
      while (reserved > 0) {
        wait();
      }
    }
    workers.shutdown();
    if (!workers.awaitTermination(PATIENCE_AT_STOP.toSeconds(), TimeUnit.SECONDS)) {
      workers.shutdownNow();
    }
  }
}

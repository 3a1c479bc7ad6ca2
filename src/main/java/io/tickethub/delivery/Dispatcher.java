package io.tickethub.delivery;

import io.tickethub.delivery.DeliveryStore.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Tells one system what waits for it. One thread claims and settles, a round in one transaction;
 * workers do the telling, a ticket's deliveries one after the other. If the process dies anywhere,
 * the leases say what has to be tried again.
 */
final class Dispatcher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration RENEWAL = Duration.ofSeconds(30);
  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(20);
  private static final Duration IDLE = Duration.ofMillis(250);
  private static final Duration TROUBLE = Duration.ofSeconds(1);
  private static final int LEAST_UNDER_WAY = 64;

  private final String connector;
  private final Telling telling;
  private final Settlement settlement;
  private final OutletHealth health;
  private final DispatcherParts parts;
  private final ExecutorService workers;
  private final Thread loop;
  private final int mostUnderWay;
  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private final List<Outcome> unsettled = new ArrayList<>();
  private final Set<Long> underWay = ConcurrentHashMap.newKeySet();
  private final Semaphore wake = new Semaphore(0);
  private Instant renewedAt;
  private volatile boolean running = true;

  Dispatcher(Outlet outlet, DispatcherParts parts) {
    DeliveryPolicy policy = outlet.policy();
    this.connector = outlet.connector();
    this.parts = parts;
    this.health = new OutletHealth(connector, policy, parts.controls(), parts.clock());
    this.telling = new Telling(outlet, health, parts.clock(), parts.meters());
    this.settlement = new Settlement(parts, health, policy);
    this.mostUnderWay = Math.max(LEAST_UNDER_WAY, policy.concurrency() * 16);
    this.renewedAt = parts.clock().instant();
    AtomicInteger number = new AtomicInteger();
    this.workers =
        Executors.newFixedThreadPool(
            policy.concurrency(),
            task ->
                new Thread(task, "deliver-%s-%d".formatted(connector, number.incrementAndGet())));
    this.loop = new Thread(this::run, "dispatch-" + connector);
    this.loop.start();
  }

  OutletHealth health() {
    return health;
  }

  /** How many deliveries are under way. */
  int underWay() {
    return underWay.size();
  }

  /** There may be something new to tell. */
  void signal() {
    wake.release();
  }

  private void run() {
    while (running) {
      try {
        if (!round()) {
          rest(IDLE);
        }
      } catch (DataAccessException | TransactionException e) {
        LOG.warn("{}: the database does not answer, trying again: {}", connector, e.getMessage());
        rest(TROUBLE);
      } catch (RuntimeException e) {
        LOG.error("{}: dispatching failed, trying again", connector, e);
        rest(TROUBLE);
      }
    }
  }

  /** Settles what came back and claims what there is room for; false if there was neither. */
  private boolean round() {
    drainOutcomes();
    renewLeases();
    int room = health.room(mostUnderWay - underWay.size() + unsettled.size());
    boolean claims = room >= mostUnderWay / 4 || unsettled.isEmpty() && room > 0;
    if (unsettled.isEmpty() && !claims) {
      return false;
    }
    List<Work> taken = parts.transactions().execute(status -> settleAndClaim(claims ? room : 0));
    boolean settled = !unsettled.isEmpty();
    unsettled.forEach(outcome -> underWay.remove(outcome.work().claimed().id()));
    unsettled.clear();
    start(taken);
    return settled || !taken.isEmpty();
  }

  private void drainOutcomes() {
    for (Outcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
      unsettled.add(outcome);
    }
  }

  private List<Work> settleAndClaim(int room) {
    settlement.settle(unsettled);
    if (room == 0) {
      return List.of();
    }
    List<Claimed> claimed =
        parts.store().claim(connector, parts.node(), parts.clock().instant(), LEASE, room);
    return parts.loader().load(claimed);
  }

  private void start(List<Work> taken) {
    health.took(taken.size());
    Map<Long, List<Work>> lanes = new LinkedHashMap<>();
    for (Work work : taken) {
      underWay.add(work.claimed().id());
      lanes.computeIfAbsent(work.claimed().ticketId(), id -> new ArrayList<>()).add(work);
    }
    lanes
        .values()
        .forEach(lane -> workers.execute(() -> telling.tell(lane, () -> !running, this::finished)));
  }

  private void finished(Outcome outcome) {
    outcomes.add(outcome);
    wake.release();
  }

  private void renewLeases() {
    Instant now = parts.clock().instant();
    if (!underWay.isEmpty() && now.isAfter(renewedAt.plus(RENEWAL))) {
      renewedAt = now;
      parts.store().renew(parts.node(), List.copyOf(underWay), now.plus(LEASE));
    }
  }

  private void rest(Duration duration) {
    try {
      wake.tryAcquire(duration.toMillis(), TimeUnit.MILLISECONDS);
      wake.drainPermits();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  /** Lets what is under way finish, settles it, and stops. */
  @Override
  public void close() {
    running = false;
    wake.release();
    try {
      loop.join();
      workers.shutdown();
      if (!workers.awaitTermination(PATIENCE_AT_CLOSE.toSeconds(), TimeUnit.SECONDS)) {
        workers.shutdownNow();
      }
      drainOutcomes();
      parts.transactions().executeWithoutResult(status -> settlement.settle(unsettled));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("{}: stopped without settling: {}", connector, e.getMessage());
    }
  }
}

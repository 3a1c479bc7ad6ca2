package io.tickethub.delivery;

import io.tickethub.delivery.DeliveryStore.Claimed;
import io.tickethub.delivery.DeliveryStore.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Settles what systems were told and claims what is due for them, a round for all systems in one
 * transaction. Rounds keep a little distance, so that under load each has much to do. If the
 * process dies anywhere, the leases say what has to be tried again.
 */
final class DispatchLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DispatchLoop.class);
  private static final Duration RENEWAL = Duration.ofSeconds(30);
  private static final long DISTANCE_MILLISECONDS = 10;
  private static final long IDLE_MILLISECONDS = 250;
  private static final Duration TROUBLE = Duration.ofSeconds(1);

  private final DispatcherParts parts;
  private final Set<Dispatcher> dispatchers = ConcurrentHashMap.newKeySet();
  private final Semaphore wake = new Semaphore(0);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "dispatch");
  private Instant renewedAt;

  DispatchLoop(DispatcherParts parts) {
    this.parts = parts;
    this.renewedAt = parts.steady().instant();
    this.thread.start();
  }

  /** There is something to settle or to claim. */
  void signal() {
    wake.release();
  }

  void add(Dispatcher dispatcher) {
    dispatchers.add(dispatcher);
    signal();
  }

  /** Lets what is under way finish, and settles it. */
  void remove(Dispatcher dispatcher) {
    try {
      dispatcher.stop();
      round(List.of(dispatcher));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("{}: stopped without settling: {}", dispatcher.connector(), e.getMessage());
    } finally {
      dispatchers.remove(dispatcher);
    }
  }

  private void run() {
    try {
      while (stopping.getCount() > 0) {
        wake.drainPermits();
        if (!work()) {
          wake.tryAcquire(IDLE_MILLISECONDS, TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** False if there was nothing to do. */
  private boolean work() throws InterruptedException {
    try {
      renewLeases();
      Instant now = parts.steady().instant();
      List<Dispatcher> busy =
          dispatchers.stream().filter(dispatcher -> dispatcher.needsRound(now)).toList();
      boolean worked = !busy.isEmpty() && together(busy);
      if (worked) {
        stopping.await(DISTANCE_MILLISECONDS, TimeUnit.MILLISECONDS);
      }
      return worked;
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("the database does not answer, trying again: {}", e.getMessage());
    } catch (RuntimeException | Error e) {
      // Without this thread nothing is told to anybody any more.
      LOG.error("dispatching failed, trying again", e);
    }
    stopping.await(TROUBLE.toMillis(), TimeUnit.MILLISECONDS);
    return true;
  }

  /** What is wrong with one system's deliveries must not hold up the others'. */
  private boolean together(List<Dispatcher> busy) {
    try {
      return round(busy);
    } catch (TransactionException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.debug("a round for {} systems failed, going on one by one", busy.size(), e);
    }
    boolean worked = false;
    for (Dispatcher dispatcher : busy) {
      worked |= alone(dispatcher);
    }
    return worked;
  }

  private boolean alone(Dispatcher dispatcher) {
    try {
      return round(List.of(dispatcher));
    } catch (TransactionException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("{}: dispatching failed, trying again", dispatcher.connector(), e);
      dispatcher.restUntil(parts.steady().instant().plus(TROUBLE));
      return false;
    }
  }

  /** Settles and claims; false if there was neither. */
  private synchronized boolean round(List<Dispatcher> busy) {
    Instant now = parts.steady().instant();
    Map<Dispatcher, Integer> places = new LinkedHashMap<>();
    busy.forEach(dispatcher -> places.put(dispatcher, dispatcher.takePlaces(now)));
    boolean settles = busy.stream().anyMatch(dispatcher -> !dispatcher.unsettled().isEmpty());
    boolean claims = places.values().stream().anyMatch(room -> room > 0);
    if (!settles && !claims) {
      return false;
    }
    try {
      Map<Dispatcher, List<Work>> taken =
          parts.transactions().execute(status -> settleAndClaim(places, now));
      busy.forEach(Dispatcher::settled);
      taken.forEach(
          (dispatcher, work) -> {
            places.merge(dispatcher, -work.size(), Integer::sum);
            dispatcher.beginClaimed(work);
          });
      return settles || !taken.isEmpty();
    } catch (RuntimeException e) {
      busy.forEach(Dispatcher::moreIsDue);
      throw e;
    } finally {
      places.forEach(Dispatcher::giveBack);
    }
  }

  private Map<Dispatcher, List<Work>> settleAndClaim(Map<Dispatcher, Integer> places, Instant now) {
    Settlement settlement = new Settlement(parts);
    places
        .keySet()
        .forEach(
            dispatcher ->
                settlement.add(dispatcher.unsettled(), dispatcher.health(), dispatcher.policy()));
    Set<String> moved = settlement.write();
    Map<Dispatcher, List<Claimed>> claimed = new LinkedHashMap<>();
    places.forEach(
        (dispatcher, room) -> {
          if (room > 0) {
            claimed.put(dispatcher, claim(dispatcher, room, now));
          } else if (moved.contains(dispatcher.connector())) {
            dispatcher.laneMoved();
          }
        });
    return load(claimed);
  }

  private List<Claimed> claim(Dispatcher dispatcher, int room, Instant now) {
    dispatcher.looks(now);
    Claims claims =
        parts.store().claim(dispatcher.connector(), parts.node(), now, DispatcherParts.LEASE, room);
    if (!claims.exhausted()) {
      dispatcher.moreIsDue();
    }
    return claims.claimed();
  }

  private Map<Dispatcher, List<Work>> load(Map<Dispatcher, List<Claimed>> claimed) {
    Iterator<Work> loaded =
        parts.loader().load(claimed.values().stream().flatMap(List::stream).toList()).iterator();
    Map<Dispatcher, List<Work>> work = new LinkedHashMap<>();
    claimed.forEach(
        (dispatcher, deliveries) -> {
          if (!deliveries.isEmpty()) {
            work.put(dispatcher, deliveries.stream().map(any -> loaded.next()).toList());
          }
        });
    return work;
  }

  private void renewLeases() {
    Instant now = parts.steady().instant();
    if (now.isAfter(renewedAt.plus(RENEWAL))) {
      renewedAt = now;
      List<Long> underWay =
          dispatchers.stream().flatMap(dispatcher -> dispatcher.underWay().stream()).toList();
      parts.store().renew(parts.node(), underWay, now.plus(DispatcherParts.LEASE));
    }
  }

  /** Removes all. */
  @Override
  public void close() {
    List.copyOf(dispatchers).forEach(this::remove);
    stopping.countDown();
    wake.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

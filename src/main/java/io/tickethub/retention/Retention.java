package io.tickethub.retention;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tickethub.storage.Expiry;
import io.tickethub.storage.Expiry.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets go of what has expired, again and again: each step a transaction of its own that a crash
 * leaves done or not begun, after each a pause of nine times what it took, so that a tenth of one
 * connection's time is the most it costs. Thread-safe.
 */
public final class Retention implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final long MOST_COUNTED = 100_000;
  private static final int PAUSES_A_STEP = 9;
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
  private static final Duration FIRST_PASS = Duration.ofSeconds(5);

  private final List<Expiry> expiries;
  private final Removals removals;
  private final TransactionTemplate transactions;
  private final BooleanSupplier turn;
  private final MeterRegistry meters;
  private final Duration every;
  private final ReentrantLock alone = new ReentrantLock();
  private final Semaphore wake = new Semaphore(0);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::loop, "retention");
  private volatile boolean running;

  /** {@code turn}: whether this node is the one that does it. */
  Retention(
      List<Expiry> expiries,
      Removals removals,
      TransactionTemplate transactions,
      BooleanSupplier turn,
      MeterRegistry meters,
      Duration every) {
    this.expiries = List.copyOf(expiries);
    this.removals = removals;
    this.transactions = transactions;
    this.turn = turn;
    this.meters = meters;
    this.every = every;
    expiries.forEach(this::removed);
  }

  /** There from the start, that the first removal is seen as a rise. */
  private Counter removed(Expiry expiry) {
    return Counter.builder("hub.retention.removed")
        .description("Rows that expired, by what they were")
        .tag("what", expiry.what())
        .register(meters);
  }

  /**
   * How it stands with one kind of rows.
   *
   * @param keptDays by setting; for bodies where the connector says nothing else
   * @param due how many would go now, counted up to 100,000
   * @param removed how many have gone
   * @param removedLastDay how many on the last day on which any went
   * @param removedAt when the last went; null if none did
   */
  public record Standing(
      String what, long keptDays, long due, long removed, long removedLastDay, Instant removedAt) {}

  public List<Standing> standings() {
    Map<String, Removals.Removed> removed = removals.byKind();
    List<Standing> standings = new ArrayList<>();
    for (Expiry expiry : expiries) {
      Removals.Removed gone = removed.getOrDefault(expiry.what(), new Removals.Removed(0, 0, null));
      standings.add(
          new Standing(
              expiry.what(),
              expiry.kept().toDays(),
              expiry.due(MOST_COUNTED),
              gone.total(),
              gone.lastDay(),
              gone.at()));
    }
    return standings;
  }

  /** Has a pass begin now; false if it is another node's turn. */
  public boolean signal() {
    wake.release();
    return turn.getAsBoolean();
  }

  private void loop() {
    try {
      Duration wait = FIRST_PASS;
      while (stopping.getCount() > 0) {
        wake.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
        wake.drainPermits();
        pass(this::pause);
        wait = every;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is done after a step that took so long. */
  @FunctionalInterface
  private interface Pace {
    void after(Duration step) throws InterruptedException;
  }

  /** Goes through all kinds once, to the end, without a pause. */
  void pass() throws InterruptedException {
    pass(step -> {});
  }

  private void pass(Pace pace) throws InterruptedException {
    alone.lockInterruptibly();
    try {
      for (Expiry expiry : expiries) {
        pass(expiry, pace);
      }
    } finally {
      alone.unlock();
    }
  }

  private void pass(Expiry expiry, Pace pace) throws InterruptedException {
    try {
      if (!mayGoOn()) {
        return;
      }
      expiry.prepare();
      expiry.begin();
      boolean more = true;
      while (more && mayGoOn()) {
        long began = System.nanoTime();
        more = step(expiry);
        pace.after(Duration.ofNanos(System.nanoTime() - began));
      }
    } catch (DataAccessException | TransactionException e) {
      LOG.debug("what expired of {} has to wait: {}", expiry.what(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("what expired of {} does not go, trying again later", expiry.what(), e);
    }
  }

  private boolean mayGoOn() {
    return stopping.getCount() > 0 && turn.getAsBoolean();
  }

  private boolean step(Expiry expiry) {
    Step done =
        transactions.execute(
            status -> {
              Step step = expiry.step();
              if (step.removed() > 0) {
                removals.add(expiry.what(), step.removed());
              }
              return step;
            });
    if (done.removed() > 0) {
      removed(expiry).increment(done.removed());
    }
    return done.more();
  }

  private void pause(Duration step) throws InterruptedException {
    Duration pause = step.multipliedBy(PAUSES_A_STEP);
    Duration bounded = pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause;
    stopping.await(bounded.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The first messages find their partitions made. */
  @Override
  public void start() {
    for (Expiry expiry : expiries) {
      try {
        expiry.prepare();
      } catch (DataAccessException e) {
        LOG.warn("no room is made for {} yet: {}", expiry.what(), e.getMessage());
      }
    }
    thread.start();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    stopping.countDown();
    wake.release();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before connectors start. */
  @Override
  public int getPhase() {
    return SmartLifecycle.DEFAULT_PHASE - 8192;
  }
}

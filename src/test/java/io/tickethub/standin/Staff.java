package io.tickethub.standin;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The people of a system: they do things a while after they were asked to, at random but seeded.
 */
final class Staff implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Staff.class);

  private final ScheduledExecutorService hands;
  private final Random random;
  private final Duration pace;

  /** {@code pace} is the usual time between being asked and doing. */
  Staff(String name, Duration pace, long seed) {
    this.pace = pace;
    this.random = new Random(seed);
    this.hands = Executors.newScheduledThreadPool(4, task -> new Thread(task, "staff-" + name));
  }

  /** Does something after a while; tries again if it fails, as people do. */
  void soon(Task task) {
    later(pace, task);
  }

  /** Does something at once; tries again if it fails. */
  void now(Task task) {
    attempt(task);
  }

  void later(Duration delay, Task task) {
    long milliseconds = Math.max(1, Math.round(delay.toMillis() * (0.5 + chance())));
    hands.schedule(() -> attempt(task), milliseconds, TimeUnit.MILLISECONDS);
  }

  void every(Duration period, Task task) {
    hands.scheduleWithFixedDelay(
        () -> {
          try {
            task.run();
          } catch (Exception e) {
            LOG.info("a routine task failed, it comes again", e);
          }
        },
        period.toMillis(),
        period.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private void attempt(Task task) {
    try {
      task.run();
    } catch (Exception e) {
      LOG.debug("trying again: {}", e.toString());
      if (!hands.isShutdown()) {
        later(Duration.ofSeconds(1), task);
      }
    }
  }

  /** A number from 0 to 1. */
  double chance() {
    synchronized (random) {
      return random.nextDouble();
    }
  }

  boolean happens(double probability) {
    return chance() < probability;
  }

  int below(int bound) {
    synchronized (random) {
      return random.nextInt(bound);
    }
  }

  Duration pace() {
    return pace;
  }

  @Override
  public void close() {
    hands.shutdownNow();
  }

  /** Something to do. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }
}

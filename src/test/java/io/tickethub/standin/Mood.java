package io.tickethub.standin;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How a system misbehaves now. Thread-safe. */
public final class Mood {

  private final Map<Mischief, Long> until = new EnumMap<>(Mischief.class);

  public synchronized void misbehave(Mischief mischief, Duration duration) {
    until.put(mischief, System.nanoTime() + duration.toNanos());
  }

  public synchronized void behave() {
    until.clear();
  }

  public synchronized boolean is(Mischief mischief) {
    Long end = until.get(mischief);
    return end != null && System.nanoTime() - end < 0;
  }

  /** How long a mischief goes on. */
  synchronized Duration left(Mischief mischief) {
    Long end = until.get(mischief);
    long nanoseconds = end == null ? 0 : Math.max(0, end - System.nanoTime());
    return Duration.of(nanoseconds, TimeUnit.NANOSECONDS.toChronoUnit());
  }
}

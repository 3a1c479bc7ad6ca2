package io.tickethub.delivery;

import java.util.concurrent.TimeUnit;

/**
 * How much may be under way to one system: what it was told within a second, so that a fast one is
 * told straight from the pipeline and a slow one holds little in memory. Not thread-safe.
 */
final class Places {

  private static final long WINDOW = TimeUnit.SECONDS.toNanos(1);

  private final int least;
  private final int highest;
  private int most;
  private long told;
  private long since;

  Places(int least, int highest) {
    this.least = least;
    this.highest = highest;
    this.most = least;
  }

  /** The most that may be under way for now. */
  int most() {
    return most;
  }

  /**
   * Takes into account that so many more were told.
   *
   * @param now of {@link System#nanoTime}
   * @return how many places there are more than before; less than 0 if there are fewer
   */
  int widen(long count, long now) {
    told += count;
    long elapsed = now - since;
    if (elapsed < WINDOW) {
      return 0;
    }
    long rate = told * WINDOW / elapsed;
    int before = most;
    most = (int) Math.max(least, Math.min(highest, rate));
    told = 0;
    since = now;
    return most - before;
  }
}

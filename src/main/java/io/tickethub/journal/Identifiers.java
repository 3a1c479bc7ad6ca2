package io.tickethub.journal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/**
 * Identifiers that need no database: 64 bits, increasing with time. From the top: 42 bits of
 * milliseconds since 2020, 10 bits of the node, 12 bits that count within the millisecond, each run
 * of the hub from a number of its own. Thread-safe.
 */
public final class Identifiers {

  private static final long EPOCH_MILLISECOND = 1_577_836_800_000L;
  private static final int NODES = 1 << 10;
  private static final int COUNTS = 1 << 12;

  private final Clock clock;
  private final long node;
  private final int firstCount;
  private long lastTick;
  private int count;

  /**
   * @param node distinguishes the nodes of a cluster; any number
   * @param begin every identifier is of a later time
   */
  public Identifiers(Clock clock, int node, Instant begin) {
    this.clock = clock;
    this.lastTick = Math.max(0, begin.toEpochMilli() - EPOCH_MILLISECOND);
    this.count = COUNTS - 1;
    this.node = Math.floorMod(node, NODES);
    this.firstCount = new SecureRandom().nextInt(COUNTS / 2);
  }

  /** The next identifier; a clock that was set back does not lead to a second use. */
  public synchronized long next() {
    long tick = Math.max(clock.millis() - EPOCH_MILLISECOND, lastTick);
    if (tick == lastTick && count == COUNTS - 1) {
      tick++;
    }
    count = tick == lastTick ? count + 1 : firstCount;
    lastTick = tick;
    return tick << 22 | node << 12 | count;
  }

  /** No identifier made at or after this time is smaller. */
  public static long firstOf(Instant time) {
    return Math.max(0, time.toEpochMilli() - EPOCH_MILLISECOND) << 22;
  }

  /** As people and systems see it: 13 characters, sorting like the number. */
  public static String text(long identifier) {
    String text = Long.toString(identifier, 36).toUpperCase(java.util.Locale.ROOT);
    return "0".repeat(Math.max(0, 13 - text.length())) + text;
  }

  /** The identifier of a text; throws {@link IllegalArgumentException} if it is none. */
  public static long parse(String text) {
    try {
      if (text.matches("[0-9A-Za-z]{1,13}")) {
        return Long.parseLong(text, 36);
      }
    } catch (NumberFormatException e) {
      // Thirteen characters may stand for more than 64 bits.
    }
    throw new IllegalArgumentException(
        "'%s' is no identifier of a message, delivery or dead letter".formatted(text));
  }
}

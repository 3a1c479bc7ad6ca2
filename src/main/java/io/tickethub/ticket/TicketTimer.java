package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/**
 * A time limit that runs on a ticket. Times are kept in milliseconds. As JSON it is one short text:
 * every change of a ticket writes it anew.
 *
 * @param target when the time is used up, if nothing pauses it any more
 * @param next when the hub has to do something; null if nothing is to come as things are
 * @param step what is to be done then; null with {@code next}
 * @param level how far it has come
 * @param provisional the holidays of a year it falls in are not known
 */
public record TicketTimer(
    Instant target, Instant next, String step, Level level, boolean provisional) {

  private static final int PARTS = 5;

  /** How far a time limit has come. */
  public enum Level {
    RUNNING,
    WARNED,
    BREACHED
  }

  public TicketTimer {
    target = inMilliseconds(target);
    next = next == null ? null : inMilliseconds(next);
  }

  /** Never earlier: what is due then has been reached. */
  private static Instant inMilliseconds(Instant instant) {
    return Instant.ofEpochMilli(instant.plusNanos(999_999).toEpochMilli());
  }

  @JsonCreator
  static TicketTimer of(String text) {
    String[] parts = text.split(" ", PARTS);
    boolean pending = !parts[3].isEmpty();
    return new TicketTimer(
        Instant.ofEpochMilli(Long.parseLong(parts[2])),
        pending ? Instant.ofEpochMilli(Long.parseLong(parts[3])) : null,
        pending ? parts[4] : null,
        Level.valueOf(parts[0]),
        parts[1].equals("provisional"));
  }

  @JsonValue
  String text() {
    return String.join(
        " ",
        level.name(),
        provisional ? "provisional" : "sure",
        Long.toString(target.toEpochMilli()),
        next == null ? "" : Long.toString(next.toEpochMilli()),
        next == null ? "" : step);
  }
}

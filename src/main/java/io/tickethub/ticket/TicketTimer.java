package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A time limit that runs on a ticket.
 *
 * @param target when the time is used up, if nothing pauses it any more
 * @param next when the hub has to do something; null if nothing is to come as things are
 * @param step what is to be done then; null with {@code next}
 * @param level how far it has come
 * @param provisional the holidays of a year it falls in are not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TicketTimer(
    Instant target, Instant next, String step, Level level, boolean provisional) {

  /** How far a time limit has come. */
  public enum Level {
    RUNNING,
    WARNED,
    BREACHED
  }
}

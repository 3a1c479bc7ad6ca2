package io.tickethub.ticket;

import java.time.Instant;

/**
 * One entry of a ticket's history.
 *
 * @param sequence 1, 2, 3 … within the ticket: the order in which everybody learns of it
 * @param from the state before
 * @param to the state after; equal to {@code from} where the event is no change of state
 * @param inferred nobody said it: the step was skipped by a system and is recorded so that the
 *     history is whole
 * @param source the system that caused it
 * @param messageId the hub's id of the message that caused it
 * @param occurredAt by the source's clock
 * @param recordedAt by the hub's clock
 */
public record TicketEvent(
    long ticketId,
    int sequence,
    EventType type,
    TicketState from,
    TicketState to,
    boolean inferred,
    String source,
    long messageId,
    Instant occurredAt,
    Instant recordedAt,
    EventDetail detail) {

  /**
   * The name by which rules and manifests choose events: the state reached, or the type where no
   * state was reached.
   */
  public String code() {
    return codeOf(type, to);
  }

  /** See {@link #code()}. */
  public static String codeOf(EventType type, TicketState to) {
    return type == EventType.STATE_CHANGED ? to.code() : type.code();
  }
}

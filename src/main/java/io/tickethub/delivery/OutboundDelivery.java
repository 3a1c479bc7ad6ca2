package io.tickethub.delivery;

import io.tickethub.journal.Provenance;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import java.util.Map;

/**
 * One thing to be told to one system, with all an outlet needs to say it.
 *
 * @param key stays the same through every attempt and replay: the target's means to see that it has
 *     it already
 * @param attempt 1 for the first
 * @param code by which the connector chooses its channel
 * @param ticket as it is now, but with the state and version it had after the event
 * @param references scheme → what that system calls the ticket
 * @param cause how the message came that caused the event
 * @param trace the {@code traceparent} to be sent along; null for none
 */
public record OutboundDelivery(
    long id,
    String key,
    int attempt,
    String connector,
    String code,
    TicketEvent event,
    Ticket ticket,
    Map<String, String> references,
    Provenance cause,
    String trace) {

  /** The same, traced; itself for null. */
  OutboundDelivery traced(String newTrace) {
    return newTrace == null
        ? this
        : new OutboundDelivery(
            id, key, attempt, connector, code, event, ticket, references, cause, newTrace);
  }
}

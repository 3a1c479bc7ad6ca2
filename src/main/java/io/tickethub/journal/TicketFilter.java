package io.tickethub.journal;

import io.tickethub.ticket.TicketState;
import java.time.Instant;

/**
 * Which tickets; what is null excludes none.
 *
 * @param system opened them or works on them
 * @param customer the customer's number
 * @param phone the customer's telephone number, however it is written
 * @param since something happened to them then or later
 * @param until something happened to them before
 * @param after only those with a greater id
 * @param before only those that come after this one where the newest is first; its id
 */
public record TicketFilter(
    TicketState state,
    String productClass,
    String system,
    String customer,
    String phone,
    Instant since,
    Instant until,
    Long after,
    Long before) {

  public static final TicketFilter ALL =
      new TicketFilter(null, null, null, null, null, null, null, null, null);
}

package io.tickethub.api;

import io.tickethub.journal.TicketFilter;
import io.tickethub.kit.rehearsal.Window;
import io.tickethub.ticket.TicketState;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * What is known of the tickets that are looked for, as people write it; what is null or blank
 * excludes none.
 *
 * @param system opened them or works on them
 * @param customer the customer's number
 * @param since something happened to them then or later, such as {@code 2h}, {@code 09:14}, {@code
 *     2026-03-01}
 * @param until something happened to them before
 */
public record TicketQuery(
    String state,
    String productClass,
    String system,
    String customer,
    String phone,
    String since,
    String until) {

  public TicketQuery {
    state = given(state);
    productClass = given(productClass);
    system = given(system);
    customer = given(customer);
    phone = given(phone);
    since = given(since);
    until = given(until);
  }

  private static String given(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /**
   * Throws {@link IllegalArgumentException} if there is no such state or time.
   *
   * @param after only tickets with a greater id, in the order of their ids; null for the newest
   * @param before only tickets that come after this one where the newest is first; null for all
   */
  TicketFilter filter(Long after, Long before, Clock clock, ZoneId zone) {
    Instant now = clock.instant();
    return new TicketFilter(
        state == null ? null : TicketState.of(state),
        productClass,
        system,
        customer,
        phone,
        since == null ? null : Window.moment("since", since, now, zone),
        until == null ? null : Window.moment("until", until, now, zone),
        after,
        before);
  }
}

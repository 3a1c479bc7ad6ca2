package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * What a system says, in a list of its tickets, that one of them is like. What it does not say is
 * null.
 *
 * @param state where the ticket stands there, as near as the system can say
 * @param owner the connector whose system works on it
 * @param changedAt since when it stands there, by the system's clock
 * @param content the fields it gives
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Statement(
    TicketKey ticket, TicketState state, String owner, Instant changedAt, TicketContent content) {

  public Statement {
    Checks.present(ticket, "ticket", "statement");
    if (ticket.customer() != null) {
      throw new IncompleteChangeException(
          "ticket.customer", "a statement is of one ticket: give ticket.id or ticket.hub");
    }
    content = content == null ? TicketContent.EMPTY : content;
  }
}

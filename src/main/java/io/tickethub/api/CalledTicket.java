package io.tickethub.api;

import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketStore;
import io.tickethub.ticket.Ticket;
import java.util.List;

/** The ticket that any system calls by a number. */
final class CalledTicket {

  private CalledTicket() {}

  /** Throws if no ticket is called so, or several are. */
  static Ticket one(String number, TicketStore tickets, TicketReferences references) {
    List<Ticket> found = List.copyOf(tickets.load(references.ticketsCalled(number)).values());
    if (found.size() > 1) {
      throw new IllegalStateException(
          "several tickets are called '%s': %s"
              .formatted(number, found.stream().map(Ticket::number).toList()));
    }
    return found.stream()
        .findFirst()
        .orElseThrow(
            () -> new NotFoundException("no system calls a ticket '%s'".formatted(number)));
  }
}

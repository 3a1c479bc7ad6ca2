package io.tickethub.intake;

import io.tickethub.journal.TicketStore;
import io.tickethub.routing.Routing.Consideration;
import io.tickethub.ticket.Applied;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Goes through a ticket's history with the rules of today and says what each of them led to.
 * Nothing is sent or changed.
 */
public final class Explanation {

  private final Rules rules;
  private final TicketStore tickets;

  public Explanation(Rules rules, TicketStore tickets) {
    this.rules = rules;
    this.tickets = tickets;
  }

  /** Every rule considered, event by event. */
  public List<Consideration> of(Ticket ticket) {
    List<Consideration> considered = new ArrayList<>();
    Ticket standing = ticket.known(Set.of(), Map.of()).ownedBy(null);
    for (TicketEvent event : tickets.events(ticket.id())) {
      Ticket then = standing.asOf(event);
      if (event.type() == EventType.TRANSFERRED) {
        then = then.ownedBy(event.detail().transferredTo());
      } else if (event.type() == EventType.RETURNED) {
        then = then.ownedBy(null);
      }
      Ticket before = event.type() == EventType.OPENED ? null : standing;
      var routing = rules.router().route(before, new Applied(then, List.of(event)), Set.of());
      considered.addAll(routing.considered());
      standing = routing.ticket();
    }
    return considered;
  }
}

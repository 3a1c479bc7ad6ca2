package io.tickethub.intake;

import io.tickethub.journal.TicketStore;
import io.tickethub.routing.Routing.Consideration;
import io.tickethub.ticket.Applied;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketLinks;
import io.tickethub.ticket.TicketReference;
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
    Ticket standing = ticket.known(Set.of(), Map.of()).ownedBy(null).linked(TicketLinks.NONE);
    for (TicketEvent event : tickets.events(ticket.id())) {
      Ticket then = standing.asOf(event).linked(linksAfter(event, standing, ticket));
      considered.addAll(sameTrouble(event, then));
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

  /** A child's workers are told otherwise than others: what it was then counts. */
  private static TicketLinks linksAfter(TicketEvent event, Ticket standing, Ticket now) {
    return switch (event.type()) {
      case JOINED -> now.links().parent() == null ? standing.links() : now.links();
      case LEFT -> TicketLinks.NONE;
      case ASSIGNED, REPEATED -> now.links();
      default -> standing.links();
    };
  }

  /** Why a report was, or was not, of the same trouble as another. */
  private List<Consideration> sameTrouble(TicketEvent event, Ticket ticket) {
    if (event.type() != EventType.OPENED) {
      return List.of();
    }
    return rules.repeats().consider(ticket.content(), ticket.openedBy()).stream()
        .map(
            rule ->
                new Consideration(
                    event.sequence(),
                    event.code(),
                    TicketReference.HUB,
                    rule.rule(),
                    rule.mismatch()
                        .map("no other report is the same by it: %s"::formatted)
                        .orElse("another report with all that in common is of the same trouble")))
        .toList();
  }
}

package io.tickethub.ticket;

import java.util.List;
import java.util.Optional;

/**
 * What became of a ticket by a change.
 *
 * @param events what is to be recorded, in order; empty if the change said nothing new
 */
public record Applied(Ticket ticket, List<TicketEvent> events) {

  public Applied {
    events = List.copyOf(events);
  }

  /** The contradiction a person has to settle, if the change was one. */
  public Optional<TicketEvent> conflict() {
    return events.stream().filter(event -> event.type() == EventType.CONFLICT).findFirst();
  }
}

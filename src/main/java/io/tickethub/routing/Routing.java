package io.tickethub.routing;

import io.tickethub.ticket.Ticket;
import java.util.List;

/**
 * What follows from what became of a ticket.
 *
 * @param ticket with its owner and participants
 * @param told in the order in which each system is to hear it
 * @param considered every rule looked at, for {@code explain}
 */
public record Routing(Ticket ticket, List<Told> told, List<Consideration> considered) {

  /**
   * One rule, looked at for one event.
   *
   * @param outcome what it led to, or why it led to nothing
   */
  public record Consideration(
      int sequence, String event, String system, String rule, String outcome) {}

  public Routing {
    told = List.copyOf(told);
    considered = List.copyOf(considered);
  }
}

package io.tickethub.kit.trial;

import io.tickethub.ticket.TicketState;

/**
 * What is assumed of the made-up ticket that a change is tried on.
 *
 * @param state null for accepted; if given, a report counts as one of a ticket that is there
 * @param openedBy the connector whose system reported it; null for a likely one
 * @param product its product class; null for one of this connector's
 */
public record Assumption(TicketState state, String openedBy, String product) {

  public static final Assumption NONE = new Assumption(null, null, null);
}

package io.tickethub.kit.trial;

import io.tickethub.intake.Consequences.Consequence;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Ticket;
import java.util.List;

/**
 * What one change would do.
 *
 * @param before null for a new ticket
 * @param madeUp what was made up of the ticket; null if nothing was
 */
public record Effect(
    Change change, Ticket before, String madeUp, Consequence consequence, List<Sending> sendings) {

  public Effect {
    sendings = List.copyOf(sendings);
  }
}

package io.tickethub.kit.rehearsal;

import io.tickethub.ticket.Change;
import io.tickethub.ticket.Problem;
import java.util.List;

/**
 * What a version of a connector makes of a message.
 *
 * @param messageId the sender's id of it; null if it is refused
 * @param changes empty if it is refused
 * @param problem null if it is taken
 */
record Outcome(String messageId, List<Change> changes, Problem problem) {

  static Outcome refused(Problem problem) {
    return new Outcome(null, List.of(), problem);
  }

  boolean isTaken() {
    return problem == null;
  }
}

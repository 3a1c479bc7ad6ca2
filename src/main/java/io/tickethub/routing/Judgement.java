package io.tickethub.routing;

import io.tickethub.ticket.Change;
import io.tickethub.ticket.Verdict;
import java.util.List;

/**
 * What the ownership rules make of a change.
 *
 * @param change the change without the fields its system may not write
 * @param refused why fields were left out, one sentence each
 */
public record Judgement(Verdict verdict, Change change, List<String> refused) {

  public Judgement {
    refused = List.copyOf(refused);
  }
}

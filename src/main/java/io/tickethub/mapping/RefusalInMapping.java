package io.tickethub.mapping;

import com.dashjoin.jsonata.JException;
import io.tickethub.ticket.Problem;

/** A function of a mapping refuses; JSONata adds the place of the call to exceptions of its own. */
final class RefusalInMapping extends JException {

  private static final long serialVersionUID = 1L;
  private static final int UNKNOWN_PLACE = -1;

  private final transient Problem problem;

  RefusalInMapping(Problem problem) {
    super(problem.sentence(), UNKNOWN_PLACE);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}

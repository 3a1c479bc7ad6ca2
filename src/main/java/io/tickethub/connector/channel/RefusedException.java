package io.tickethub.connector.channel;

import io.tickethub.ticket.Problem;

/** A message is not taken; its sender has to be told the problem. */
public final class RefusedException extends Exception {

  private final transient Problem problem;

  RefusedException(Problem problem) {
    super(problem.sentence());
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}

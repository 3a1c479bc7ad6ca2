package io.tickethub.mapping;

import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;

/** A message cannot be translated; the problem says why and where. */
public final class MappingException extends RuntimeException {

  private final transient Problem problem;

  public MappingException(Problem problem) {
    super(problem.sentence());
    this.problem = problem;
  }

  MappingException(ProblemCode code, String detail) {
    this(Problem.of(code, detail));
  }

  public Problem problem() {
    return problem;
  }
}

package io.tickethub.connector.proof;

import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;

/**
 * Why a sender is not let in.
 *
 * @param challenge the value of {@code WWW-Authenticate} that goes with it; null for none
 */
public record Refusal(Problem problem, String challenge) {

  /** It is not known who sends. */
  static Refusal unauthenticated(String detail) {
    return new Refusal(Problem.of(ProblemCode.UNAUTHENTICATED, detail), null);
  }

  /** The same, with the scheme that HTTP clients are to prove themselves by. */
  static Refusal unauthenticated(String detail, String challenge) {
    return new Refusal(Problem.of(ProblemCode.UNAUTHENTICATED, detail), challenge);
  }

  /** It is known who sends, and it may not. */
  static Refusal forbidden(String detail, String challenge) {
    return new Refusal(Problem.of(ProblemCode.FORBIDDEN, detail), challenge);
  }
}

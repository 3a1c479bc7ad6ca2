package io.tickethub.connector.channel;

import io.tickethub.connector.proof.Refusal;
import io.tickethub.ticket.Problem;
import java.util.Optional;

/** A message is not taken; its sender has to be told the problem. */
public final class RefusedException extends Exception {

  private final transient Problem problem;
  private final String challenge;

  RefusedException(Problem problem) {
    this(new Refusal(problem, null));
  }

  RefusedException(Refusal refusal) {
    super(refusal.problem().sentence());
    this.problem = refusal.problem();
    this.challenge = refusal.challenge();
  }

  public Problem problem() {
    return problem;
  }

  /** The value of {@code WWW-Authenticate} that goes with it; empty for none. */
  public Optional<String> challenge() {
    return Optional.ofNullable(challenge);
  }
}

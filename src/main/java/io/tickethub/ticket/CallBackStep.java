package io.tickethub.ticket;

import java.time.Instant;

/**
 * What the rules of call-backs came to.
 *
 * @param outcome what is to happen
 * @param at when
 * @param reason why, in a sentence without personal data
 */
public record CallBackStep(Outcome outcome, Instant at, String reason) {

  /** What becomes of a customer who could not be reached. */
  public enum Outcome {
    CALL_AGAIN,
    ARCHIVE,
    ASK
  }
}

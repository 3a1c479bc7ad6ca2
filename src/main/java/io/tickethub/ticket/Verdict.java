package io.tickethub.ticket;

/**
 * What the ownership rules say of a change.
 *
 * @param decision what to do with it
 * @param rule the name of the rule that decided, for people who ask why
 */
public record Verdict(Decision decision, String rule) {

  /** How a change is handled. */
  public enum Decision {
    /** The system may say so. */
    ACCEPT,
    /** The system may not decide it; the owner is told that it was asked for. */
    REQUEST,
    /** News of the work (反馈): it changes no state, and who hears of such news hears it. */
    FEEDBACK,
    /** Kept in the history without effect. */
    IGNORE,
    /** Kept for a person to settle. */
    CONFLICT
  }
}

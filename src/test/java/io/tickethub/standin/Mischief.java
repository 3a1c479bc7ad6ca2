package io.tickethub.standin;

/** How a system can misbehave. A system ignores what its protocol cannot do. */
public enum Mischief {
  /** Answers after a second. */
  SLOW,
  /** Refuses connections. */
  DOWN,
  /** Accepts connections and never answers. */
  HANG,
  /** Answers 503 and does nothing. */
  FAILING,
  /** Does what it is told, and the answer is lost. */
  REPLY_LOST,
  /** Sends news in the wrong order. */
  OUT_OF_ORDER,
  /** Sends everything twice. */
  DUPLICATE,
  /** Writes files in two halves, seconds apart. */
  HALF_FILE
}

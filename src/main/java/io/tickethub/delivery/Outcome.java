package io.tickethub.delivery;

import java.time.Instant;

/** What became of one delivery that was under way. */
sealed interface Outcome {

  Work work();

  /** The system took it. */
  record Taken(Work work, Instant startedAt, Instant finishedAt, Delivered delivered)
      implements Outcome {}

  /** The system did not take it. */
  record Failed(Work work, Instant startedAt, Instant finishedAt, DeliveryFailedException failure)
      implements Outcome {}

  /** It is not the time for it: it keeps until then, and what stands behind it in its lane. */
  record Held(Work work, Instant until) implements Outcome {}

  /**
   * It was not tried: one before it in its lane failed or is held, or the dispatcher is stopping,
   * or the breaker is open.
   */
  record Untried(Work work, Outcome because) implements Outcome {}
}

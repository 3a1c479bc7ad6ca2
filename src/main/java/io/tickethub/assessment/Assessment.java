package io.tickethub.assessment;

import java.time.Instant;
import java.time.YearMonth;

/**
 * A published month.
 *
 * @param version 1; corrections are 2, 3 …
 * @param reason why it was made
 * @param announcedAt when the support centre's message was safe in the intake; null if not yet
 */
public record Assessment(
    YearMonth month,
    int version,
    String reason,
    String madeBy,
    Instant madeAt,
    Instant announcedAt,
    Figures figures) {

  /** What people and files call it. */
  public String name() {
    return "%s-v%d".formatted(month, version);
  }
}

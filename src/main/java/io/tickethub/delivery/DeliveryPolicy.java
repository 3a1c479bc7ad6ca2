package io.tickethub.delivery;

import java.time.Duration;

/**
 * How one system is to be treated.
 *
 * @param concurrency the most deliveries under way at once
 * @param perSecond the most deliveries a second
 * @param firstRetry the wait after the first failure; it doubles with each
 * @param longestRetry the most it grows to
 * @param attempts how often a delivery is tried while the system is otherwise up, before it becomes
 *     a dead letter
 * @param giveUpAfter how long a delivery is tried at all
 * @param breakerOpen how long nothing is sent after the breaker opened
 */
public record DeliveryPolicy(
    int concurrency,
    int perSecond,
    Duration firstRetry,
    Duration longestRetry,
    int attempts,
    Duration giveUpAfter,
    Duration breakerOpen) {

  public static final DeliveryPolicy DEFAULT =
      new DeliveryPolicy(
          4,
          200,
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          12,
          Duration.ofDays(3),
          Duration.ofSeconds(10));

  private static final int LARGEST_EXPONENT = 30;
  private static final double JITTER = 0.2;

  /**
   * How long to wait after an attempt that failed.
   *
   * @param attempt 1 for the first
   * @param chance from 0 to 1, so that what failed together is not tried together
   */
  Duration backOff(int attempt, double chance) {
    double doubled = firstRetry.toMillis() * Math.pow(2, Math.min(attempt - 1, LARGEST_EXPONENT));
    double bounded = Math.min(doubled, longestRetry.toMillis());
    return Duration.ofMillis(Math.round(bounded * (1 - JITTER * chance)));
  }
}

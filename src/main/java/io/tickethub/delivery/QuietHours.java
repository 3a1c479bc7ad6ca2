package io.tickethub.delivery;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Hours of the day in which a system is told nothing; from 22:00 to 08:00 goes over midnight. None
 * if both are the same.
 *
 * @param to the first minute after them
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {

  /** When they end, if it is one of them now. */
  public Optional<Instant> endAfter(Instant now) {
    ZonedDateTime local = now.atZone(zone);
    LocalTime time = local.toLocalTime();
    boolean afterFrom = !time.isBefore(from);
    boolean beforeTo = time.isBefore(to);
    boolean overMidnight = to.isBefore(from);
    if (overMidnight ? !afterFrom && !beforeTo : !afterFrom || !beforeTo) {
      return Optional.empty();
    }
    boolean tomorrow = overMidnight && afterFrom;
    return Optional.of(
        local.toLocalDate().plusDays(tomorrow ? 1 : 0).atTime(to).atZone(zone).toInstant());
  }
}

package io.tickethub.connector.folder;

import io.tickethub.delivery.QuietHours;
import io.tickethub.mapping.MappingException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * When a connector's system is told nothing.
 *
 * @param unless what is told it all the same, by an outbound mapping's input
 */
public record QuietTime(QuietHours hours, Predicate<Object> unless) {

  /** When something may be told; empty if at once. What cannot be judged waits. */
  public Optional<Instant> notBefore(Instant now, Supplier<Map<String, Object>> input) {
    return hours.endAfter(now).filter(end -> !isUrgent(input));
  }

  private boolean isUrgent(Supplier<Map<String, Object>> input) {
    try {
      return unless.test(input.get());
    } catch (MappingException e) {
      return false;
    }
  }
}

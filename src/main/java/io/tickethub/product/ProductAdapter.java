package io.tickethub.product;

import io.tickethub.ticket.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One product class. Most are folders (see {@link ProductFolder}); a Java implementation is found
 * by {@code ServiceLoader}.
 */
public interface ProductAdapter {

  /** The code tickets carry as {@code productClass}. */
  String code();

  /** The title by language: {@code en}, {@code zh}. */
  Map<String, String> titles();

  /** What is wrong with the identifiers of a report; empty if it can be taken. */
  List<Problem> check(Map<String, Object> attributes);

  /** The connector whose system repairs faults of this product; empty if the fault system does. */
  default Optional<String> responsible() {
    return Optional.empty();
  }

  /**
   * Connectors whose systems must know of every ticket of this class, beside those the routing
   * rules name.
   */
  default Set<String> mustKnow() {
    return Set.of();
  }

  /**
   * How long a repair may take, in elapsed time from the report; empty for no limit. {@code
   * serviceLevel} may be null.
   */
  default Optional<Duration> repairLimit(String serviceLevel) {
    return Optional.empty();
  }

  /**
   * How attributes are masked for people without the right to see them, by attribute: see the
   * privacy package's kinds.
   */
  default Map<String, String> masking() {
    return Map.of();
  }
}

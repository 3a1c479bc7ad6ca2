package io.tickethub.assessment;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a figure came to.
 *
 * @param value tickets, a share between 0 and 1, or seconds; null if it cannot be told
 * @param samples how many samples it was made of
 * @param reason why it cannot be told; null if it can
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Measured(Double value, int samples, String reason) {

  static final String NO_SAMPLES = "there was nothing to tell it from in this month";

  static Measured of(Aggregate aggregate, double[] samples) {
    Double value = aggregate.of(samples);
    return new Measured(value, samples.length, value == null ? NO_SAMPLES : null);
  }

  static Measured untold(String reason) {
    return new Measured(null, 0, reason);
  }
}

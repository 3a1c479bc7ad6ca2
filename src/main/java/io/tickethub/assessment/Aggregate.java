package io.tickethub.assessment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What is made of the samples of many tickets. */
public enum Aggregate {
  /** Of all samples; 0 of none. */
  SUM,
  /** The mean of samples that are 0 or 1. */
  SHARE,
  /** The nearest rank: half of the samples are not above it. */
  P50,
  /** The nearest rank: nine of ten samples are not above it. */
  P90;

  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Null where there are no samples to tell it from. */
  Double of(double[] samples) {
    if (this == SUM) {
      return Arrays.stream(samples).sum();
    }
    if (samples.length == 0) {
      return null;
    }
    return switch (this) {
      case SHARE -> Arrays.stream(samples).sum() / samples.length;
      case P50 -> rank(samples, 50);
      default -> rank(samples, 90);
    };
  }

  private static double rank(double[] samples, int percent) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    long position = ((long) percent * sorted.length + 99) / 100;
    return sorted[(int) Math.max(1, position) - 1];
  }
}

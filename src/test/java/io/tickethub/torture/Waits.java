package io.tickethub.torture;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How long it takes from saying something to its effect at each system, by the phase in which it
 * was said. Thread-safe.
 */
final class Waits {

  private static final long LONGEST_MICROSECONDS = TimeUnit.HOURS.toMicros(1);

  private final Map<String, Said> said = new ConcurrentHashMap<>();
  private final Map<Heard, Histogram> histograms = new ConcurrentHashMap<>();
  private volatile String phase = "";

  private record Said(String phase, long nanoTime) {}

  private record Heard(String system, String phase) {}

  /** What is said from now on counts for this phase. */
  void phase(String name) {
    phase = name;
  }

  /** It is being said; {@code note} is unique. */
  void said(String note) {
    said.put(note, new Said(phase, System.nanoTime()));
  }

  /** It took effect. */
  void heard(String system, String note, long nanoTime) {
    Said begin = said.get(note);
    if (begin != null) {
      long microseconds = TimeUnit.NANOSECONDS.toMicros(nanoTime - begin.nanoTime());
      histograms
          .computeIfAbsent(
              new Heard(system, begin.phase()),
              any -> new ConcurrentHistogram(LONGEST_MICROSECONDS, 3))
          .recordValue(Math.min(LONGEST_MICROSECONDS, microseconds));
    }
  }

  /** Milliseconds; not a number if nothing was heard. */
  double p99(String system, String phase) {
    Histogram histogram = histograms.get(new Heard(system, phase));
    return histogram == null ? Double.NaN : histogram.getValueAtPercentile(99) / 1000.0;
  }
}

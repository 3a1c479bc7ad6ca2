package io.tickethub.connector.camel;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts and times what a channel hands to the hub, messages or whole files, by what its sender was
 * told: {@code received}, {@code refused} (or a part of the file was) or {@code unavailable}, that
 * it has to keep it.
 */
final class ReceiptMeters {

  private static final String UNAVAILABLE = "unavailable";

  private static final Duration[] LIMITS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30)
  };

  private final MeterRegistry meters;
  private final String connector;
  private final String channel;
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  ReceiptMeters(MeterRegistry meters, String connector, String channel) {
    this.meters = meters;
    this.connector = connector;
    this.channel = channel;
  }

  /** {@code outcome} null if its sender was told nothing. */
  void record(String outcome, long nanoseconds) {
    String known = outcome == null ? UNAVAILABLE : outcome;
    Timer timer = timers.get(known);
    if (timer == null) {
      timer = timers.computeIfAbsent(known, this::timer);
    }
    timer.record(nanoseconds, TimeUnit.NANOSECONDS);
  }

  private Timer timer(String outcome) {
    return Timer.builder("hub.receipts")
        .description("What channels handed to the hub, by what the sender was told")
        .tag("connector", connector)
        .tag("channel", channel)
        .tag("outcome", outcome)
        .serviceLevelObjectives(LIMITS)
        .register(meters);
  }
}

package io.tickethub.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tickethub.ticket.FailureKind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts and times attempts to tell one system something, by channel and outcome: what became of an
 * attempt, {@code taken} or the kind of its failure.
 */
public final class DeliveryMeters {

  /** The timer of attempts; its tags are connector, channel and outcome. */
  public static final String ATTEMPTS = "hub.delivery.attempts";

  /** The outcome of an attempt that succeeded. */
  public static final String TAKEN = "taken";

  private static final Duration[] LIMITS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private final String connector;
  private final MeterRegistry meters;
  private final Map<String, Timer> taken = new ConcurrentHashMap<>();

  DeliveryMeters(String connector, MeterRegistry meters) {
    this.connector = connector;
    this.meters = meters;
  }

  void taken(String channel, Duration duration) {
    Timer timer = taken.get(channel);
    if (timer == null) {
      timer = taken.computeIfAbsent(channel, name -> timer(name, TAKEN));
    }
    timer.record(duration);
  }

  void failed(String channel, FailureKind kind, Duration duration) {
    timer(channel, kind.code()).record(duration);
  }

  private Timer timer(String channel, String outcome) {
    return Timer.builder(ATTEMPTS)
        .description("Attempts to tell a system something, by what became of them")
        .tag("connector", connector)
        .tag("channel", channel)
        .tag("outcome", outcome)
        .serviceLevelObjectives(LIMITS)
        .register(meters);
  }
}

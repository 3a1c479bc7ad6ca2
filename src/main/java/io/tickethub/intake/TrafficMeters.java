package io.tickethub.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tickethub.journal.Arrival;
import java.util.HashMap;
import java.util.Map;

/** Counts what became of messages, by connector, channel and outcome. */
final class TrafficMeters {

  private final MeterRegistry meters;

  TrafficMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Whose message came to what. */
  record Key(String connector, String channel, String outcome) {}

  static Map<Key, Long> count(Batch batch) {
    Map<Key, Long> counts = new HashMap<>();
    for (Arrival entry : batch.journal) {
      counts.merge(
          new Key(entry.connector(), entry.channel(), entry.status().text()), 1L, Long::sum);
    }
    batch.duplicates.forEach(
        (key, times) ->
            counts.merge(
                new Key(key.connector(), key.channel(), "duplicate"), (long) times, Long::sum));
    return counts;
  }

  void record(Map<Key, Long> counts) {
    counts.forEach(
        (key, count) ->
            Counter.builder("hub.messages")
                .description("Messages received, by what became of them")
                .tag("connector", key.connector())
                .tag("channel", key.channel())
                .tag("outcome", key.outcome())
                .register(meters)
                .increment(count));
  }
}

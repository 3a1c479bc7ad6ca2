package io.tickethub.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tickethub.delivery.DeliveryMeters;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Attempts to tell systems something that failed in the last five minutes, on this node. */
@Component
public class RecentFailures {

  private static final Duration STEP = Duration.ofSeconds(10);
  private static final int KEPT = 30;

  private final MeterRegistry meters;
  private final Deque<Map<String, Long>> samples = new ArrayDeque<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "recent-failures");
            thread.setDaemon(true);
            return thread;
          });

  RecentFailures(MeterRegistry meters) {
    this.meters = meters;
    samples.addLast(Map.of());
    timer.scheduleWithFixedDelay(
        this::sample, STEP.toMillis(), STEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void sample() {
    samples.addLast(totals());
    if (samples.size() > KEPT) {
      samples.removeFirst();
    }
  }

  /** By connector; one without failures is left out. */
  public synchronized Map<String, Long> byConnector() {
    Map<String, Long> before = samples.getFirst();
    Map<String, Long> recent = new HashMap<>();
    totals()
        .forEach(
            (connector, total) -> {
              long fresh = total - before.getOrDefault(connector, 0L);
              if (fresh > 0) {
                recent.put(connector, fresh);
              }
            });
    return recent;
  }

  private Map<String, Long> totals() {
    Map<String, Long> totals = new HashMap<>();
    for (Timer attempts : meters.find(DeliveryMeters.ATTEMPTS).timers()) {
      if (!DeliveryMeters.TAKEN.equals(attempts.getId().getTag("outcome"))) {
        totals.merge(attempts.getId().getTag("connector"), attempts.count(), Long::sum);
      }
    }
    return totals;
  }

  @PreDestroy
  void close() {
    timer.shutdownNow();
  }
}

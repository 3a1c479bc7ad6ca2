package io.tickethub.intake;

import io.tickethub.alert.AlertKind;
import io.tickethub.alert.Alerts;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells a person when what comes in cannot be kept, and when it can be again. Thread-safe. */
final class IntakeWatch implements AutoCloseable {

  private static final Duration LONGEST_WRITE = Duration.ofSeconds(5);

  private final Map<Object, Long> begun = new ConcurrentHashMap<>();
  private final Alerts alerts;
  private final String node;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "intake-watch");
            thread.setDaemon(true);
            return thread;
          });

  /** {@code node} is the alerts' subject. */
  IntakeWatch(Alerts alerts, String node) {
    this.alerts = alerts;
    this.node = node;
    timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  /** A writer begins to write. */
  void begins(Object writer) {
    begun.put(writer, System.nanoTime());
  }

  /** What it wrote is on disk. */
  void kept(Object writer) {
    begun.remove(writer);
    alerts.close(AlertKind.INTAKE_REFUSES, node, "messages are kept again");
  }

  /** What it was to write is not, and was refused. */
  void refused(Object writer, Exception cause) {
    begun.remove(writer);
    open(String.valueOf(cause.getMessage()));
  }

  private void look() {
    long limit = System.nanoTime() - LONGEST_WRITE.toNanos();
    if (begun.values().stream().anyMatch(since -> since < limit)) {
      open("the broker has taken nothing for %d s".formatted(LONGEST_WRITE.toSeconds()));
    }
  }

  private void open(String cause) {
    alerts.open(
        AlertKind.INTAKE_REFUSES, node, "senders are told to keep their messages: " + cause);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

package io.tickethub.intake;

import io.tickethub.alert.AlertKind;
import io.tickethub.alert.Alerts;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a person when what comes in cannot be kept, and when it can be again. Thread-safe. */
final class IntakeWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IntakeWatch.class);
  private static final Duration LONGEST_WRITE = Duration.ofSeconds(5);

  /** A broker that answers may still keep nothing: whoever refused takes the next message then. */
  private static final Duration REST = Duration.ofSeconds(3);

  private final Map<Object, Long> begun = new ConcurrentHashMap<>();
  private final Alerts alerts;
  private final String node;
  private final Probe probe;
  private final ScheduledExecutorService timer = executor("intake-watch");

  /** May hang as long as the broker does. */
  private final ScheduledExecutorService prober = executor("intake-probe");

  private volatile boolean able = true;
  private volatile long refusedAt;

  /** Fails if the broker does not answer. */
  interface Probe {
    void run() throws JMSException;
  }

  /** {@code node} is the alerts' subject. */
  IntakeWatch(Alerts alerts, String node, Probe probe) {
    this.alerts = alerts;
    this.node = node;
    this.probe = probe;
    timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    prober.scheduleWithFixedDelay(this::probe, 1, 1, TimeUnit.SECONDS);
  }

  private static ScheduledExecutorService executor(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Whether messages can be kept, as far as is known. */
  boolean isAble() {
    return able;
  }

  /** The broker is gone; whether it is back is looked for even if nobody sends. */
  void lost() {
    able = false;
  }

  private void probe() {
    if (able || !begun.isEmpty() || System.nanoTime() - refusedAt < REST.toNanos()) {
      return;
    }
    try {
      probe.run();
      able = true;
    } catch (JMSException | RuntimeException e) {
      LOG.debug("the broker does not answer yet: {}", e.getMessage());
    }
  }

  /** A writer begins to write. */
  void begins(Object writer) {
    begun.put(writer, System.nanoTime());
  }

  /** What it wrote is on disk. */
  void kept(Object writer) {
    begun.remove(writer);
    able = true;
    alerts.close(AlertKind.INTAKE_REFUSES, node, "messages are kept again");
  }

  /** What it was to write is not, and was refused. */
  void refused(Object writer, Exception cause) {
    begun.remove(writer);
    refusedAt = System.nanoTime();
    open(String.valueOf(cause.getMessage()));
  }

  private void look() {
    long limit = System.nanoTime() - LONGEST_WRITE.toNanos();
    if (begun.values().stream().anyMatch(since -> since < limit)) {
      open("the broker has taken nothing for %d s".formatted(LONGEST_WRITE.toSeconds()));
    }
  }

  private void open(String cause) {
    able = false;
    alerts.open(
        AlertKind.INTAKE_REFUSES, node, "senders are told to keep their messages: " + cause);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    prober.shutdownNow();
  }
}

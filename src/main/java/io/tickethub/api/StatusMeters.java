package io.tickethub.api;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.tickethub.alert.AlertKind;
import io.tickethub.alert.Alerts;
import io.tickethub.api.HubStatus.Line;
import io.tickethub.api.HubStatus.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * What waits in the hub and how it stands, as gauges. The database is asked now and then, never by
 * who reads the gauges; while it does not answer, those that come from it are not there. Every node
 * of a cluster tells the same of the database.
 */
@Component
final class StatusMeters implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(StatusMeters.class);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final HubStatus status;
  private final List<Gauges> gauges;
  private ScheduledExecutorService sampler;

  StatusMeters(HubStatus status, Alerts alerts, MeterRegistry meters) {
    this.status = status;
    this.gauges =
        List.of(
            new Gauges(
                gauge(meters, "hub.tickets", "Tickets by state"),
                snapshot -> rows("state", snapshot.tickets())),
            new Gauges(
                gauge(meters, "hub.time.limits", "Time limits of open tickets by standing"),
                snapshot -> rows("standing", snapshot.clocks())),
            new Gauges(
                gauge(meters, "hub.messages.waiting", "Messages whose ticket nobody knows yet"),
                snapshot -> List.of(Row.of(Tags.empty(), snapshot.waitingMessages()))),
            new Gauges(
                gauge(meters, "hub.dead.letters.open", "Dead letters that wait for a person"),
                snapshot -> List.of(Row.of(Tags.empty(), snapshot.openDeadLetters()))),
            connectors(
                meters,
                "hub.deliveries.waiting",
                "Deliveries that wait to be told or are being told",
                line -> line.waiting()),
            connectors(
                meters,
                "hub.connector.running",
                "1 if the connector runs",
                line -> line.state().equals("running") ? 1 : 0),
            connectors(
                meters,
                "hub.connector.paused",
                "1 if a person or refused credentials paused the connector",
                line -> line.paused() == null ? 0 : 1),
            connectors(
                meters,
                "hub.connector.breaker.open",
                "1 if the system takes nothing and is not asked",
                line -> "open".equals(line.breaker()) ? 1 : 0),
            new Gauges(
                MultiGauge.builder("hub.deliveries.oldest.age")
                    .description("Since when the oldest delivery waits")
                    .baseUnit("seconds")
                    .register(meters),
                snapshot -> rows(snapshot, line -> age(line.oldest(), snapshot.at()))));
    Arrays.stream(AlertKind.values()).forEach(kind -> count(kind, alerts, meters));
  }

  /** Something of a snapshot, as gauges. */
  private record Gauges(MultiGauge gauge, Function<Snapshot, List<Row<?>>> rows) {
    private void show(Snapshot snapshot) {
      gauge.register(rows.apply(snapshot), true);
    }

    private void hide() {
      gauge.register(List.of(), true);
    }
  }

  private static MultiGauge gauge(MeterRegistry meters, String name, String description) {
    return MultiGauge.builder(name).description(description).register(meters);
  }

  private static Gauges connectors(
      MeterRegistry meters, String name, String description, ToDoubleFunction<Line> value) {
    return new Gauges(gauge(meters, name, description), snapshot -> rows(snapshot, value));
  }

  /** What the operator left out is nobody's trouble. */
  private static List<Row<?>> rows(Snapshot snapshot, ToDoubleFunction<Line> value) {
    return snapshot.connectors().stream()
        .filter(line -> !line.state().equals("disabled"))
        .<Row<?>>map(line -> Row.of(Tags.of("connector", line.name()), value.applyAsDouble(line)))
        .toList();
  }

  private static List<Row<?>> rows(String tag, Map<String, Long> numbers) {
    return numbers.entrySet().stream()
        .<Row<?>>map(entry -> Row.of(Tags.of(tag, entry.getKey()), entry.getValue()))
        .toList();
  }

  private static double age(Instant oldest, Instant now) {
    return oldest == null ? 0 : Math.max(0, Duration.between(oldest, now).toMillis() / 1000.0);
  }

  private static void count(AlertKind kind, Alerts alerts, MeterRegistry meters) {
    Gauge.builder(
            "hub.alerts.open",
            () -> alerts.open().stream().filter(alert -> alert.kind() == kind).count())
        .description("Alerts that are open")
        .tag("kind", kind.text())
        .register(meters);
  }

  private void sample() {
    try {
      Snapshot snapshot = status.snapshot();
      gauges.forEach(each -> each.show(snapshot));
    } catch (DataAccessException e) {
      LOG.debug("the gauges have to wait for the database: {}", e.getMessage());
      gauges.forEach(Gauges::hide);
    } catch (RuntimeException e) {
      LOG.error("the gauges cannot be brought up to date, trying again", e);
      gauges.forEach(Gauges::hide);
    }
  }

  @Override
  public void start() {
    sampler = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "status-meters"));
    sampler.scheduleWithFixedDelay(this::sample, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    sampler.shutdownNow();
    try {
      sampler.awaitTermination(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return sampler != null && !sampler.isShutdown();
  }
}

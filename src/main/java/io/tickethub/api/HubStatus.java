package io.tickethub.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tickethub.alert.Alerts;
import io.tickethub.connector.ConnectorStatus;
import io.tickethub.connector.Connectors;
import io.tickethub.connector.RouteOperations;
import io.tickethub.connector.RouteOperations.RouteView;
import io.tickethub.connector.camel.RouteState;
import io.tickethub.delivery.ConnectorControls;
import io.tickethub.delivery.ConnectorControls.Pause;
import io.tickethub.delivery.DeadLetters;
import io.tickethub.delivery.DeliveryLog;
import io.tickethub.delivery.DeliveryLog.Backlog;
import io.tickethub.delivery.DeliveryMeters;
import io.tickethub.delivery.Dispatchers;
import io.tickethub.delivery.OutletHealth;
import io.tickethub.export.Exports;
import io.tickethub.journal.NodeName;
import io.tickethub.journal.TicketStore;
import io.tickethub.journal.TicketTimers;
import io.tickethub.journal.WaitingMessages;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** What flows through the hub and what does not, in numbers. */
@Component
public class HubStatus {

  private final NodeName node;
  private final Connectors connectors;
  private final RouteOperations routes;
  private final ConnectorControls controls;
  private final Dispatchers dispatchers;
  private final DeliveryLog deliveries;
  private final DeadLetters deadLetters;
  private final TicketStore tickets;
  private final TicketTimers timers;
  private final WaitingMessages waiting;
  private final Exports exports;
  private final MeterRegistry meters;
  private final Alerts alerts;
  private final Clock clock;

  HubStatus(
      NodeName node,
      Connectors connectors,
      RouteOperations routes,
      ConnectorControls controls,
      Dispatchers dispatchers,
      DeliveryLog deliveries,
      DeadLetters deadLetters,
      TicketStore tickets,
      TicketTimers timers,
      WaitingMessages waiting,
      Exports exports,
      MeterRegistry meters,
      Alerts alerts,
      Clock clock) {
    this.node = node;
    this.connectors = connectors;
    this.routes = routes;
    this.controls = controls;
    this.dispatchers = dispatchers;
    this.deliveries = deliveries;
    this.deadLetters = deadLetters;
    this.tickets = tickets;
    this.timers = timers;
    this.waiting = waiting;
    this.exports = exports;
    this.meters = meters;
    this.alerts = alerts;
    this.clock = clock;
  }

  /**
   * The hub at one moment. Counts of messages and deliveries begin with the start of this node.
   *
   * @param tickets state → how many
   * @param clocks limits of open tickets: warned, breached → how many
   * @param waitingMessages messages about tickets nobody knows yet
   */
  public record Snapshot(
      String node,
      Instant at,
      Map<String, Long> tickets,
      long waitingMessages,
      long openDeadLetters,
      int openAlerts,
      Map<String, Long> clocks,
      List<Line> connectors) {}

  /**
   * One connector.
   *
   * @param received messages from the system
   * @param refused those of them that were rejected
   * @param delivered what the system took
   * @param failures attempts that failed
   * @param waiting what waits to be told
   * @param oldest since when; null if nothing waits
   * @param deadLetters open ones of its messages and deliveries
   * @param meanMilliseconds of a delivery the system took
   * @param lastFile the export it took last; null if it gets none, or took none yet
   * @param stopped its routes that do not simply run, and who wanted that
   */
  public record Line(
      String name,
      Map<String, String> titles,
      String state,
      String cause,
      String paused,
      String breaker,
      String lastFailure,
      long received,
      long refused,
      long delivered,
      long failures,
      long waiting,
      Instant oldest,
      long deadLetters,
      double meanMilliseconds,
      Exports.Taken lastFile,
      List<RouteView> stopped) {}

  /** The tickets first: whatever led to their states is then in the backlog, or was told. */
  public Snapshot snapshot() {
    Map<String, Long> tally = tickets.tally();
    Map<String, Backlog> backlog = deliveries.backlog();
    Map<String, Long> dead = deadLetters.openByConnector();
    Map<String, Exports.Taken> files = exports.lastTaken();
    return new Snapshot(
        node.value(),
        clock.instant(),
        tally,
        waiting.count(),
        dead.values().stream().mapToLong(Long::longValue).sum(),
        alerts.open().size(),
        timers.troubled(),
        connectors.statuses().stream()
            .map(status -> line(status, backlog, dead, files.get(status.name())))
            .toList());
  }

  private Line line(
      ConnectorStatus status,
      Map<String, Backlog> backlogs,
      Map<String, Long> dead,
      Exports.Taken lastFile) {
    String name = status.name();
    Backlog backlog = backlogs.getOrDefault(name, new Backlog(0, null));
    Optional<OutletHealth> health = dispatchers.health(name);
    List<Timer> attempts =
        List.copyOf(meters.find(DeliveryMeters.ATTEMPTS).tag("connector", name).timers());
    List<Timer> taken =
        attempts.stream()
            .filter(timer -> DeliveryMeters.TAKEN.equals(timer.getId().getTag("outcome")))
            .toList();
    long delivered = taken.stream().mapToLong(Timer::count).sum();
    return new Line(
        name,
        status.titles(),
        status.state().text(),
        status.cause(),
        controls.pause(name).map(Pause::reason).orElse(null),
        health.map(OutletHealth::breakerState).orElse(null),
        health.map(OutletHealth::lastFailure).orElse(null),
        messages(name, null),
        messages(name, "rejected"),
        delivered,
        attempts.stream().mapToLong(Timer::count).sum() - delivered,
        backlog.waiting(),
        backlog.oldest(),
        dead.getOrDefault(name, 0L),
        delivered == 0
            ? 0
            : taken.stream().mapToDouble(timer -> timer.totalTime(TimeUnit.MILLISECONDS)).sum()
                / delivered,
        lastFile,
        routes.list(name).stream().filter(route -> route.state() != RouteState.STARTED).toList());
  }

  private long messages(String connector, String outcome) {
    var search = meters.find("hub.messages").tag("connector", connector);
    return count((outcome == null ? search : search.tag("outcome", outcome)).counters());
  }

  private static long count(Collection<Counter> counters) {
    return Math.round(counters.stream().mapToDouble(Counter::count).sum());
  }
}

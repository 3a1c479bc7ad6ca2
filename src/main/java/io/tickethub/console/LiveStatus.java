package io.tickethub.console;

import io.tickethub.alert.Alert;
import io.tickethub.alert.AlertKind;
import io.tickethub.alert.Alerts;
import io.tickethub.api.HubStatus;
import io.tickethub.api.HubStatus.Line;
import io.tickethub.api.HubStatus.Snapshot;
import io.tickethub.connector.camel.RouteState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * The hub's numbers with what changed in them, for all who look: they are counted at most once in
 * two seconds, and not at all while nobody looks.
 */
@Component
public class LiveStatus {

  private static final Duration FRESH = Duration.ofMillis(1800);
  private static final Duration SLOW = Duration.ofMinutes(1);
  private static final int KEPT = 60;

  private final HubStatus status;
  private final Alerts alerts;
  private final Clock clock;
  private final Deque<Snapshot> history = new ArrayDeque<>();
  private Overview last;

  LiveStatus(HubStatus status, Alerts alerts, Clock clock) {
    this.status = status;
    this.alerts = alerts;
    this.clock = clock;
  }

  /** How a system's line is, worst first. */
  public enum Health {
    DOWN,
    FAILED,
    STOPPED,
    PAUSED,
    SLOW,
    SILENT,
    WARNING,
    OFF,
    GOOD;

    /** As styles and texts call it. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A system's line.
   *
   * @param in messages a second from it
   * @param out deliveries a second it takes
   * @param failing attempts a second that fail
   * @param spark what went in and out lately, as points of a line 100 wide and 20 high
   */
  public record LiveLine(
      Line line, Health health, String why, double in, double out, double failing, String spark) {}

  /** The hub at one moment. */
  public record Overview(
      Snapshot snapshot, double in, double out, long waiting, List<LiveLine> lines) {}

  synchronized Overview overview() {
    Instant now = clock.instant();
    if (last == null || last.snapshot().at().plus(FRESH).isBefore(now)) {
      Snapshot fresh = status.snapshot();
      Snapshot before = history.peekLast();
      history.addLast(fresh);
      if (history.size() > KEPT) {
        history.removeFirst();
      }
      last = overview(fresh, before);
    }
    return last;
  }

  /** Something was done: the next look counts anew. */
  synchronized void changed() {
    last = null;
  }

  private Overview overview(Snapshot now, Snapshot before) {
    Map<String, Line> earlier = byName(before);
    double seconds =
        before == null
            ? 1
            : Math.max(0.5, Duration.between(before.at(), now.at()).toMillis() / 1000.0);
    List<Alert> open = alerts.open();
    List<LiveLine> lines =
        now.connectors().stream()
            .map(line -> live(line, earlier.get(line.name()), seconds, open, now.at()))
            .toList();
    return new Overview(
        now,
        lines.stream().mapToDouble(LiveLine::in).sum(),
        lines.stream().mapToDouble(LiveLine::out).sum(),
        lines.stream().mapToLong(line -> line.line().waiting()).sum(),
        lines);
  }

  private static Map<String, Line> byName(Snapshot snapshot) {
    return snapshot == null
        ? Map.of()
        : snapshot.connectors().stream()
            .collect(Collectors.toMap(Line::name, Function.identity(), (one, other) -> one));
  }

  private LiveLine live(Line line, Line before, double seconds, List<Alert> open, Instant at) {
    Alert silent =
        open.stream()
            .filter(alert -> alert.kind() == AlertKind.CHANNEL_SILENT)
            .filter(alert -> alert.subject().startsWith(line.name() + "/"))
            .findFirst()
            .orElse(null);
    Health health = health(line, silent, at);
    return new LiveLine(
        line,
        health,
        why(line, health, silent),
        rate(line, before, seconds, Line::received),
        rate(line, before, seconds, Line::delivered),
        rate(line, before, seconds, Line::failures),
        spark(line.name()));
  }

  private static Health health(Line line, Alert silent, Instant at) {
    if (line.state().equals("failed")) {
      return Health.FAILED;
    }
    if (!line.state().equals("running")) {
      return Health.OFF;
    }
    if (line.paused() != null) {
      return Health.PAUSED;
    }
    if (line.breaker() != null && !line.breaker().equals("closed")) {
      return Health.DOWN;
    }
    if (line.stopped().stream().anyMatch(route -> route.state() != RouteState.PAUSED)) {
      return Health.STOPPED;
    }
    if (!line.stopped().isEmpty()) {
      return Health.PAUSED;
    }
    if (line.oldest() != null && line.oldest().plus(SLOW).isBefore(at)) {
      return Health.SLOW;
    }
    return silent != null ? Health.SILENT : line.cause() != null ? Health.WARNING : Health.GOOD;
  }

  private static String why(Line line, Health health, Alert silent) {
    return switch (health) {
      case DOWN -> line.lastFailure();
      case STOPPED -> stopped(line);
      case PAUSED -> line.paused() == null ? stopped(line) : line.paused();
      case SILENT -> silent.cause();
      case SLOW -> line.lastFailure();
      case GOOD -> null;
      default -> line.cause();
    };
  }

  /** Which routes, by whom and why. */
  private static String stopped(Line line) {
    return line.stopped().stream()
        .map(
            route ->
                "%s: %s, %s: %s"
                    .formatted(route.route(), route.state().text(), route.by(), route.reason()))
        .collect(Collectors.joining("; "));
  }

  private static double rate(Line now, Line before, double seconds, ToLongFunction<Line> count) {
    return before == null
        ? 0
        : Math.max(0, (count.applyAsLong(now) - count.applyAsLong(before)) / seconds);
  }

  private String spark(String name) {
    List<Long> totals =
        history.stream()
            .map(snapshot -> byName(snapshot).get(name))
            .map(line -> line == null ? 0L : line.received() + line.delivered())
            .toList();
    if (totals.size() < 3) {
      return "";
    }
    long most = 1;
    for (int at = 1; at < totals.size(); at++) {
      most = Math.max(most, totals.get(at) - totals.get(at - 1));
    }
    StringBuilder points = new StringBuilder();
    for (int at = 1; at < totals.size(); at++) {
      double x = 100.0 * (at - 1) / (totals.size() - 2);
      double y = 19 - 18.0 * Math.max(0, totals.get(at) - totals.get(at - 1)) / most;
      points.append(String.format(java.util.Locale.ROOT, "%.1f,%.1f ", x, y));
    }
    return points.toString().strip();
  }
}

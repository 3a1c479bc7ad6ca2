package io.tickethub.delivery;

import io.tickethub.alert.AlertKind;
import io.tickethub.alert.Alerts;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which connectors are paused: nothing is told to their systems until somebody resumes them. */
public final class ConnectorControls {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectorControls.class);

  private final JdbcTemplate jdbc;
  private final Alerts alerts;
  private final Clock clock;
  private volatile Map<String, Pause> paused = Map.of();

  public ConnectorControls(JdbcTemplate jdbc, Alerts alerts, Clock clock) {
    this.jdbc = jdbc;
    this.alerts = alerts;
    this.clock = clock;
  }

  /** Why, by whom and since when a connector is paused. */
  public record Pause(String connector, String reason, String by, Instant since) {}

  public void pause(String connector, String reason, String by) {
    set(connector, true, reason, by);
    LOG.warn("connector {} is paused by {}: {}", connector, by, reason);
  }

  public void resume(String connector, String reason, String by) {
    set(connector, false, reason, by);
    LOG.info("connector {} is resumed by {}", connector, by);
    alerts.close(AlertKind.CREDENTIALS_REFUSED, connector, "resumed by " + by);
  }

  private void set(String connector, boolean pause, String reason, String by) {
    jdbc.update(
        """
        insert into connector_control (connector, paused, reason, changed_by, changed_at)
        values (?, ?, ?, ?, ?)
        on conflict (connector) do update set paused = excluded.paused, reason = excluded.reason,
          changed_by = excluded.changed_by, changed_at = excluded.changed_at
        """,
        connector,
        pause,
        reason,
        by,
        Timestamp.from(clock.instant()));
    refresh();
  }

  /** Reads what other nodes and earlier runs decided. */
  void refresh() {
    List<Pause> pauses =
        jdbc.query(
            "select connector, reason, changed_by, changed_at from connector_control where paused",
            (row, number) ->
                new Pause(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getTimestamp(4).toInstant()));
    Map<String, Pause> fresh = new ConcurrentHashMap<>();
    pauses.forEach(pause -> fresh.put(pause.connector(), pause));
    paused = fresh;
  }

  /** As of the last refresh, at most a second ago. */
  public Optional<Pause> pause(String connector) {
    return Optional.ofNullable(paused.get(connector));
  }
}

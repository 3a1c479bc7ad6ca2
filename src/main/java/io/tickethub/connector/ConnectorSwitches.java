package io.tickethub.connector;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which connectors a person has switched off: kept over restarts, the same on every node. */
final class ConnectorSwitches {

  private final JdbcTemplate jdbc;
  private final Clock clock;
  private volatile Map<String, Off> off = Map.of();

  ConnectorSwitches(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Why, by whom and since when. */
  record Off(String reason, String by, Instant since) {}

  void refresh() {
    Map<String, Off> fresh = new ConcurrentHashMap<>();
    jdbc.query(
        "select connector, reason, ordered_by, ordered_at from connector_off",
        row -> {
          fresh.put(
              row.getString(1),
              new Off(row.getString(2), row.getString(3), row.getTimestamp(4).toInstant()));
        });
    off = fresh;
  }

  Optional<Off> off(String connector) {
    return Optional.ofNullable(off.get(connector));
  }

  void switchOff(String connector, String reason, String by) {
    jdbc.update(
        """
        insert into connector_off (connector, reason, ordered_by, ordered_at) values (?, ?, ?, ?)
        on conflict (connector) do update set reason = excluded.reason,
          ordered_by = excluded.ordered_by, ordered_at = excluded.ordered_at
        """,
        connector,
        reason,
        by,
        Timestamp.from(clock.instant()));
    refresh();
  }

  void switchOn(String connector) {
    jdbc.update("delete from connector_off where connector = ?", connector);
    refresh();
  }
}

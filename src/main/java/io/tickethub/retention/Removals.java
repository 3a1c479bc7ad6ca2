package io.tickethub.retention;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** What went, and when: a row for each day and kind. */
final class Removals {

  private final JdbcTemplate jdbc;
  private final Clock clock;

  Removals(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * What went of one kind.
   *
   * @param lastDay how many on the last day on which any did
   * @param at when the last of them did
   */
  record Removed(long total, long lastDay, Instant at) {}

  void add(String what, long rows) {
    Instant now = clock.instant();
    jdbc.update(
        """
        insert into retention_removal (day, what, removed, removed_at) values (?, ?, ?, ?)
        on conflict (day, what) do update set removed = retention_removal.removed + excluded.removed,
          removed_at = excluded.removed_at
        """,
        Date.valueOf(now.atZone(ZoneOffset.UTC).toLocalDate()),
        what,
        rows,
        Timestamp.from(now));
  }

  /** By kind; kinds of which nothing ever went are left out. */
  Map<String, Removed> byKind() {
    Map<String, Removed> removed = new TreeMap<>();
    jdbc.query(
        """
        select what, sum(removed)::bigint, (array_agg(removed order by day desc))[1], max(removed_at)
        from retention_removal group by what
        """,
        row -> {
          removed.put(
              row.getString(1),
              new Removed(row.getLong(2), row.getLong(3), row.getTimestamp(4).toInstant()));
        });
    return removed;
  }
}

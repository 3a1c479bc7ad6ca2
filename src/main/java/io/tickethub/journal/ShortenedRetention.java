package io.tickethub.journal;

import java.sql.Date;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A connector whose bodies are to be kept shorter than before: those it has go to an earlier day, a
 * page at a time. Bodies that are to be kept longer than before are those that come from then on.
 */
final class ShortenedRetention {

  private static final int MOST = 500;

  private final JdbcTemplate jdbc;
  private final BodyRetention retention;
  private final ZoneId zone;
  private final Clock clock;

  ShortenedRetention(JdbcTemplate jdbc, BodyRetention retention, ZoneId zone, Clock clock) {
    this.jdbc = jdbc;
    this.retention = retention;
    this.zone = zone;
    this.clock = clock;
  }

  /**
   * What was carried out for a connector.
   *
   * @param days as all of its bodies are kept
   * @param walkedTo up to which message a shorter one is; null if none is under way
   */
  private record Carried(int days, Long walkedTo) {}

  /** False if there is nothing to do. */
  boolean step() {
    for (Map.Entry<String, Integer> connector : retention.running().entrySet()) {
      if (step(connector.getKey(), connector.getValue())) {
        return true;
      }
    }
    return false;
  }

  private boolean step(String connector, int days) {
    Carried carried = carried(connector);
    if (carried == null || carried.days() < days) {
      carry(connector, days, null);
      return false;
    }
    if (carried.days() == days) {
      return false;
    }
    Instant oldest = clock.instant().minus(carried.days() + 1L, ChronoUnit.DAYS);
    long from = carried.walkedTo() == null ? Identifiers.firstOf(oldest) : carried.walkedTo();
    List<Long> page = move(connector, days, from);
    if (page.isEmpty()) {
      carry(connector, days, null);
    } else {
      carry(connector, carried.days(), page.get(page.size() - 1));
    }
    return true;
  }

  private Carried carried(String connector) {
    return jdbc
        .query(
            "select days, walked_to from body_retention where connector = ?",
            (row, number) -> new Carried(row.getInt(1), row.getObject(2, Long.class)),
            connector)
        .stream()
        .findFirst()
        .orElse(null);
  }

  private void carry(String connector, int days, Long walkedTo) {
    jdbc.update(
        """
        insert into body_retention (connector, days, walked_to) values (?, ?, ?)
        on conflict (connector) do update set days = excluded.days, walked_to = excluded.walked_to
        """,
        connector,
        days,
        walkedTo);
  }

  private List<Long> move(String connector, int days, long from) {
    LocalDate today = clock.instant().atZone(zone).toLocalDate();
    return jdbc.query(
        """
        with page as materialized (
          select id, body_expires_on as was,
            greatest((received_at at time zone ?)::date + ?::integer, ?::date) as day
          from message where connector = ? and id > ? order by id limit ?),
        moved as (
          update message_body b set expires_on = p.day from page p
          where b.expires_on = p.was and b.message_id = p.id and p.day < p.was),
        noted as (
          update message m set body_expires_on = p.day from page p
          where m.id = p.id and p.day < p.was)
        select id from page order by id
        """,
        (row, number) -> row.getLong(1),
        zone.getId(),
        days,
        Date.valueOf(today),
        connector,
        from,
        MOST);
  }
}

package io.tickethub.api;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who did what: every action of a person is kept. */
public final class Audit {

  private static final int LOOKED_AT = 50_000;

  private final JdbcTemplate jdbc;
  private final Clock clock;

  Audit(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** {@code detail} says why, or what changed; no personal data. */
  public void record(String actor, String action, String subject, String detail) {
    jdbc.update(
        "insert into audit (at, actor, action, subject, detail) values (?, ?, ?, ?, ?)",
        Timestamp.from(clock.instant()),
        actor,
        action,
        subject,
        detail);
  }

  /**
   * An action of a person.
   *
   * @param subject what it was done to
   * @param detail why, or what changed
   */
  public record Entry(
      long id, Instant at, String actor, String action, String subject, String detail) {}

  /**
   * The newest first.
   *
   * @param actor null for any
   * @param action null for any
   * @param subject what the subject begins with; null for any
   * @param before only those with a smaller id; null for the newest
   */
  public List<Entry> list(String actor, String action, String subject, Long before, int most) {
    return jdbc.query(
        """
        select id, at, actor, action, subject, detail from audit
        where (?::text is null or actor = ?) and (?::text is null or action = ?)
          and (?::text is null or starts_with(subject, ?)) and (?::bigint is null or id < ?)
        order by id desc limit ?
        """,
        Audit::entry,
        actor,
        actor,
        action,
        action,
        subject,
        subject,
        before,
        before,
        most);
  }

  /**
   * Which entries; null or blank excludes none.
   *
   * @param actor a part of it, as are {@code action} and {@code subject}
   * @param since then or later
   * @param until before
   */
  public record Search(String actor, String action, String subject, Instant since, Instant until) {}

  /**
   * What was found.
   *
   * @param older look on before this id; null if there is nothing older
   */
  public record Found(List<Entry> entries, Long older) {}

  /**
   * The newest first, among so many that a look takes no longer however old the hub is.
   *
   * @param before only those with a smaller id; null for the newest
   */
  public Found search(Search search, Long before, int most) {
    String actor = part(search.actor());
    String action = part(search.action());
    String subject = part(search.subject());
    List<Entry> entries =
        jdbc.query(
            """
            with recent as (select * from audit where ?::bigint is null or id < ?
              order by id desc limit ?)
            select id, at, actor, action, subject, detail from recent
            where position(? in lower(actor)) > 0 and position(? in lower(action)) > 0
              and position(? in lower(subject)) > 0
              and (?::timestamptz is null or at >= ?) and (?::timestamptz is null or at < ?)
            order by id desc limit ?
            """,
            Audit::entry,
            before,
            before,
            LOOKED_AT,
            actor,
            action,
            subject,
            timestamp(search.since()),
            timestamp(search.since()),
            timestamp(search.until()),
            timestamp(search.until()),
            most);
    return new Found(
        entries, entries.size() == most ? Long.valueOf(entries.get(most - 1).id()) : end(before));
  }

  /** Where a look ended; null if nothing is older. */
  private Long end(Long before) {
    return jdbc
        .queryForList(
            "select id from audit where ?::bigint is null or id < ? order by id desc offset ? limit"
                + " 1",
            Long.class,
            before,
            before,
            LOOKED_AT - 1)
        .stream()
        .findFirst()
        .orElse(null);
  }

  /** Of nothing, it is a part of everything. */
  private static String part(String text) {
    return text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
  }

  private static Timestamp timestamp(Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }

  private static Entry entry(ResultSet row, int number) throws SQLException {
    return new Entry(
        row.getLong(1),
        row.getTimestamp(2).toInstant(),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6));
  }
}

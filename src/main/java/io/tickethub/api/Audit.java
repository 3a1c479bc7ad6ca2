package io.tickethub.api;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who did what: every action of a person is kept. */
public final class Audit {

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
        (row, number) ->
            new Entry(
                row.getLong(1),
                row.getTimestamp(2).toInstant(),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6)),
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
}

package io.tickethub.api;

import java.sql.Timestamp;
import java.time.Clock;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who did what: every action of a person is kept. */
final class Audit {

  private final JdbcTemplate jdbc;
  private final Clock clock;

  Audit(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** {@code detail} says why, or what changed; no personal data. */
  void record(String actor, String action, String subject, String detail) {
    jdbc.update(
        "insert into audit (at, actor, action, subject, detail) values (?, ?, ?, ?, ?)",
        Timestamp.from(clock.instant()),
        actor,
        action,
        subject,
        detail);
  }
}

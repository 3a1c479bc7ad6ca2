package io.tickethub.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Silences that people asked for. */
final class SilenceStore {

  private final JdbcTemplate jdbc;

  SilenceStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  Silence add(
      String kind, String connector, Instant from, Instant until, String reason, String by) {
    Long id =
        jdbc.queryForObject(
            """
            insert into alert_silence (kind, connector, from_at, until_at, reason, made_by)
            values (?, ?, ?, ?, ?, ?) returning id
            """,
            Long.class,
            kind,
            connector,
            Timestamp.from(from),
            Timestamp.from(until),
            reason,
            by);
    return find(id == null ? 0 : id).orElseThrow();
  }

  Optional<Silence> find(long id) {
    return jdbc
        .query("select * from alert_silence where id = ?", SilenceStore::silence, id)
        .stream()
        .findFirst();
  }

  /** Those that last, the first to end first. */
  List<Silence> lasting(Instant now) {
    return jdbc.query(
        "select * from alert_silence where until_at > ? order by until_at, id",
        SilenceStore::silence,
        Timestamp.from(now));
  }

  /** The newest first. */
  List<Silence> list(int most) {
    return jdbc.query(
        "select * from alert_silence order by id desc limit ?", SilenceStore::silence, most);
  }

  /** False if it is over already. */
  boolean end(long id, Instant now, String by) {
    return jdbc.update(
            "update alert_silence set until_at = ?, ended_by = ? where id = ? and until_at > ?",
            Timestamp.from(now),
            by,
            id,
            Timestamp.from(now))
        == 1;
  }

  private static Silence silence(ResultSet row, int number) throws SQLException {
    return new Silence(
        row.getLong("id"),
        row.getString("kind"),
        row.getString("connector"),
        row.getTimestamp("from_at").toInstant(),
        row.getTimestamp("until_at").toInstant(),
        row.getString("reason"),
        row.getString("made_by"),
        row.getString("ended_by"));
  }
}

package io.tickethub.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The alerts of all nodes. While one is open, there is no second of its kind and subject. */
final class AlertStore {

  private final JdbcTemplate jdbc;

  AlertStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Does nothing if one is open already. */
  void open(Alert alert) {
    jdbc.update(
        """
        insert into alert (kind, subject, cause, opened_at) values (?, ?, ?, ?)
        on conflict (kind, subject) where closed_at is null do nothing
        """,
        alert.kind().text(),
        alert.subject(),
        alert.cause(),
        Timestamp.from(alert.openedAt()));
  }

  /** Does nothing if none is open. */
  void close(Alert alert) {
    jdbc.update(
        """
        update alert set closed_at = ?, ended_by = ?
        where kind = ? and subject = ? and closed_at is null
        """,
        Timestamp.from(alert.closedAt()),
        alert.end(),
        alert.kind().text(),
        alert.subject());
  }

  /** The newest first. */
  List<Alert> list(boolean closedToo, int most) {
    return jdbc.query(
        "select * from alert where closed_at is null or ? order by opened_at desc, id desc limit ?",
        (row, number) -> alert(row),
        closedToo,
        most);
  }

  static Alert alert(ResultSet row) throws SQLException {
    Timestamp closedAt = row.getTimestamp("closed_at");
    return new Alert(
        AlertKind.of(row.getString("kind")),
        row.getString("subject"),
        row.getString("cause"),
        row.getTimestamp("opened_at").toInstant(),
        closedAt == null ? null : closedAt.toInstant(),
        row.getString("ended_by"));
  }
}

package io.tickethub.tmf;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** The listeners in the database. */
final class ListenerStore {

  private static final String ACTIVE = "active";
  private static final String DEAD = "dead";
  private final JdbcTemplate jdbc;

  ListenerStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void add(Listener listener, Instant now) {
    jdbc.update(
        """
        insert into trouble_ticket_listener (id, client, api, callback, query, created_at, state, due)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        listener.id(),
        listener.client(),
        listener.version().path(),
        listener.callback(),
        listener.query(),
        Timestamp.from(now),
        ACTIVE,
        Timestamp.from(now));
  }

  /** The same registration, if it is there already. */
  Optional<Listener> same(String client, TmfVersion version, String callback, String query) {
    return jdbc
        .query(
            """
            select * from trouble_ticket_listener
            where client = ? and api = ? and callback = ? and query = ? and state = ?
            """,
            this::listener,
            client,
            version.path(),
            callback,
            query,
            ACTIVE)
        .stream()
        .findFirst();
  }

  Optional<Listener> find(String id, String client, TmfVersion version) {
    return jdbc
        .query(
            "select * from trouble_ticket_listener where id = ? and client = ? and api = ?",
            this::listener,
            id,
            client,
            version.path())
        .stream()
        .findFirst();
  }

  boolean remove(String id, String client, TmfVersion version) {
    return jdbc.update(
            "delete from trouble_ticket_listener where id = ? and client = ? and api = ?",
            id,
            client,
            version.path())
        > 0;
  }

  int count(String client) {
    Integer count =
        jdbc.queryForObject(
            "select count(*) from trouble_ticket_listener where client = ?", Integer.class, client);
    return count == null ? 0 : count;
  }

  List<Listener> active() {
    return jdbc.query(
        "select * from trouble_ticket_listener where state = ?", this::listener, ACTIVE);
  }

  /** Those that may be told something now. */
  List<Listener> due(Instant now) {
    return jdbc.query(
        """
        select * from trouble_ticket_listener l where state = ? and due <= ? and exists
          (select 1 from trouble_ticket_notification n where n.listener_id = l.id and n.state = 'pending')
        """,
        this::listener,
        ACTIVE,
        Timestamp.from(now));
  }

  void recovered(String id) {
    jdbc.update(
        """
        update trouble_ticket_listener set failures = 0, failing_from = null, problem = null
        where id = ? and failures > 0
        """,
        id);
  }

  void failed(Listener listener, Instant now, Instant due, String problem) {
    jdbc.update(
        """
        update trouble_ticket_listener set failures = failures + 1, due = ?, problem = ?,
          failing_from = coalesce(failing_from, ?) where id = ?
        """,
        Timestamp.from(due),
        problem,
        Timestamp.from(now),
        listener.id());
  }

  /** It is told nothing any more, nor what waits for it. */
  void giveUp(String id, String problem) {
    jdbc.update(
        "update trouble_ticket_listener set state = ?, problem = ? where id = ?",
        DEAD,
        problem,
        id);
    jdbc.update(
        "delete from trouble_ticket_notification where listener_id = ? and state = 'pending'", id);
  }

  private Listener listener(ResultSet row, int number) throws SQLException {
    Timestamp failing = row.getTimestamp("failing_from");
    return new Listener(
        row.getString("id"),
        row.getString("client"),
        TmfVersion.of(row.getString("api")),
        row.getString("callback"),
        row.getString("query"),
        row.getInt("failures"),
        failing == null ? null : failing.toInstant());
  }
}

package io.tickethub.reconcile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** The runs in the database. One under way is one node's, by a lease. */
final class RunStore {

  private static final int KEPT = 30;

  private final JdbcTemplate jdbc;

  RunStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Begins one unless one of the connector is under way; false then. */
  boolean begin(
      long id,
      String connector,
      Run.Origin origin,
      String by,
      boolean repair,
      String node,
      Instant now) {
    return jdbc.update(
            """
            insert into reconciliation (id, connector, origin, started_by, started_at, repair,
              state, due, node, leased_until)
            values (?, ?, ?, ?, ?, ?, 'asking', ?, ?, ?) on conflict do nothing
            """,
            id,
            connector,
            origin.text(),
            by,
            Timestamp.from(now),
            repair,
            Timestamp.from(now),
            node,
            Timestamp.from(now))
        == 1;
  }

  /** Those whose next step is due, of this node and of nodes that are gone. */
  List<Run> claim(String node, Instant now, Duration lease) {
    return jdbc.query(
        """
        update reconciliation set node = ?, leased_until = ?
        where state not in ('done', 'failed') and due <= ? and (node = ? or leased_until < ?)
        returning *
        """,
        this::run,
        node,
        Timestamp.from(now.plus(lease)),
        Timestamp.from(now),
        node,
        Timestamp.from(now));
  }

  /** Locks a run; empty if it is in another step by now. */
  Optional<Run> lock(long id, Run.State state) {
    return jdbc
        .query(
            "select * from reconciliation where id = ? and state = ? for update",
            this::run,
            id,
            state.text())
        .stream()
        .findFirst();
  }

  Optional<Run> find(long id) {
    return jdbc.query("select * from reconciliation where id = ?", this::run, id).stream()
        .findFirst();
  }

  /** The newest first; {@code connector} null for any. */
  List<Run> list(String connector, int most) {
    return connector == null
        ? jdbc.query("select * from reconciliation order by id desc limit ?", this::run, most)
        : jdbc.query(
            "select * from reconciliation where connector = ? order by id desc limit ?",
            this::run,
            connector,
            most);
  }

  /** The run under way of a connector. */
  Optional<Run> running(String connector) {
    return jdbc
        .query(
            "select * from reconciliation where connector = ? and state not in ('done', 'failed')",
            this::run,
            connector)
        .stream()
        .findFirst();
  }

  /** The newest run that ended well before this one. */
  Optional<Long> before(Run run) {
    return jdbc
        .queryForList(
            """
            select id from reconciliation where connector = ? and id < ? and state = 'done'
            order by id desc limit 1
            """,
            Long.class,
            run.connector(),
            run.id())
        .stream()
        .findFirst();
  }

  /** A page of the step under way was done. */
  void reached(Run run, long reached, long compared, long inFlight, long drifts, long repaired) {
    jdbc.update(
        """
        update reconciliation set reached = ?, compared = compared + ?, in_flight = in_flight + ?,
          drifts = drifts + ?, repaired = repaired + ?
        where id = ?
        """,
        reached,
        compared,
        inFlight,
        drifts,
        repaired,
        run.id());
  }

  /** The same of a step that goes by the names of statements. */
  void reached(Run run, String name, long compared) {
    jdbc.update(
        "update reconciliation set reached_name = ?, compared = compared + ? where id = ?",
        name,
        compared,
        run.id());
  }

  void move(Run run, Run.State to, Instant due) {
    jdbc.update(
        "update reconciliation set state = ?, reached = -1, reached_name = '', due = ?, cause ="
            + " null where id = ?",
        to.text(),
        Timestamp.from(due),
        run.id());
  }

  /** The step under way goes on later. */
  void wait(Run run, Instant until, String cause) {
    jdbc.update(
        "update reconciliation set due = ?, cause = ? where id = ? and state = ?",
        Timestamp.from(until),
        cause,
        run.id(),
        run.state().text());
  }

  /** Ends a run; its list is no longer kept, nor what is too old of its connector. */
  void end(Run run, Run.State state, String cause, Instant now) {
    jdbc.update(
        "update reconciliation set state = ?, cause = ?, finished_at = ? where id = ?",
        state.text(),
        cause,
        Timestamp.from(now),
        run.id());
    for (String table : List.of("statement", "part", "expected")) {
      jdbc.update("delete from reconciliation_%s where run_id = ?".formatted(table), run.id());
    }
    jdbc.update(
        "delete from reconciliation_drift where run_id = ? and state = 'candidate'", run.id());
    List<Long> old =
        jdbc.queryForList(
            "select id from reconciliation where connector = ? order by id desc offset ?",
            Long.class,
            run.connector(),
            KEPT);
    for (long id : old) {
      jdbc.update("delete from reconciliation_drift where run_id = ?", id);
      jdbc.update("delete from reconciliation where id = ?", id);
    }
  }

  private Run run(ResultSet row, int number) throws SQLException {
    return new Run(
        row.getLong("id"),
        row.getString("connector"),
        row.getString("list"),
        Run.Origin.of(row.getString("origin")),
        row.getString("started_by"),
        row.getTimestamp("started_at").toInstant(),
        row.getBoolean("repair"),
        Run.State.of(row.getString("state")),
        row.getString("cause"),
        row.getString("next_page"),
        row.getTimestamp("due").toInstant(),
        instant(row.getTimestamp("as_of")),
        instant(row.getTimestamp("received_at")),
        instant(row.getTimestamp("finished_at")),
        row.getBoolean("complete"),
        row.getLong("statements"),
        row.getLong("reached"),
        row.getString("reached_name"),
        row.getLong("compared"),
        row.getLong("in_flight"),
        row.getLong("drifts"),
        row.getLong("repaired"));
  }

  private static Instant instant(Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }
}

package io.tickethub.reconcile;

import io.tickethub.journal.Sealer;
import io.tickethub.storage.ArrayStatement;
import io.tickethub.ticket.Statement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** The differences that runs found. */
final class DriftStore {

  private static final ArrayStatement ADD =
      ArrayStatement.of(
          """
          insert into reconciliation_drift (id, run_id, connector, ticket_id, ticket, version, kind,
            field, ours, theirs, as_of, statement, state)
          select r.*, 'candidate' from {rows} as r (id, run_id, connector, ticket_id, ticket, version,
            kind, field, ours, theirs, as_of, statement)
          on conflict (run_id, ticket, field) do nothing
          """,
          "bigint",
          "bigint",
          "text",
          "bigint",
          "text",
          "integer",
          "text",
          "text",
          "text",
          "text",
          "timestamptz",
          "bytea");

  private static final ArrayStatement CONFIRM =
      ArrayStatement.of(
          """
          update reconciliation_drift d set state = r.state, right_side = r.right_side,
            because = r.because, cause = r.cause, delivery_id = r.delivery_id,
            message_id = r.message_id, code = r.code, repairs = r.repairs
          from {rows} as r (id, state, right_side, because, cause, delivery_id, message_id, code,
            repairs)
          where d.id = r.id and d.state = 'candidate'
          """,
          "bigint",
          "text",
          "text",
          "text",
          "text",
          "bigint",
          "bigint",
          "text",
          "integer");

  private static final ArrayStatement FORGET =
      ArrayStatement.of(
          "delete from reconciliation_drift d using {rows} as r (id) where d.id = r.id", "bigint");

  private static final ArrayStatement TAKE =
      ArrayStatement.of(
          """
          update reconciliation_drift d set state = 'repairing', taken = p.side, taken_by = p.by,
            taken_at = p.at, reason = p.reason
          from {rows} as r (id), (select ?::text as side, ?::text as by, ?::timestamptz as at,
            ?::text as reason) p
          where d.id = r.id
          """,
          "bigint");

  private static final ArrayStatement EARLIER =
      ArrayStatement.of(
          """
          select d.ticket, d.field, d.repairs + case when d.state = 'repairing' then 1 else 0 end
          from {rows} as r (ticket, field), reconciliation_drift d
          where d.run_id = ? and d.ticket = r.ticket and d.field = r.field
          """,
          "text",
          "text");

  private final JdbcTemplate jdbc;
  private final Sealer sealer;

  DriftStore(JdbcTemplate jdbc, Sealer sealer) {
    this.jdbc = jdbc;
    this.sealer = sealer;
  }

  void add(Collection<Drift> drifts) {
    ADD.update(
        jdbc,
        drifts.stream()
            .map(
                drift ->
                    new Object[] {
                      drift.id(),
                      drift.runId(),
                      drift.connector(),
                      drift.ticketId(),
                      drift.ticket(),
                      drift.version(),
                      drift.kind().text(),
                      drift.field(),
                      drift.ours(),
                      drift.theirs(),
                      drift.asOf(),
                      sealer.seal(drift.statement())
                    })
            .toList());
  }

  void confirm(Collection<Drift> drifts) {
    CONFIRM.update(
        jdbc,
        drifts.stream()
            .map(
                drift ->
                    new Object[] {
                      drift.id(),
                      drift.state().text(),
                      drift.right().text(),
                      drift.because(),
                      drift.cause(),
                      drift.deliveryId(),
                      drift.messageId(),
                      drift.code(),
                      drift.repairs()
                    })
            .toList());
  }

  void forget(Collection<Drift> drifts) {
    FORGET.update(jdbc, ids(drifts));
  }

  /** A side was taken. */
  void take(Collection<Drift> drifts, Drift.Right side, String by, Instant at, String reason) {
    TAKE.update(jdbc, ids(drifts), side.text(), by, at, reason);
  }

  private static List<Object[]> ids(Collection<Drift> drifts) {
    return drifts.stream().map(drift -> new Object[] {drift.id()}).toList();
  }

  /** By ticket and field, how often an earlier run repaired them in vain. */
  Map<List<String>, Integer> repairs(long earlierRun, Collection<Drift> drifts) {
    Map<List<String>, Integer> repairs = new HashMap<>();
    EARLIER.query(
        jdbc,
        drifts.stream().map(drift -> new Object[] {drift.ticket(), drift.field()}).toList(),
        (row, number) -> repairs.put(List.of(row.getString(1), row.getString(2)), row.getInt(3)),
        earlierRun);
    return repairs;
  }

  /** Those of a run in a state, in the order of their identifiers; {@code state} null for any. */
  List<Drift> page(long run, Drift.State state, long after, int most) {
    return state == null
        ? jdbc.query(
            "select * from reconciliation_drift where run_id = ? and id > ? order by id limit ?",
            this::drift,
            run,
            after,
            most)
        : jdbc.query(
            """
            select * from reconciliation_drift where run_id = ? and state = ? and id > ?
            order by id limit ?
            """,
            this::drift,
            run,
            state.text(),
            after,
            most);
  }

  /** The others of the same ticket and run. */
  List<Drift> ofTicket(long run, String ticket) {
    return jdbc.query(
        "select * from reconciliation_drift where run_id = ? and ticket = ? order by id",
        this::drift,
        run,
        ticket);
  }

  Optional<Drift> find(long id) {
    return jdbc.query("select * from reconciliation_drift where id = ?", this::drift, id).stream()
        .findFirst();
  }

  private Drift drift(ResultSet row, int number) throws SQLException {
    Timestamp takenAt = row.getTimestamp("taken_at");
    return new Drift(
        row.getLong("id"),
        row.getLong("run_id"),
        row.getString("connector"),
        row.getObject("ticket_id", Long.class),
        row.getString("ticket"),
        row.getInt("version"),
        Drift.Kind.of(row.getString("kind")),
        row.getString("field"),
        row.getString("ours"),
        row.getString("theirs"),
        row.getTimestamp("as_of").toInstant(),
        sealer.open(row.getBytes("statement"), Statement.class),
        Drift.State.of(row.getString("state")),
        Drift.Right.of(row.getString("right_side")),
        row.getString("because"),
        row.getString("cause"),
        row.getObject("delivery_id", Long.class),
        row.getObject("message_id", Long.class),
        row.getString("code"),
        row.getInt("repairs"),
        Drift.Right.of(row.getString("taken")),
        row.getString("taken_by"),
        takenAt == null ? null : takenAt.toInstant(),
        row.getString("reason"));
  }
}

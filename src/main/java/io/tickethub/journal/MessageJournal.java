package io.tickethub.journal;

import io.tickethub.storage.ArrayStatement;
import io.tickethub.ticket.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** Every message that was received; what of it was its body is in {@link MessageBodies}. */
public final class MessageJournal {

  private static final ArrayStatement INSERT =
      ArrayStatement.of(
          """
          with r as materialized (
            select * from {rows} as a (id, connector, channel, external_id, version, status,
              ticket_id, problem_code, problem, facts, size, received_at, body_expires_on, body)),
          kept as (
            insert into message (id, connector, channel, external_id, version, status, ticket_id,
              problem_code, problem, facts, size, received_at, body_expires_on, recorded_at)
            select id, connector, channel, external_id, version, status, ticket_id,
              problem_code, problem, facts, size, received_at, body_expires_on, now() from r)
          insert into message_body (expires_on, message_id, body)
          select body_expires_on, id, body from r
          """,
          "bigint",
          "text",
          "text",
          "text",
          "integer",
          "text",
          "bigint",
          "text",
          "bytea",
          "bytea",
          "integer",
          "timestamptz",
          "date",
          "bytea");

  private static final ArrayStatement SETTLE =
      ArrayStatement.of(
          """
          update message m set status = r.status, ticket_id = r.ticket_id,
            problem_code = r.problem_code, problem = r.problem
          from {rows} as r (id, status, ticket_id, problem_code, problem)
          where m.id = r.id
          """,
          "bigint",
          "text",
          "bigint",
          "text",
          "bytea");

  private static final ArrayStatement DEAD =
      ArrayStatement.of(
          """
          select m.id from message m join {rows} as r (id) on m.id = r.id
          where m.status = 'dead' for update of m
          """,
          "bigint");

  private static final ArrayStatement PRESENT =
      ArrayStatement.of(
          "select m.id from message m join {rows} as r (id) on m.id = r.id", "bigint");

  private static final ArrayStatement PROVENANCE =
      ArrayStatement.of(
          "select m.id, m.facts from message m join {rows} as r (id) on m.id = r.id", "bigint");

  static final String SELECT =
      """
      select id, connector, channel, external_id, version, status, ticket_id, problem, facts, size,
        received_at, body_expires_on from message
      """;

  private final JdbcTemplate jdbc;
  private final Sealer sealer;
  private final MessageBodies bodies;

  public MessageJournal(JdbcTemplate jdbc, Sealer sealer, MessageBodies bodies) {
    this.jdbc = jdbc;
    this.sealer = sealer;
    this.bodies = bodies;
  }

  public void append(Collection<Arrival> arrivals) {
    List<Object[]> rows = new ArrayList<>(arrivals.size());
    for (Arrival entry : arrivals) {
      rows.add(
          new Object[] {
            entry.id(),
            entry.connector(),
            entry.channel(),
            entry.externalId(),
            entry.version(),
            entry.status().text(),
            entry.ticketId(),
            entry.problem() == null ? null : entry.problem().code().code(),
            sealer.seal(entry.problem()),
            sealer.seal(entry.provenance()),
            entry.size(),
            entry.receivedAt(),
            bodies.expiry(entry.connector(), entry.receivedAt()).toString(),
            entry.encryptedBody()
          });
    }
    INSERT.update(jdbc, rows);
  }

  /** What became of a message that had to wait. */
  public record Settlement(long id, MessageStatus status, Long ticketId, Problem problem) {}

  public void settle(Collection<Settlement> settlements) {
    List<Object[]> rows = new ArrayList<>(settlements.size());
    for (Settlement settlement : settlements) {
      rows.add(
          new Object[] {
            settlement.id(),
            settlement.status().text(),
            settlement.ticketId(),
            settlement.problem() == null ? null : settlement.problem().code().code(),
            sealer.seal(settlement.problem())
          });
    }
    SETTLE.update(jdbc, rows);
  }

  /** Those of these messages that gave up, kept from other writers. */
  public List<Long> dead(Collection<Long> ids) {
    return DEAD.query(
        jdbc, ids.stream().map(id -> new Object[] {id}).toList(), (row, number) -> row.getLong(1));
  }

  /** Those of these messages that are in the journal. */
  public List<Long> present(Collection<Long> ids) {
    return PRESENT.query(
        jdbc, ids.stream().map(id -> new Object[] {id}).toList(), (row, number) -> row.getLong(1));
  }

  public Optional<JournalEntry> find(long id) {
    return jdbc.query(SELECT + " where id = ?", this::entry, id).stream().findFirst();
  }

  /**
   * The newest messages that fit.
   *
   * @param connector null for any
   * @param status null for any
   * @param externalId null for any
   * @param ticketId null for any
   */
  public List<JournalEntry> find(
      String connector, MessageStatus status, String externalId, Long ticketId, int most) {
    List<Object> parameters = new ArrayList<>();
    StringBuilder where = new StringBuilder(" where true");
    and(where, parameters, "connector = ?", connector);
    and(where, parameters, "status = ?", status == null ? null : status.text());
    and(where, parameters, "external_id = ?", externalId);
    and(where, parameters, "ticket_id = ?", ticketId);
    parameters.add(most);
    return jdbc.query(
        SELECT + where + " order by id desc limit ?", this::entry, parameters.toArray());
  }

  /** What came from a system from one time, inclusive, to another, exclusive; the latest first. */
  public List<JournalEntry> received(String connector, Instant since, Instant until, int most) {
    return jdbc.query(
        SELECT + " where connector = ? and id >= ? and id < ? order by id desc limit ?",
        this::entry,
        connector,
        Identifiers.firstOf(since),
        Identifiers.firstOf(until),
        most);
  }

  private static void and(
      StringBuilder where, List<Object> parameters, String condition, Object value) {
    if (value != null) {
      where.append(" and ").append(condition);
      parameters.add(value);
    }
  }

  /** How the messages of these ids came. */
  public Map<Long, Provenance> provenance(Collection<Long> ids) {
    Map<Long, Provenance> found = new TreeMap<>();
    PROVENANCE.query(
        jdbc,
        ids.stream().map(id -> new Object[] {id}).toList(),
        (row, number) -> found.put(row.getLong(1), sealer.open(row.getBytes(2), Provenance.class)));
    return found;
  }

  /** The body as it was received; throws {@link BodyExpiredException} if it is no longer kept. */
  public byte[] body(JournalEntry entry) {
    return bodies.body(entry);
  }

  JournalEntry entry(ResultSet row, int number) throws SQLException {
    return new JournalEntry(
        row.getLong("id"),
        row.getString("connector"),
        row.getString("channel"),
        row.getString("external_id"),
        row.getInt("version"),
        MessageStatus.of(row.getString("status")),
        row.getObject("ticket_id", Long.class),
        sealer.open(row.getBytes("problem"), Problem.class),
        sealer.open(row.getBytes("facts"), Provenance.class),
        row.getInt("size"),
        instant(row, "received_at"),
        bodies.expiry(row));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }
}

package io.tickethub.delivery;

import io.tickethub.journal.Sealer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** What was told, is being told and waits to be told; for people. */
public final class DeliveryLog {

  private final JdbcTemplate jdbc;
  private final Sealer sealer;

  public DeliveryLog(JdbcTemplate jdbc, Sealer sealer) {
    this.jdbc = jdbc;
    this.sealer = sealer;
  }

  /**
   * One delivery.
   *
   * @param state pending, leased (under way), delivered, dead or discarded
   * @param rule why the system is told
   * @param finishedAt null while it is not delivered
   * @param failureCode of the last attempt; null if it did not fail
   */
  public record Entry(
      long id,
      long ticketId,
      int sequence,
      String connector,
      String code,
      String state,
      int attempt,
      String rule,
      Instant due,
      Instant createdAt,
      Instant finishedAt,
      String failureCode) {}

  /**
   * One attempt.
   *
   * @param sent as it went out; may hold personal data; null if nothing did
   * @param answer as it came back; may hold personal data; null if nothing did
   */
  public record Attempt(
      int attempt,
      String channel,
      Instant startedAt,
      Instant finishedAt,
      String outcome,
      String failureCode,
      String failureText,
      byte[] sent,
      byte[] answer) {}

  /**
   * What waits to be told to one system.
   *
   * @param waiting how many deliveries
   * @param oldest since when the first of them
   */
  public record Backlog(long waiting, Instant oldest) {}

  /** The deliveries of a ticket, in the order of its events. */
  public List<Entry> ofTicket(long ticketId) {
    return jdbc.query(
        """
        select * from (
          select * from delivery where ticket_id = ? and state in ('delivered', 'discarded')
          union all
          select * from delivery where ticket_id = ? and state in ('pending', 'leased', 'dead')) d
        order by sequence, connector, ordinal
        """,
        this::entry,
        ticketId,
        ticketId);
  }

  /**
   * What is left of deliveries that expired.
   *
   * @param finishedAt when the last of them was finished
   */
  public record Past(String connector, int delivered, int discarded, Instant finishedAt) {}

  /** What was told of a ticket so long ago that its details have expired, by system. */
  public List<Past> pastOfTicket(long ticketId) {
    return jdbc.query(
        """
        select connector, delivered, discarded, finished_at from delivery_past
        where ticket_id = ? order by connector
        """,
        (row, number) ->
            new Past(
                row.getString(1), row.getInt(2), row.getInt(3), row.getTimestamp(4).toInstant()),
        ticketId);
  }

  /** What a system was told from one time, inclusive, to another, exclusive; the latest first. */
  public List<Entry> finished(String connector, Instant since, Instant until, int most) {
    return jdbc.query(
        """
        select * from delivery where connector = ? and finished_at >= ? and finished_at < ?
        order by finished_at desc, id desc limit ?
        """,
        this::entry,
        connector,
        Timestamp.from(since),
        Timestamp.from(until),
        most);
  }

  /** What a system was to be told from one time to another and has not been; the latest first. */
  public List<Entry> unfinished(String connector, Instant since, Instant until, int most) {
    return jdbc.query(
        """
        select * from delivery where connector = ? and state in ('pending', 'leased', 'dead')
          and created_at >= ? and created_at < ? order by created_at desc, id desc limit ?
        """,
        this::entry,
        connector,
        Timestamp.from(since),
        Timestamp.from(until),
        most);
  }

  public Optional<Entry> find(long id) {
    return jdbc.query("select * from delivery where id = ?", this::entry, id).stream().findFirst();
  }

  /** The attempts of a delivery, in order. */
  public List<Attempt> attempts(long deliveryId) {
    return jdbc.query(
        "select * from delivery_attempt where delivery_id = ? order by attempt",
        this::attempt,
        deliveryId);
  }

  /** What waits, by connector; connectors without are left out. */
  public Map<String, Backlog> backlog() {
    Map<String, Backlog> backlog = new TreeMap<>();
    jdbc.query(
        """
        select connector, count(*), min(created_at) from delivery
        where state in ('pending', 'leased') group by connector
        """,
        row -> {
          backlog.put(
              row.getString(1), new Backlog(row.getLong(2), row.getTimestamp(3).toInstant()));
        });
    return backlog;
  }

  /** The last delivery that waits for a system; zero if none does. */
  public long lastWaiting(String connector) {
    Long last =
        jdbc.queryForObject(
            "select max(id) from delivery where connector = ? and state in ('pending', 'leased')",
            Long.class,
            connector);
    return last == null ? 0 : last;
  }

  /**
   * How many deliveries with one of these codes wait, up to {@code last}; those behind a dead
   * letter wait for a person and are not counted.
   */
  public long waiting(String connector, Collection<String> codes, long last) {
    Long count =
        jdbc.queryForObject(
            """
            select count(*) from delivery d
            where d.connector = ? and d.state in ('pending', 'leased') and d.id <= ?
              and d.code = any (?) and not exists (
                select from delivery e where e.connector = d.connector and e.ticket_id = d.ticket_id
                  and e.state = 'dead' and (e.sequence, e.ordinal) < (d.sequence, d.ordinal))
            """,
            Long.class,
            connector,
            last,
            codes.toArray(String[]::new));
    return count == null ? 0 : count;
  }

  private Entry entry(ResultSet row, int number) throws SQLException {
    return new Entry(
        row.getLong("id"),
        row.getLong("ticket_id"),
        row.getInt("sequence"),
        row.getString("connector"),
        row.getString("code"),
        row.getString("state"),
        row.getInt("attempt"),
        row.getString("rule"),
        row.getTimestamp("due").toInstant(),
        row.getTimestamp("created_at").toInstant(),
        instant(row.getTimestamp("finished_at")),
        row.getString("failure_code"));
  }

  private Attempt attempt(ResultSet row, int number) throws SQLException {
    return new Attempt(
        row.getInt("attempt"),
        row.getString("channel"),
        row.getTimestamp("started_at").toInstant(),
        row.getTimestamp("finished_at").toInstant(),
        row.getString("outcome"),
        row.getString("failure_code"),
        sealer.open(row.getBytes("failure_text"), String.class),
        sealer.openBytes(row.getBytes("sent")),
        sealer.openBytes(row.getBytes("answer")));
  }

  private static Instant instant(Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }
}

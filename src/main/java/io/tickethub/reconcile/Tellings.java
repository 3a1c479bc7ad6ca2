package io.tickethub.reconcile;

import io.tickethub.storage.ArrayStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** What one system was told of tickets, and what it is still to hear. */
final class Tellings {

  private static final ArrayStatement OF_TICKETS =
      ArrayStatement.of(
          """
          select r.ticket_id, w.id as waiting_id, w.state as waiting_state, w.code as waiting_code,
            w.failure_code, t.id as told_id, t.code as told_code, t.finished_at
          from {rows} as r (ticket_id) cross join (select ?::text as connector) p
          left join lateral (
            select e.id, e.state, e.code, e.failure_code from delivery e
            where e.connector = p.connector and e.ticket_id = r.ticket_id
              and e.state in ('pending', 'leased', 'dead')
            order by e.sequence, e.ordinal limit 1) w on true
          left join lateral (
            select e.id, e.code, e.finished_at from delivery e
            where e.ticket_id = r.ticket_id and e.connector = p.connector
              and e.state in ('delivered', 'discarded') and e.finished_at is not null
            order by e.sequence desc, e.ordinal desc limit 1) t on true
          """,
          "bigint");

  private static final ArrayStatement MESSAGES =
      ArrayStatement.of(
          """
          select r.ticket_id, m.id, m.status, m.received_at
          from {rows} as r (ticket_id) cross join (select ?::text as connector) p
          cross join lateral (
            select m.id, m.status, m.received_at from message m
            where m.ticket_id = r.ticket_id and m.connector = p.connector
            order by m.id desc limit 1) m
          """,
          "bigint");

  private final JdbcTemplate jdbc;

  Tellings(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** A delivery and, of one that waits, its state and last failure. */
  record Delivery(long id, String code, String state, String failure, Instant finishedAt) {
    boolean isDead() {
      return "dead".equals(state);
    }
  }

  /**
   * How far one system was told of one ticket.
   *
   * @param waiting the first it has still to hear; null for none
   * @param told the last it took; null for none
   */
  record Told(Delivery waiting, Delivery told) {
    static final Told NOTHING = new Told(null, null);

    /** It may not have been in the list that the system made at {@code asOf}. */
    boolean isInFlight(Instant asOf) {
      return waiting != null && !waiting.isDead()
          || told != null && told.finishedAt().isAfter(asOf);
    }
  }

  /** By ticket. */
  Map<Long, Told> of(String connector, Collection<Long> tickets) {
    Map<Long, Told> found = new HashMap<>();
    OF_TICKETS.query(
        jdbc,
        tickets.stream().distinct().map(id -> new Object[] {id}).toList(),
        (row, number) -> found.put(row.getLong("ticket_id"), new Told(waiting(row), told(row))),
        connector);
    return found;
  }

  private static Delivery waiting(ResultSet row) throws SQLException {
    long id = row.getLong("waiting_id");
    return id == 0
        ? null
        : new Delivery(
            id,
            row.getString("waiting_code"),
            row.getString("waiting_state"),
            row.getString("failure_code"),
            null);
  }

  private static Delivery told(ResultSet row) throws SQLException {
    long id = row.getLong("told_id");
    Timestamp finished = row.getTimestamp("finished_at");
    return id == 0
        ? null
        : new Delivery(id, row.getString("told_code"), "delivered", null, finished.toInstant());
  }

  /** The newest message of a system about a ticket. */
  record Message(long id, String status, Instant receivedAt) {}

  /** By ticket; those the system never spoke of are left out. */
  Map<Long, Message> messages(String connector, Collection<Long> tickets) {
    Map<Long, Message> found = new HashMap<>();
    MESSAGES.query(
        jdbc,
        tickets.stream().distinct().map(id -> new Object[] {id}).toList(),
        (row, number) ->
            found.put(
                row.getLong(1),
                new Message(row.getLong(2), row.getString(3), row.getTimestamp(4).toInstant())),
        connector);
    return found;
  }
}

package io.tickethub.tmf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.journal.Sealer;
import io.tickethub.storage.ArrayStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** What listeners have not been told yet, or refused. */
final class NotificationStore {

  private static final ArrayStatement ADD =
      ArrayStatement.of(
          """
          insert into trouble_ticket_notification (listener_id, event_id, type, document, created_at)
          select r.listener_id, r.event_id, r.type, r.document, r.created_at
          from {rows} as r (ordinal, listener_id, event_id, type, document, created_at)
          where exists (select 1 from trouble_ticket_listener l where l.id = r.listener_id)
          order by r.ordinal
          on conflict (listener_id, event_id) do nothing
          """,
          "integer",
          "text",
          "text",
          "text",
          "bytea",
          "timestamptz");

  private final JdbcTemplate jdbc;
  private final Sealer sealer;

  NotificationStore(JdbcTemplate jdbc, Sealer sealer) {
    this.jdbc = jdbc;
    this.sealer = sealer;
  }

  /** A notification for one listener. */
  record New(String listener, String eventId, String type, ObjectNode document, Instant at) {}

  /** A notification that waits. */
  record Pending(long id, String type, byte[] body, int attempts) {}

  /** They will be told in this order. */
  void add(List<New> notifications) {
    List<Object[]> rows = new ArrayList<>();
    for (New item : notifications) {
      rows.add(
          new Object[] {
            rows.size(),
            item.listener(),
            item.eventId(),
            item.type(),
            sealer.seal(item.document()),
            item.at()
          });
    }
    ADD.update(jdbc, rows);
  }

  /** The first that wait for a listener, in order. */
  List<Pending> next(String listener, int most) {
    return jdbc.query(
        """
        select id, type, document, attempts from trouble_ticket_notification
        where listener_id = ? and state = 'pending' order by id limit ?
        """,
        (row, number) ->
            new Pending(
                row.getLong(1), row.getString(2), sealer.openBytes(row.getBytes(3)), row.getInt(4)),
        listener,
        most);
  }

  long count(String listener, int most) {
    Long count =
        jdbc.queryForObject(
            """
            select count(*) from (select 1 from trouble_ticket_notification
              where listener_id = ? and state = 'pending' limit ?) as counted
            """,
            Long.class,
            listener,
            most);
    return count == null ? 0 : count;
  }

  void taken(long id) {
    jdbc.update("delete from trouble_ticket_notification where id = ?", id);
  }

  void refused(long id, String problem, boolean dead) {
    jdbc.update(
        """
        update trouble_ticket_notification set attempts = attempts + 1, problem = ?, state = ?
        where id = ?
        """,
        problem,
        dead ? "dead" : "pending",
        id);
  }
}

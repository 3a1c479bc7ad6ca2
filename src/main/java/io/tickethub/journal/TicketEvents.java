package io.tickethub.journal;

import io.tickethub.journal.TicketStore.EventKey;
import io.tickethub.journal.TicketStore.WrittenEvent;
import io.tickethub.storage.ArrayStatement;
import io.tickethub.ticket.EventDetail;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** The histories of tickets, as the {@link TicketStore} shows them. */
final class TicketEvents {

  private static final ArrayStatement APPEND =
      ArrayStatement.of(
          """
          insert into ticket_event (ticket_id, sequence, type, from_state, to_state, inferred,
            source, message_id, occurred_at, recorded_at, detail)
          select * from {rows}
          """,
          "bigint",
          "integer",
          "text",
          "text",
          "text",
          "boolean",
          "text",
          "bigint",
          "timestamptz",
          "timestamptz",
          "bytea");

  private static final ArrayStatement EVENTS =
      ArrayStatement.of(
          """
          select e.* from ticket_event e join {rows} as r (ticket_id, sequence)
            using (ticket_id, sequence)
          """,
          "bigint",
          "integer");

  private static final ArrayStatement OF_TICKETS =
      ArrayStatement.of(
          """
          select e.* from ticket_event e join {rows} as r (ticket_id) using (ticket_id)
          where e.type = any (?) order by e.ticket_id, e.sequence
          """,
          "bigint");

  private final JdbcTemplate jdbc;
  private final Sealer sealer;
  private final RecentTickets recent;

  TicketEvents(JdbcTemplate jdbc, Sealer sealer, RecentTickets recent) {
    this.jdbc = jdbc;
    this.sealer = sealer;
    this.recent = recent;
  }

  void append(Collection<TicketEvent> events) {
    List<Object[]> rows = new ArrayList<>(events.size());
    for (TicketEvent event : events) {
      rows.add(
          new Object[] {
            event.ticketId(),
            event.sequence(),
            event.type().code(),
            event.from().code(),
            event.to().code(),
            event.inferred(),
            event.source(),
            event.messageId(),
            event.occurredAt(),
            event.recordedAt(),
            sealer.seal(event.detail())
          });
    }
    APPEND.update(jdbc, rows);
    recent.written(List.of(), events);
  }

  /** The history of a ticket, in order. */
  List<TicketEvent> events(long ticketId) {
    return jdbc.query(
        "select * from ticket_event where ticket_id = ? order by sequence", this::event, ticketId);
  }

  /** The histories of tickets, each in order. */
  Map<Long, List<TicketEvent>> histories(Collection<Long> ticketIds) {
    return events(ticketIds, EnumSet.allOf(EventType.class));
  }

  /** The events of some types of these tickets, in order, by ticket. */
  Map<Long, List<TicketEvent>> events(Collection<Long> ticketIds, Set<EventType> types) {
    Map<Long, List<TicketEvent>> events = new HashMap<>();
    OF_TICKETS
        .query(
            jdbc,
            ticketIds.stream().sorted().map(id -> new Object[] {id}).toList(),
            this::event,
            (Object) types.stream().map(EventType::code).toArray(String[]::new))
        .forEach(
            event -> events.computeIfAbsent(event.ticketId(), any -> new ArrayList<>()).add(event));
    return events;
  }

  /**
   * What was written from one time, inclusive, to another, exclusive, in its order.
   *
   * @param after the last of the page before; null for the first page
   */
  List<WrittenEvent> written(Instant from, Instant to, WrittenEvent after, int most) {
    Instant begin = after == null ? from : after.at();
    return jdbc.query(
        """
        select * from ticket_event
        where written_at >= ? and written_at < ? and (written_at, ticket_id, sequence) > (?, ?, ?)
        order by written_at, ticket_id, sequence limit ?
        """,
        (row, number) ->
            new WrittenEvent(row.getTimestamp("written_at").toInstant(), event(row, number)),
        Timestamp.from(begin),
        Timestamp.from(to),
        Timestamp.from(begin),
        after == null ? -1 : after.event().ticketId(),
        after == null ? -1 : after.event().sequence(),
        most);
  }

  Map<EventKey, TicketEvent> events(Collection<EventKey> keys) {
    Map<EventKey, TicketEvent> events = new HashMap<>();
    List<Object[]> unknown = new ArrayList<>();
    for (EventKey key : new LinkedHashSet<>(keys)) {
      TicketEvent event = recent.event(key);
      if (event == null) {
        unknown.add(new Object[] {key.ticketId(), key.sequence()});
      } else {
        events.put(key, event);
      }
    }
    for (TicketEvent event : EVENTS.query(jdbc, unknown, this::event)) {
      recent.read(event);
      events.put(new EventKey(event.ticketId(), event.sequence()), event);
    }
    return events;
  }

  /** The events that messages caused, in order. */
  List<TicketEvent> eventsOfMessages(Collection<Long> messageIds) {
    Long[] ids = messageIds.toArray(Long[]::new);
    return jdbc.query(
        connection -> {
          var statement =
              connection.prepareStatement(
                  "select * from ticket_event where message_id = any (?) order by ticket_id, sequence");
          statement.setArray(1, connection.createArrayOf("bigint", ids));
          return statement;
        },
        this::event);
  }

  private TicketEvent event(ResultSet row, int number) throws SQLException {
    return new TicketEvent(
        row.getLong("ticket_id"),
        row.getInt("sequence"),
        EventType.of(row.getString("type")),
        TicketState.of(row.getString("from_state")),
        TicketState.of(row.getString("to_state")),
        row.getBoolean("inferred"),
        row.getString("source"),
        row.getLong("message_id"),
        row.getTimestamp("occurred_at").toInstant(),
        row.getTimestamp("recorded_at").toInstant(),
        sealer.open(row.getBytes("detail"), EventDetail.class));
  }
}

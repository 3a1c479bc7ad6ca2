package io.tickethub.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Goes through the journal in the order of receipt, a page at a time. */
public final class MessageHistory {

  private final JdbcTemplate jdbc;
  private final MessageJournal journal;

  public MessageHistory(JdbcTemplate jdbc, MessageJournal journal) {
    this.jdbc = jdbc;
    this.journal = journal;
  }

  /**
   * The messages of a connector between two identifiers.
   *
   * @param channel null for any
   * @param first the smallest identifier
   * @param end greater than every identifier
   */
  public record Span(String connector, String channel, long first, long end) {}

  /** A message by its identifier, and the bytes of its body. */
  public record Weight(long id, int size) {}

  public long count(Span span) {
    List<Object> parameters = new ArrayList<>();
    String where = where(span, span.first(), parameters);
    Long count =
        jdbc.queryForObject(
            "select count(*) from message" + where, Long.class, parameters.toArray());
    return count == null ? 0 : count;
  }

  /** The next messages of the span from the identifier {@code from} on, in order. */
  public List<Weight> next(Span span, long from, int most) {
    List<Object> parameters = new ArrayList<>();
    String where = where(span, from, parameters);
    parameters.add(most);
    return jdbc.query(
        "select id, size from message" + where + " order by id limit ?",
        (row, number) -> new Weight(row.getLong(1), row.getInt(2)),
        parameters.toArray());
  }

  private static String where(Span span, long from, List<Object> parameters) {
    parameters.addAll(List.of(span.connector(), from, span.end()));
    if (span.channel() == null) {
      return " where connector = ? and id >= ? and id < ?";
    }
    parameters.add(span.channel());
    return " where connector = ? and id >= ? and id < ? and channel = ?";
  }

  /** These messages, in order. */
  public List<JournalEntry> messages(Collection<Long> ids) {
    return entries(" where id = any (?) order by id", ids);
  }

  /** All messages that are kept of these tickets, ticket by ticket, in order. */
  public List<JournalEntry> ofTickets(Collection<Long> ticketIds) {
    return entries(" where ticket_id = any (?) order by ticket_id, id", ticketIds);
  }

  /** How many messages are kept of a ticket, and the bytes of their bodies. */
  public record Load(long ticketId, long messages, long bytes) {}

  public List<Load> loads(Collection<Long> ticketIds) {
    return jdbc.query(
        connection -> {
          var statement =
              connection.prepareStatement(
                  """
                  select ticket_id, count(*), sum(size) from message
                  where ticket_id = any (?) group by ticket_id order by ticket_id
                  """);
          statement.setArray(1, connection.createArrayOf("bigint", ticketIds.toArray()));
          return statement;
        },
        (row, number) -> new Load(row.getLong(1), row.getLong(2), row.getLong(3)));
  }

  private List<JournalEntry> entries(String where, Collection<Long> ids) {
    return jdbc.query(
        connection -> {
          var statement = connection.prepareStatement(MessageJournal.SELECT + where);
          statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
          return statement;
        },
        this::entry);
  }

  private JournalEntry entry(ResultSet row, int number) throws SQLException {
    return journal.entry(row, number);
  }
}

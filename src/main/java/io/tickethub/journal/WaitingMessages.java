package io.tickethub.journal;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tickethub.storage.ArrayStatement;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.TicketReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Messages about tickets the hub does not know yet: a reply that overtook the answer to our
 * dispatch, an update before the report.
 */
public final class WaitingMessages {

  private static final ArrayStatement ADD =
      ArrayStatement.of(
          """
          insert into message_waiting (message_id, connector, channel, scheme, value, changes, since)
          select * from {rows}
          """,
          "bigint",
          "text",
          "text",
          "text",
          "text",
          "bytea",
          "timestamptz");

  private static final ArrayStatement OF =
      ArrayStatement.of(
          """
          select w.* from message_waiting w join {rows} as r (scheme, value) using (scheme, value)
          order by w.message_id for update of w
          """,
          "text",
          "text");

  private static final ArrayStatement REMOVE =
      ArrayStatement.of(
          "delete from message_waiting w using {rows} as r (id) where w.message_id = r.id",
          "bigint");

  private static final TypeReference<List<Change>> CHANGES = new TypeReference<>() {};

  private final JdbcTemplate jdbc;
  private final Sealer sealer;

  public WaitingMessages(JdbcTemplate jdbc, Sealer sealer) {
    this.jdbc = jdbc;
    this.sealer = sealer;
  }

  /** A message and the name of the ticket it waits for. */
  public record Waiting(
      long messageId,
      String connector,
      String channel,
      TicketReference reference,
      List<Change> changes,
      Instant since) {}

  public void add(Collection<Waiting> messages) {
    ADD.update(
        jdbc,
        messages.stream()
            .map(
                waiting ->
                    new Object[] {
                      waiting.messageId(),
                      waiting.connector(),
                      waiting.channel(),
                      waiting.reference().scheme(),
                      waiting.reference().value(),
                      sealer.seal(waiting.changes().toArray(Change[]::new)),
                      waiting.since()
                    })
            .toList());
  }

  /**
   * Those that wait for one of these names, in the order in which they came, kept from other
   * writers.
   */
  public List<Waiting> of(Collection<TicketReference> references) {
    return OF.query(
        jdbc,
        references.stream()
            .distinct()
            .map(reference -> new Object[] {reference.scheme(), reference.value()})
            .toList(),
        this::waiting);
  }

  /** Some of those whose ticket is known by now. */
  public List<Waiting> released(int most) {
    return jdbc.query(
        """
        select w.* from message_waiting w join ticket_reference x using (scheme, value)
        order by w.message_id limit ?
        """,
        this::waiting,
        most);
  }

  /** Some of those that have waited since before {@code limit}. */
  public List<Waiting> waitingSinceBefore(Instant limit, int most) {
    return jdbc.query(
        """
        select * from message_waiting where since < ?
        order by since limit ? for update skip locked
        """,
        this::waiting,
        java.sql.Timestamp.from(limit),
        most);
  }

  public void remove(Collection<Long> messageIds) {
    REMOVE.update(jdbc, messageIds.stream().map(id -> new Object[] {id}).toList());
  }

  public long count() {
    Long count = jdbc.queryForObject("select count(*) from message_waiting", Long.class);
    return count == null ? 0 : count;
  }

  private Waiting waiting(ResultSet row, int number) throws SQLException {
    return new Waiting(
        row.getLong("message_id"),
        row.getString("connector"),
        row.getString("channel"),
        new TicketReference(row.getString("scheme"), row.getString("value")),
        sealer.open(row.getBytes("changes"), CHANGES),
        row.getTimestamp("since").toInstant());
  }
}

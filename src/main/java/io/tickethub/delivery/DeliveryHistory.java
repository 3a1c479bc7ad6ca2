package io.tickethub.delivery;

import io.tickethub.delivery.DeliveryStore.Claimed;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketStore;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** What systems were to be told, to be looked at again; nothing is claimed or sent. */
public final class DeliveryHistory {

  private final JdbcTemplate jdbc;
  private final DeliveryLoader loader;

  public DeliveryHistory(
      JdbcTemplate jdbc, TicketStore tickets, TicketReferences references, MessageJournal journal) {
    this.jdbc = jdbc;
    this.loader = new DeliveryLoader(tickets, references, journal);
  }

  /**
   * The newest deliveries to a system, the newest first, with tickets and names as they are now.
   *
   * @param first the smallest identifier
   * @param end greater than every identifier
   */
  public List<OutboundDelivery> newest(String connector, long first, long end, int most) {
    List<Claimed> claimed =
        jdbc.query(
            """
            select id, ticket_id, sequence, ordinal, connector, code, message_id, created_at
            from delivery where connector = ? and id >= ? and id < ? order by id desc limit ?
            """,
            (row, number) ->
                new Claimed(
                    row.getLong("id"),
                    row.getLong("ticket_id"),
                    row.getInt("sequence"),
                    row.getInt("ordinal"),
                    row.getString("connector"),
                    row.getString("code"),
                    row.getLong("message_id"),
                    1,
                    row.getTimestamp("created_at").toInstant(),
                    null),
            connector,
            first,
            end,
            most);
    return loader.load(claimed).stream().map(Work::delivery).toList();
  }
}

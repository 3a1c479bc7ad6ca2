package io.tickethub.reconcile;

import io.tickethub.journal.Sealer;
import io.tickethub.ticket.Statement;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** A list that is being compared: a page of it at a time, in the order of tickets. */
final class Statements {

  private final JdbcTemplate jdbc;
  private final Sealer sealer;

  Statements(JdbcTemplate jdbc, Sealer sealer) {
    this.jdbc = jdbc;
    this.sealer = sealer;
  }

  /**
   * One statement.
   *
   * @param ticketId null if the hub knows no such ticket
   */
  record Listed(Long ticketId, Instant asOf, Statement statement) {}

  /** Finds the ticket of each statement, by the most trustworthy name first. */
  void resolve(Run run) {
    jdbc.update(
        """
        update reconciliation_statement s set ticket_id = x.ticket_id from ticket_reference x
        where s.run_id = ? and x.scheme = ? and x.value = s.hub
        """,
        run.id(),
        TicketReference.HUB);
    jdbc.update(
        """
        update reconciliation_statement s set ticket_id = x.ticket_id from ticket_reference x
        where s.run_id = ? and s.ticket_id is null and x.scheme = ? and x.value = s.own
        """,
        run.id(),
        run.connector());
    jdbc.update(
        """
        update reconciliation_statement s set ticket_id = x.ticket_id from ticket_reference x
        where s.run_id = ? and s.ticket_id is null and x.scheme = s.scheme and x.value = s.alias
        """,
        run.id());
  }

  /** Keeps which open tickets are not in the list. */
  void expect(Run run) {
    jdbc.update(
        """
        insert into reconciliation_expected (run_id, ticket_id)
        select ?, t.id from ticket t where not t.closed and not exists (
          select from reconciliation_statement s where s.run_id = ? and s.ticket_id = t.id)
        on conflict do nothing
        """,
        run.id(),
        run.id());
  }

  /** The statements about the next {@code most} tickets after {@code ticket}. */
  List<Listed> after(Run run, long ticket, int most) {
    return jdbc.query(
        """
        select s.ticket_id, s.as_of, s.document from reconciliation_statement s
        where s.run_id = ? and s.ticket_id in (
          select distinct ticket_id from reconciliation_statement
          where run_id = ? and ticket_id > ? order by ticket_id limit ?)
        order by s.ticket_id
        """,
        this::listed,
        run.id(),
        run.id(),
        ticket,
        most);
  }

  /**
   * Statements about tickets nobody knows, {@code most} from {@code offset} on; those whose ticket
   * a message of the same system waits for are left out.
   */
  List<Listed> unknown(Run run, long offset, int most) {
    return jdbc.query(
        """
        select s.ticket_id, s.as_of, s.document from reconciliation_statement s
        where s.run_id = ? and s.ticket_id is null and not exists (
          select from message_waiting w where w.scheme = ? and w.value = s.own)
        order by s.name offset ? limit ?
        """,
        this::listed,
        run.id(),
        run.connector(),
        offset,
        most);
  }

  /** No ticket goes by any of these names, and no message waits for one. */
  boolean isUnknown(String connector, TicketKey key) {
    Long known =
        jdbc.queryForObject(
            """
            select (select count(*) from ticket_reference where scheme = ? and value = ?)
              + (select count(*) from ticket_reference where scheme = 'hub' and value = ?)
              + (select count(*) from message_waiting where scheme = ? and value = ?)
            """,
            Long.class,
            connector,
            key.id(),
            key.hub(),
            connector,
            key.id());
    return known != null && known == 0;
  }

  /** The next open tickets that are not in the list. */
  List<Long> expected(Run run, long after, int most) {
    return jdbc.queryForList(
        """
        select ticket_id from reconciliation_expected where run_id = ? and ticket_id > ?
        order by ticket_id limit ?
        """,
        Long.class,
        run.id(),
        after,
        most);
  }

  private Listed listed(ResultSet row, int number) throws SQLException {
    return new Listed(
        row.getObject(1, Long.class),
        row.getTimestamp(2).toInstant(),
        sealer.open(row.getBytes(3), Statement.class));
  }
}

package io.tickethub.reconcile;

import io.tickethub.journal.Sealer;
import io.tickethub.storage.ArrayStatement;
import io.tickethub.ticket.Statement;
import io.tickethub.ticket.TicketReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** A list that is being compared: a page of it at a time, in the order of tickets. */
final class Statements {

  /** Of a page of statements, those that have no ticket yet. */
  private static final String RESOLVE =
      """
      update reconciliation_statement s set ticket_id = x.ticket_id
      from ticket_reference x, (select ?::text as connector) p
      where s.run_id = ? and s.name > ? and s.name <= ? and s.ticket_id is null and %s
      """;

  private static final List<String> SAME =
      List.of(
          "x.scheme = '%s' and x.value = s.hub".formatted(TicketReference.HUB),
          "x.scheme = p.connector and x.value = s.own",
          "x.scheme = s.scheme and x.value = s.alias");

  private static final ArrayStatement KNOWN =
      ArrayStatement.of(
          """
          select r.id from {rows} as r (id, connector, own, hub)
          where exists (
              select from ticket_reference x where x.scheme = r.connector and x.value = r.own)
            or exists (select from ticket_reference x where x.scheme = 'hub' and x.value = r.hub)
            or exists (
              select from message_waiting w where w.scheme = r.connector and w.value = r.own)
          """,
          "bigint",
          "text",
          "text",
          "text");

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
  record Listed(String name, Long ticketId, Instant asOf, Statement statement) {}

  /**
   * Finds the ticket of each of the next {@code most} statements, by the most trustworthy name
   * first.
   *
   * @return the last of them; empty if there was none
   */
  Optional<String> resolve(Run run, int most) {
    String last =
        jdbc.queryForObject(
            """
            select max(name) from (
              select name from reconciliation_statement where run_id = ? and name > ?
              order by name limit ?) p
            """,
            String.class,
            run.id(),
            run.reachedName(),
            most);
    if (last == null) {
      return Optional.empty();
    }
    for (String same : SAME) {
      jdbc.update(RESOLVE.formatted(same), run.connector(), run.id(), run.reachedName(), last);
    }
    return Optional.of(last);
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
        select s.name, s.ticket_id, s.as_of, s.document from reconciliation_statement s
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
   * The next {@code most} statements about tickets nobody knows; those whose ticket a message of
   * the same system waits for are left out.
   */
  List<Listed> unknown(Run run, int most) {
    return jdbc.query(
        """
        select s.name, s.ticket_id, s.as_of, s.document from reconciliation_statement s
        where s.run_id = ? and s.name > ? and s.ticket_id is null and not exists (
          select from message_waiting w where w.scheme = ? and w.value = s.own)
        order by s.name limit ?
        """,
        this::listed,
        run.id(),
        run.reachedName(),
        run.connector(),
        most);
  }

  /** Those whose ticket goes by one of its names by now, or is waited for by a message. */
  Set<Long> known(List<Drift> drifts) {
    return new HashSet<>(
        KNOWN.query(
            jdbc,
            drifts.stream()
                .map(
                    drift ->
                        new Object[] {
                          drift.id(),
                          drift.connector(),
                          drift.statement().ticket().id(),
                          drift.statement().ticket().hub()
                        })
                .toList(),
            (row, number) -> row.getLong(1)));
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
        row.getString(1),
        row.getObject(2, Long.class),
        row.getTimestamp(3).toInstant(),
        sealer.open(row.getBytes(4), Statement.class));
  }
}

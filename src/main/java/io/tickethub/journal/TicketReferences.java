package io.tickethub.journal;

import io.tickethub.storage.ArrayStatement;
import io.tickethub.ticket.TicketReference;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** What each system calls a ticket; the hub's own number is one of the names. */
public final class TicketReferences {

  /* Looked up row by row: while the table is young, a plan made for it would read all of it. */

  private static final ArrayStatement RESOLVE =
      ArrayStatement.of(
          """
          select r.scheme, r.value, x.ticket_id
          from {rows} as r (scheme, value) cross join lateral (
            select t.ticket_id from ticket_reference t
            where t.scheme = r.scheme and t.value = r.value offset 0) x
          """,
          "text",
          "text");

  private static final ArrayStatement LEARN =
      ArrayStatement.of(
          """
          insert into ticket_reference (scheme, value, ticket_id, learned_at)
          select * from {rows} on conflict (scheme, value) do nothing
          """,
          "text",
          "text",
          "bigint",
          "timestamptz");

  private static final ArrayStatement ASSIGN =
      ArrayStatement.of(
          """
          insert into ticket_reference (scheme, value, ticket_id, learned_at) select * from {rows}
          """,
          "text",
          "text",
          "bigint",
          "timestamptz");

  private static final ArrayStatement OF_TICKETS =
      ArrayStatement.of(
          """
          select x.ticket_id, x.scheme, x.value
          from {rows} as r (ticket_id) cross join lateral (
            select t.* from ticket_reference t where t.ticket_id = r.ticket_id offset 0) x
          order by x.ticket_id, x.learned_at
          """,
          "bigint");

  private final JdbcTemplate jdbc;

  public TicketReferences(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Something learned: {@code ticketId} goes by {@code reference}. */
  public record Learned(TicketReference reference, long ticketId, Instant at) {}

  /** Keeps what is new; a name that another ticket already has stays with that ticket. */
  public void learn(Collection<Learned> learned) {
    LEARN.update(jdbc, rows(learned));
  }

  /** Keeps names that were free when looked up; fails if another writer was faster. */
  public void assign(Collection<Learned> learned) {
    ASSIGN.update(jdbc, rows(learned));
  }

  private static List<Object[]> rows(Collection<Learned> learned) {
    return learned.stream()
        .map(
            item ->
                new Object[] {
                  item.reference().scheme(), item.reference().value(), item.ticketId(), item.at()
                })
        .toList();
  }

  /** The tickets that go by these names, as far as they are known. */
  public Map<TicketReference, Long> resolve(Collection<TicketReference> references) {
    Map<TicketReference, Long> found = new HashMap<>();
    RESOLVE.query(
        jdbc,
        references.stream()
            .distinct()
            .map(reference -> new Object[] {reference.scheme(), reference.value()})
            .toList(),
        (row, number) ->
            found.put(new TicketReference(row.getString(1), row.getString(2)), row.getLong(3)));
    return found;
  }

  /** By ticket: scheme → the newest value. */
  public Map<Long, Map<String, String>> of(Collection<Long> ticketIds) {
    Map<Long, Map<String, String>> found = new HashMap<>();
    OF_TICKETS.query(
        jdbc,
        ticketIds.stream().distinct().map(id -> new Object[] {id}).toList(),
        (row, number) ->
            found
                .computeIfAbsent(row.getLong(1), id -> new LinkedHashMap<>())
                .put(row.getString(2), row.getString(3)));
    return found;
  }

  /** The tickets that any system calls {@code value}. */
  public List<Long> ticketsCalled(String value) {
    return jdbc.queryForList(
        "select distinct ticket_id from ticket_reference where value = ?", Long.class, value);
  }
}

package io.tickethub.journal;

import io.tickethub.storage.ArrayStatement;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketLinks.Related;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** The mass faults, what they gather, and how far their children have been told. */
public final class MassFaultStore {

  private static final ArrayStatement FIND =
      ArrayStatement.of(
          """
          select a.region, a.product_class, m.ticket_id, m.number, m.kinds, m.fault_domain
          from {rows} as r (region, product_class) join mass_fault_area a using (region, product_class)
            join mass_fault m using (ticket_id)
          order by m.ticket_id
          """,
          "text",
          "text");

  private static final ArrayStatement WRITE =
      ArrayStatement.of(
          """
          insert into mass_fault (ticket_id, number, kinds, fault_domain, gathers, sequence, due, until)
          select r.id, r.number, string_to_array(r.kinds, ','), r.domain, r.gathers, r.sequence, r.due, r.until
          from {rows} as r (id, number, kinds, domain, gathers, sequence, due, until)
          on conflict (ticket_id) do update set kinds = excluded.kinds,
            fault_domain = excluded.fault_domain, gathers = excluded.gathers,
            sequence = greatest(mass_fault.sequence, excluded.sequence), after_report = 0,
            after_child = 0, due = excluded.due, until = excluded.until
          """,
          "bigint",
          "text",
          "text",
          "text",
          "boolean",
          "integer",
          "timestamptz",
          "timestamptz");

  private static final ArrayStatement LEAVE_AREAS =
      ArrayStatement.of(
          "delete from mass_fault_area a using {rows} as r (id) where a.ticket_id = r.id",
          "bigint");

  private static final ArrayStatement COVER =
      ArrayStatement.of(
          """
          insert into mass_fault_area (region, product_class, ticket_id) select * from {rows}
          on conflict do nothing
          """,
          "text",
          "text",
          "bigint");

  private static final ArrayStatement WAKE =
      ArrayStatement.of(
          """
          update mass_fault m set due = r.due, until = r.until from {rows} as r (id, due, until)
          where m.ticket_id = r.id and m.due is null
          """,
          "bigint",
          "timestamptz",
          "timestamptz");

  private static final String CLAIM =
      """
      select * from mass_fault where due <= ? order by due limit 1 for update skip locked
      """;

  private static final String REPORTS =
      """
      select t.id, t.number, t.version from ticket t
        join mass_fault_area a on a.region = t.region and a.product_class = t.product_class
      where a.ticket_id = ? and t.gatherable and t.id > ? and t.id <> a.ticket_id
        and t.kind = any (?) and (?::text is null or t.fault_domain is null or t.fault_domain = ?)
      order by t.id limit ?
      """;

  private static final String UNTOLD =
      """
      select id, number, version from ticket
      where parent_id = ? and id > ? and not closed and parent_sequence < ? order by id limit ?
      """;

  private final JdbcTemplate jdbc;

  public MassFaultStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Where reports are gathered. */
  public record Area(String region, String productClass) {}

  /**
   * A mass fault that gathers the reports of an area.
   *
   * @param faultDomain a report that places its fault elsewhere is not gathered; null: all are
   */
  public record Gathering(Related ticket, Set<TicketKind> kinds, String faultDomain) {

    public boolean takes(TicketKind kind, String domain) {
      return kinds.contains(kind)
          && (faultDomain == null || domain == null || faultDomain.equals(domain));
    }
  }

  /**
   * A mass fault as it is to be kept.
   *
   * @param areas what it gathers; empty: it gathers no more
   * @param sequence of its newest event that its children are to hear; 0 for none
   * @param until after this, nothing more is expected of it; null while it gathers
   */
  public record Kept(
      Gathering gathering, Set<Area> areas, int sequence, Instant due, Instant until) {}

  /**
   * One that has something to do.
   *
   * @param afterReport how far its area has been gone through
   * @param afterChild how far its children have been told
   */
  public record Work(
      Gathering gathering,
      boolean gathers,
      int sequence,
      long afterReport,
      long afterChild,
      Instant until) {}

  /** A ticket that is to join, or to be told something. */
  public record Member(long id, String number, int version) {}

  /** By area, the mass faults that gather its reports, the oldest first. */
  public Map<Area, List<Gathering>> find(Collection<Area> areas) {
    Map<Area, List<Gathering>> found = new HashMap<>();
    FIND.query(
            jdbc,
            areas.stream()
                .distinct()
                .map(area -> new Object[] {area.region(), area.productClass()})
                .toList(),
            (row, number) ->
                Map.entry(new Area(row.getString(1), row.getString(2)), gathering(row)))
        .forEach(
            entry ->
                found
                    .computeIfAbsent(entry.getKey(), any -> new ArrayList<>())
                    .add(entry.getValue()));
    return found;
  }

  private static Gathering gathering(ResultSet row) throws SQLException {
    Array kinds = row.getArray("kinds");
    return new Gathering(
        new Related(row.getLong("ticket_id"), row.getString("number")),
        Arrays.stream((String[]) kinds.getArray()).map(TicketKind::of).collect(Collectors.toSet()),
        row.getString("fault_domain"));
  }

  public void write(Collection<Kept> massFaults) {
    WRITE.update(
        jdbc,
        massFaults.stream()
            .map(
                kept ->
                    new Object[] {
                      kept.gathering().ticket().id(),
                      kept.gathering().ticket().number(),
                      kept.gathering().kinds().stream()
                          .map(TicketKind::code)
                          .sorted()
                          .collect(Collectors.joining(",")),
                      kept.gathering().faultDomain(),
                      !kept.areas().isEmpty(),
                      kept.sequence(),
                      kept.due(),
                      kept.until()
                    })
            .toList());
    LEAVE_AREAS.update(
        jdbc,
        massFaults.stream().map(kept -> new Object[] {kept.gathering().ticket().id()}).toList());
    COVER.update(
        jdbc,
        massFaults.stream()
            .flatMap(
                kept ->
                    kept.areas().stream()
                        .map(
                            area ->
                                new Object[] {
                                  area.region(), area.productClass(), kept.gathering().ticket().id()
                                }))
            .toList());
  }

  /** Tickets joined these mass faults: one that rests looks after them. */
  public void wake(Collection<Long> ids, Instant due, Instant until) {
    WAKE.update(jdbc, ids.stream().distinct().map(id -> new Object[] {id, due, until}).toList());
  }

  /** One that has something to do, kept from other nodes until the transaction ends. */
  public List<Work> claim(Instant now) {
    return jdbc.query(
        CLAIM,
        (row, number) -> {
          Timestamp until = row.getTimestamp("until");
          return new Work(
              gathering(row),
              row.getBoolean("gathers"),
              row.getInt("sequence"),
              row.getLong("after_report"),
              row.getLong("after_child"),
              until == null ? null : until.toInstant());
        },
        Timestamp.from(now));
  }

  /** Open tickets of its area that are not its children yet, in order of their ids. */
  public List<Member> reports(Work work, int most) {
    Gathering gathering = work.gathering();
    return jdbc.query(
        connection -> {
          var statement = connection.prepareStatement(REPORTS);
          statement.setLong(1, gathering.ticket().id());
          statement.setLong(2, work.afterReport());
          statement.setArray(
              3,
              connection.createArrayOf(
                  "text", gathering.kinds().stream().map(TicketKind::code).toArray()));
          statement.setString(4, gathering.faultDomain());
          statement.setString(5, gathering.faultDomain());
          statement.setInt(6, most);
          return statement;
        },
        MassFaultStore::member);
  }

  /** Open children that have not heard its newest word, in order of their ids. */
  public List<Member> untold(Work work, int most) {
    return jdbc.query(
        UNTOLD,
        MassFaultStore::member,
        work.gathering().ticket().id(),
        work.afterChild(),
        work.sequence(),
        most);
  }

  private static Member member(ResultSet row, int number) throws SQLException {
    return new Member(row.getLong(1), row.getString(2), row.getInt(3));
  }

  /** Remembers how far it got; {@code due} null: it has nothing more to do. */
  public void goOn(Work work, long afterReport, long afterChild, Instant due) {
    jdbc.update(
        "update mass_fault set after_report = ?, after_child = ?, due = ? where ticket_id = ?",
        afterReport,
        afterChild,
        due == null ? null : Timestamp.from(due),
        work.gathering().ticket().id());
  }

  /** The newest event its children are to hear; 0 for none. */
  public int sequence(long ticketId) {
    return jdbc
        .queryForList(
            "select sequence from mass_fault where ticket_id = ?", Integer.class, ticketId)
        .stream()
        .findFirst()
        .orElse(0);
  }
}

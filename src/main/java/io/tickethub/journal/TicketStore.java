package io.tickethub.journal;

import io.tickethub.storage.ArrayStatement;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.PhoneNumber;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketLinks.Related;
import io.tickethub.ticket.TicketState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tickets and their histories. */
public final class TicketStore {

  private static final ArrayStatement LOCK =
      ArrayStatement.of(
          """
          select t.document from ticket t join {rows} as r (id) on t.id = r.id
          order by t.id for update of t
          """,
          "bigint");

  private static final ArrayStatement LOAD =
      ArrayStatement.of(
          """
          select t.id, case when t.version <> r.version then t.document end as document
          from ticket t join {rows} as r (id, version) on t.id = r.id
          """,
          "bigint",
          "integer");

  private static final ArrayStatement INSERT =
      ArrayStatement.of(
          """
          insert into ticket (id, version, state, kind, product_class, owner, customer, closed,
            updated_at, due_at, severity, document, region, fault_domain, gatherable, parent_id,
            parent_sequence, follows_id, phone_digest, number, opened_by, opened_at)
          select * from {rows}
          """,
          "bigint",
          "integer",
          "text",
          "text",
          "text",
          "text",
          "text",
          "boolean",
          "timestamptz",
          "timestamptz",
          "text",
          "bytea",
          "text",
          "text",
          "boolean",
          "bigint",
          "integer",
          "bigint",
          "text",
          "text",
          "text",
          "timestamptz");

  private static final ArrayStatement UPDATE =
      ArrayStatement.of(
          """
          update ticket t set version = r.version, state = r.state, kind = r.kind,
            product_class = r.product_class, owner = r.owner, customer = r.customer,
            closed = r.closed, updated_at = r.updated_at, due_at = r.due_at,
            severity = r.severity, document = r.document, region = r.region,
            fault_domain = r.fault_domain, gatherable = r.gatherable, parent_id = r.parent_id,
            parent_sequence = r.parent_sequence, follows_id = r.follows_id,
            phone_digest = r.phone_digest
          from {rows} as r (id, version, state, kind, product_class, owner, customer, closed,
            updated_at, due_at, severity, document, region, fault_domain, gatherable, parent_id,
            parent_sequence, follows_id, phone_digest)
          where t.id = r.id
          """,
          "bigint",
          "integer",
          "text",
          "text",
          "text",
          "text",
          "text",
          "boolean",
          "timestamptz",
          "timestamptz",
          "text",
          "bytea",
          "text",
          "text",
          "boolean",
          "bigint",
          "integer",
          "bigint",
          "text");

  private static final ArrayStatement TALLY =
      ArrayStatement.of(
          """
          insert into ticket_tally (state, slot, tickets) select * from {rows}
          on conflict (state, slot) do update set tickets = ticket_tally.tickets + excluded.tickets
          """,
          "text",
          "integer",
          "bigint");

  private static final ArrayStatement OF_CUSTOMERS =
      ArrayStatement.of(
          """
          select t.customer, t.id from ticket t join {rows} as r (customer) using (customer)
          where not t.closed order by t.id
          """,
          "text");

  private static final int BLOCK = 20;

  private final JdbcTemplate jdbc;
  private final Sealer sealer;
  private final RecentTickets recent = new RecentTickets();
  private final TicketEvents events;
  private final DateTimeFormatter day;
  private long nextId;
  private long blockEnd;

  /** {@code zone} decides the date in a ticket's number. */
  public TicketStore(JdbcTemplate jdbc, Sealer sealer, ZoneId zone) {
    this.jdbc = jdbc;
    this.sealer = sealer;
    this.events = new TicketEvents(jdbc, sealer, recent);
    this.day = DateTimeFormatter.ofPattern("uuuuMMdd").withZone(zone);
  }

  /** An id no ticket has. */
  public synchronized long nextId() {
    if (nextId == blockEnd) {
      Long start = jdbc.queryForObject("select nextval('ticket_id')", Long.class);
      nextId = start;
      blockEnd = nextId + BLOCK;
    }
    return nextId++;
  }

  /**
   * The number people and systems know a ticket by: {@code TH}, the day it was received, its id.
   */
  public String number(long id, Instant receivedAt) {
    String digits = Long.toString(id);
    return "TH" + day.format(receivedAt) + "0".repeat(Math.max(0, 6 - digits.length())) + digits;
  }

  /** The tickets of these ids, kept from every other writer until the transaction ends. */
  public Map<Long, Ticket> lock(Collection<Long> ids) {
    Map<Long, Ticket> tickets = new TreeMap<>();
    LOCK.query(
            jdbc,
            ids.stream().distinct().sorted().map(id -> new Object[] {id}).toList(),
            (row, number) -> ticket(row))
        .forEach(ticket -> tickets.put(ticket.id(), ticket));
    return tickets;
  }

  /**
   * The tickets of these ids, to be told of: their content and progress are the newest, what is
   * kept of them beside their history may be older.
   */
  public Map<Long, Ticket> load(Collection<Long> ids) {
    Map<Long, Ticket> known = new HashMap<>();
    List<Object[]> rows = new ArrayList<>();
    for (Long id : new TreeSet<>(ids)) {
      Ticket ticket = recent.ticket(id);
      known.put(id, ticket);
      rows.add(new Object[] {id, ticket == null ? 0 : ticket.version()});
    }
    Map<Long, Ticket> tickets = new TreeMap<>();
    LOAD.query(jdbc, rows, (row, number) -> recentOr(row, known))
        .forEach(ticket -> tickets.put(ticket.id(), ticket));
    return tickets;
  }

  private Ticket recentOr(ResultSet row, Map<Long, Ticket> known) throws SQLException {
    if (row.getBytes("document") == null) {
      return known.get(row.getLong("id"));
    }
    Ticket ticket = ticket(row);
    recent.read(ticket);
    return ticket;
  }

  /** By customer number: the ids of the tickets that are not archived, rejected or cancelled. */
  public Map<String, List<Long>> openTicketsOf(Collection<String> customers) {
    Map<String, List<Long>> found = new HashMap<>();
    OF_CUSTOMERS.query(
        jdbc,
        customers.stream().map(customer -> new Object[] {customer}).toList(),
        (row, number) ->
            found.computeIfAbsent(row.getString(1), any -> new ArrayList<>()).add(row.getLong(2)));
    return found;
  }

  public void insert(Collection<Ticket> tickets) {
    List<Object[]> rows = new ArrayList<>(tickets.size());
    for (Ticket ticket : tickets) {
      Object[] common = columns(ticket);
      Object[] row = Arrays.copyOf(common, common.length + 3);
      row[common.length] = ticket.number();
      row[common.length + 1] = ticket.openedBy();
      row[common.length + 2] = ticket.openedAt();
      rows.add(row);
    }
    INSERT.update(jdbc, rows);
    recent.written(tickets, List.of());
  }

  public void update(Collection<Ticket> tickets) {
    UPDATE.update(jdbc, tickets.stream().map(this::columns).toList());
    recent.written(tickets, List.of());
  }

  private Object[] columns(Ticket ticket) {
    return new Object[] {
      ticket.id(),
      ticket.version(),
      ticket.state().code(),
      ticket.content().kind().code(),
      ticket.content().productClass(),
      ticket.progress().owner(),
      ticket.content().customerOrUnknown().number(),
      ticket.state().isFinal(),
      ticket.updatedAt(),
      ticket.dueAt(),
      ticket.content().severity(),
      sealer.seal(ticket),
      ticket.content().region(),
      ticket.content().faultDomain(),
      ticket.mayBeGathered(),
      id(ticket.links().parent()),
      ticket.links().parentSequence(),
      id(ticket.links().follows()),
      phoneDigest(ticket)
    };
  }

  private String phoneDigest(Ticket ticket) {
    String phone = PhoneNumber.normal(ticket.content().customerOrUnknown().phone());
    return phone == null ? null : sealer.fingerprint(phone);
  }

  private static Long id(Related ticket) {
    return ticket == null ? null : ticket.id();
  }

  /** The children of a mass fault, the oldest first. */
  public List<Ticket> children(long parentId, int most) {
    return jdbc.query(
        "select document from ticket where parent_id = ? order by id limit ?",
        (row, number) -> ticket(row),
        parentId,
        most);
  }

  /** How many children of a mass fault are in each state. */
  public Map<String, Long> childrenByState(long parentId) {
    Map<String, Long> counts = new TreeMap<>();
    jdbc.query(
        "select state, count(*) from ticket where parent_id = ? group by state",
        row -> {
          counts.put(row.getString(1), row.getLong(2));
        },
        parentId);
    return counts;
  }

  /** The numbers of the tickets that follow an archived one, the oldest first. */
  public List<String> followersOf(long ticketId, int most) {
    return jdbc.queryForList(
        "select number from ticket where follows_id = ? order by id limit ?",
        String.class,
        ticketId,
        most);
  }

  /** Corrects the number of tickets in each state. {@code slot} is this writer's own. */
  public void tally(int slot, Map<TicketState, Long> differences) {
    TALLY.update(
        jdbc,
        differences.entrySet().stream()
            .filter(entry -> entry.getValue() != 0)
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> new Object[] {entry.getKey().code(), slot, entry.getValue()})
            .toList());
  }

  /** How many tickets are in each state, without looking at them. */
  public Map<String, Long> tally() {
    Map<String, Long> tally = new TreeMap<>();
    jdbc.query(
        "select state, sum(tickets) from ticket_tally group by state",
        row -> {
          tally.put(row.getString(1), row.getLong(2));
        });
    return tally;
  }

  public Optional<Ticket> findByNumber(String number) {
    return jdbc
        .query("select document from ticket where number = ?", (row, n) -> ticket(row), number)
        .stream()
        .findFirst();
  }

  /** Adds events to histories. */
  public void append(Collection<TicketEvent> added) {
    events.append(added);
  }

  /** The history of a ticket, in order. */
  public List<TicketEvent> events(long ticketId) {
    return events.events(ticketId);
  }

  /** The histories of tickets, each in order. */
  public Map<Long, List<TicketEvent>> histories(Collection<Long> ticketIds) {
    return events.histories(ticketIds);
  }

  /** The events of some types of these tickets, in order, by ticket. */
  public Map<Long, List<TicketEvent>> events(Collection<Long> ticketIds, Set<EventType> types) {
    return events.events(ticketIds, types);
  }

  /** An event and when its transaction began, by the database's clock. */
  public record WrittenEvent(Instant at, TicketEvent event) {}

  /**
   * What was written from one time, inclusive, to another, exclusive, in its order.
   *
   * @param after the last of the page before; null for the first page
   */
  public List<WrittenEvent> written(Instant from, Instant to, WrittenEvent after, int most) {
    return events.written(from, to, after, most);
  }

  /** One event of a ticket. */
  public record EventKey(long ticketId, int sequence) {}

  public Map<EventKey, TicketEvent> events(Collection<EventKey> keys) {
    return events.events(keys);
  }

  /** The events that messages caused, in order. */
  public List<TicketEvent> eventsOfMessages(Collection<Long> messageIds) {
    return events.eventsOfMessages(messageIds);
  }

  private Ticket ticket(ResultSet row) throws SQLException {
    return sealer.open(row.getBytes("document"), Ticket.class);
  }
}

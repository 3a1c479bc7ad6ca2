package io.tickethub.tmf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.journal.TicketStore;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketReference;
import io.tickethub.ticket.TicketState;
import io.tickethub.tmf.Criterion.Operator;
import io.tickethub.tmf.ListQuery.Order;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds tickets that a client may see. What an index can answer, the database does; everything else
 * is looked at ticket by ticket, of so many tickets at most.
 */
final class TicketSearch {

  static final int MOST_CANDIDATES = 1_000;
  private static final int MOST_COUNTED = 10_000;
  private static final int SECONDS = 5;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final TicketStore tickets;
  private final TroubleTicketResource resources;

  TicketSearch(
      DataSource dataSource,
      PlatformTransactionManager transactions,
      TicketStore tickets,
      TroubleTicketResource resources) {
    this.transactions = new TransactionTemplate(transactions);
    this.transactions.setReadOnly(true);
    this.jdbc = new JdbcTemplate(dataSource);
    this.jdbc.setQueryTimeout(SECONDS);
    this.tickets = tickets;
    this.resources = resources;
  }

  /**
   * A part of a list.
   *
   * @param total how many fit altogether; of more than 10,000 the database does not count the rest
   * @param previous before which there is more; null if there is not, or for lists the database
   *     does not sort
   * @param next after which there is more; null as above
   */
  record Found(List<ObjectNode> resources, long total, PageCursor previous, PageCursor next) {}

  /** What a list is sorted by. */
  private record Row(long id, Instant openedAt, Instant updatedAt) {}

  /** One ticket by its number, or by what the client's own system calls it. */
  Optional<Ticket> one(String id, TmfClient client) {
    Where where = visible(client);
    where.and("t.number = ?", id);
    return tickets.load(ids(rows(where, 1, "t.id", 1, 0))).values().stream().findFirst();
  }

  /**
   * Elsewhere the hub's statements are planned once for all values; here the values decide which
   * index is the right one.
   */
  Found find(ListQuery query, TmfVersion version, TmfClient client) {
    return transactions.execute(
        status -> {
          jdbc.execute("set local plan_cache_mode = force_custom_plan");
          return found(query, version, client);
        });
  }

  private Found found(ListQuery query, TmfVersion version, TmfClient client) {
    Where where = visible(client);
    List<Criterion> rest = new ArrayList<>();
    for (Criterion criterion : query.criteria()) {
      if (!Pushed.onto(where, criterion, client)) {
        rest.add(criterion);
      }
    }
    Optional<DatabaseSort> sort = DatabaseSort.of(query.order());
    long total = total(where);
    if (rest.isEmpty() && sort.isPresent() && query.filter() == null) {
      return page(query, where, total, sort.get(), ids -> shown(ids, version, client));
    }
    if (query.page() != null) {
      throw TmfException.badRequest(
          "before and after are for lists of which the database answers every condition and the order");
    }
    if (total > MOST_CANDIDATES) {
      throw TmfException.badRequest(
          "more than %d tickets would have to be looked at one by one: narrow them down by id, status,"
                  .formatted(MOST_CANDIDATES)
              + " severity, externalId, creationDate or lastUpdate");
    }
    List<Long> candidates =
        ids(
            rows(
                where,
                total,
                sort.map(given -> given.text(false)).orElse("t.id desc"),
                MOST_CANDIDATES,
                0));
    List<ObjectNode> fitting =
        shown(candidates, version, client).stream()
            .filter(resource -> rest.stream().allMatch(criterion -> criterion.fits(resource)))
            .filter(
                resource ->
                    query.filter() == null || !JsonPaths.places(query.filter(), resource).isEmpty())
            .sorted(sort.isEmpty() ? comparator(query.order()) : (one, other) -> 0)
            .toList();
    return new Found(
        fitting.stream().skip(query.offset()).limit(query.limit()).toList(),
        fitting.size(),
        null,
        null);
  }

  /** One row more than wanted says whether there is more. */
  private Found page(
      ListQuery query,
      Where where,
      long total,
      DatabaseSort sort,
      Function<List<Long>, List<ObjectNode>> shown) {
    boolean backwards = query.page() != null && query.page().backwards();
    PageCursor from = query.page() == null ? null : query.page().from();
    if (from != null) {
      where.and(sort.beyond(backwards), sort.place(from));
    }
    List<Row> rows =
        new ArrayList<>(
            rows(where, total, sort.text(backwards), query.limit() + 1, query.offset()));
    boolean more = rows.size() > query.limit();
    if (more) {
      rows.remove(query.limit());
    }
    if (backwards) {
      Collections.reverse(rows);
    }
    boolean goesOnBefore = backwards ? more : from != null || query.offset() > 0;
    boolean goesOn = backwards ? from != null : more;
    return new Found(
        shown.apply(ids(rows)),
        total,
        goesOnBefore && !rows.isEmpty() ? cursor(sort, rows.get(0)) : null,
        goesOn && !rows.isEmpty() ? cursor(sort, rows.get(rows.size() - 1)) : null);
  }

  private static PageCursor cursor(DatabaseSort sort, Row row) {
    return sort.cursor(row.id(), row.openedAt(), row.updatedAt());
  }

  private static List<Long> ids(List<Row> rows) {
    return rows.stream().map(Row::id).toList();
  }

  private List<ObjectNode> shown(List<Long> ids, TmfVersion version, TmfClient client) {
    Map<Long, Ticket> found = tickets.load(ids);
    Map<Long, List<TicketEvent>> histories = tickets.histories(ids);
    return ids.stream()
        .map(found::get)
        .filter(ticket -> ticket != null)
        .map(
            ticket ->
                shown(ticket, histories.getOrDefault(ticket.id(), List.of()), version, client))
        .toList();
  }

  /** A ticket as a client sees it. */
  ObjectNode shown(Ticket ticket, TmfVersion version, TmfClient client) {
    return shown(ticket, tickets.events(ticket.id()), version, client);
  }

  private ObjectNode shown(
      Ticket ticket, List<TicketEvent> events, TmfVersion version, TmfClient client) {
    ObjectNode current = resources.of(ticket, events, version, client.seesPersonalData());
    return LegacyForm.of(current, version);
  }

  /**
   * Where few tickets fit they are found first and sorted then: with a limit, PostgreSQL would
   * rather walk all tickets in their order until it met enough.
   */
  private List<Row> rows(Where where, long total, String order, int limit, int offset) {
    List<Object> parameters = new ArrayList<>(where.parameters);
    parameters.add(limit);
    parameters.add(offset);
    String tickets =
        total > MOST_CANDIDATES
            ? "select t.id, t.opened_at, t.updated_at from ticket t where %s".formatted(where.text)
            : """
              with found as materialized
                (select t.id, t.opened_at, t.updated_at from ticket t where %s)
              select t.id, t.opened_at, t.updated_at from found t
              """
                .formatted(where.text);
    return jdbc.query(
        "%s order by %s limit ? offset ?".formatted(tickets, order),
        (row, number) ->
            new Row(
                row.getLong(1), row.getTimestamp(2).toInstant(), row.getTimestamp(3).toInstant()),
        parameters.toArray());
  }

  private long total(Where where) {
    if (where.isAll()) {
      return tickets.tally().values().stream().mapToLong(Long::longValue).sum();
    }
    List<Object> parameters = new ArrayList<>(where.parameters);
    parameters.add(MOST_COUNTED);
    Long counted =
        jdbc.queryForObject(
            "select count(*) from (select 1 from ticket t where %s limit ?) as counted"
                .formatted(where.text),
            Long.class,
            parameters.toArray());
    return counted == null ? 0 : counted;
  }

  private static Where visible(TmfClient client) {
    Where where = new Where();
    if (client.ownOnly()) {
      where.and(
          "t.id in (select ticket_id from ticket_reference where scheme = ?)", client.system());
    }
    if (!client.productClasses().isEmpty()) {
      where.and(
          "t.product_class = any (?)", (Object) client.productClasses().toArray(String[]::new));
    }
    return where;
  }

  static Comparator<ObjectNode> comparator(List<Order> orders) {
    Comparator<ObjectNode> comparator = (one, other) -> 0;
    for (Order order : orders) {
      String pointer = "/" + order.property().replace('.', '/');
      Comparator<ObjectNode> by = Comparator.comparing(resource -> resource.at(pointer).asText());
      comparator = comparator.thenComparing(order.descending() ? by.reversed() : by);
    }
    return comparator;
  }

  /** Conditions in SQL. */
  private static final class Where {
    private final StringBuilder text = new StringBuilder("true");
    private final List<Object> parameters = new ArrayList<>();

    private boolean isAll() {
      return text.toString().equals("true");
    }

    private void and(String condition, Object... values) {
      text.append(" and ").append(condition);
      parameters.addAll(List.of(values));
    }
  }

  /** Which conditions the database answers. */
  private static final class Pushed {

    private Pushed() {}

    /** False if the condition has to be looked at ticket by ticket, too. */
    private static boolean onto(Where where, Criterion criterion, TmfClient client) {
      boolean equal = criterion.operator() == Operator.EQ;
      Object values = criterion.values().toArray(String[]::new);
      switch (criterion.property()) {
        case "id":
          if (equal) {
            where.and("t.number = any (?)", values);
          }
          return equal;
        case "severity":
          if (equal) {
            where.and("t.severity is not null and t.severity = any (?)", values);
          }
          return equal;
        case "externalId", "externalIdentifier.id":
          if (equal) {
            where.and(
                "t.id in (select ticket_id from ticket_reference where scheme = ? and value = any (?))",
                client.system(),
                values);
          }
          return equal;
        case "status":
          return equal && status(where, criterion.values());
        case "creationDate":
          return time(where, "t.opened_at", criterion);
        case "lastUpdate":
          return time(where, "t.updated_at", criterion);
        default:
          return false;
      }
    }

    private static boolean status(Where where, List<String> statuses) {
      if (!TroubleTicketStatus.ALL.containsAll(statuses)) {
        throw TmfException.badRequest("a status is one of %s".formatted(TroubleTicketStatus.ALL));
      }
      List<TicketState> states =
          statuses.stream()
              .map(TroubleTicketStatus::states)
              .flatMap(List::stream)
              .distinct()
              .toList();
      where.and(
          states.stream()
              .map(state -> "'%s'".formatted(state.code()))
              .collect(Collectors.joining(", ", "t.state in (", ")")));
      return !states.contains(TicketState.SUSPENDED)
          || statuses.contains("pending") && statuses.contains("held");
    }

    private static boolean time(Where where, String column, Criterion criterion) {
      Optional<Instant> time = Criterion.time(criterion.values().get(0));
      String sign =
          switch (criterion.operator()) {
            case GT -> ">";
            case GTE -> ">=";
            case LT -> "<";
            case LTE -> "<=";
            case EQ -> criterion.values().size() == 1 ? "=" : "";
            case NE -> "";
          };
      if (time.isEmpty()) {
        throw TmfException.badRequest(
            "'%s' is compared with a date or time, such as 2026-11-27T09:30:00Z"
                .formatted(criterion.property()));
      }
      if (!sign.isEmpty()) {
        where.and("%s %s ?".formatted(column, sign), Timestamp.from(time.get()));
      }
      return !sign.isEmpty();
    }
  }

  /** Whether a client may see a ticket. */
  boolean sees(TmfClient client, Ticket ticket) {
    boolean ofClass =
        client.productClasses().isEmpty()
            || client.productClasses().contains(ticket.content().productClass());
    return ofClass && (!client.ownOnly() || isOwn(client, ticket));
  }

  private boolean isOwn(TmfClient client, Ticket ticket) {
    Integer count =
        jdbc.queryForObject(
            "select count(*) from ticket_reference where ticket_id = ? and scheme = ?",
            Integer.class,
            ticket.id(),
            client.system());
    return count != null && count > 0 && !client.system().equals(TicketReference.HUB);
  }
}

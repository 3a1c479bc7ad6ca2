package io.tickethub.delivery;

import io.tickethub.storage.ArrayStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The deliveries, and the rules of their order. A lane is what one system has still to hear of one
 * ticket; only its first delivery may be under way, or several from the first on by one node, one
 * after the other.
 */
public final class DeliveryStore {

  /**
   * What is {@code straight} is under way at once, unless it stands behind something open in its
   * lane: who adds has locked the ticket, so nothing can come between. The lane is looked at for
   * each row, with a limit: of an {@code exists}, PostgreSQL reads all lanes at once as long as it
   * believes them to be few, which in a long backlog takes longer with every delivery that waits.
   */
  private static final ArrayStatement ADD =
      ArrayStatement.of(
          """
          insert into delivery (id, ticket_id, sequence, ordinal, connector, code, rule, message_id,
            due, created_at, trace, state, attempt, leased_by, leased_until, behind)
          select r.id, r.ticket_id, r.sequence, r.ordinal, r.connector, r.code, r.rule,
            r.message_id, r.due, r.created_at, r.trace,
            case when r.free then 'leased' else 'pending' end,
            case when r.free then 1 else 0 end,
            case when r.free then p.node end,
            case when r.free then p.until end,
            r.straight and not r.free
          from (
            select n.*, n.straight and o.id is null as free
            from {rows} as n (id, ticket_id, sequence, ordinal, connector, code, rule, message_id,
                due, created_at, straight, trace)
              left join lateral (
                select e.id from delivery e where e.connector = n.connector
                  and e.ticket_id = n.ticket_id and e.state in ('pending', 'leased', 'dead')
                limit 1) o on true) r,
            (select ?::text as node, ?::timestamptz as until) p
          returning id, state
          """,
          "bigint",
          "bigint",
          "integer",
          "smallint",
          "text",
          "text",
          "text",
          "bigint",
          "timestamptz",
          "timestamptz",
          "boolean",
          "text");

  /**
   * Takes what is due, leaves locked rows to other nodes, and puts back what stands behind
   * something it could not take: that is looked at again when the lane moves, or after a while;
   * behind a dead letter, or behind much else, after a longer while. However long a lane is, a look
   * reads little of it.
   */
  private static final String CLAIM =
      """
      with candidate as (
        select id, ticket_id, sequence, ordinal from delivery
        where connector = ? and state = 'pending' and due <= ?
        order by due, id limit ? for update skip locked),
      blocked as (
        select c.id, max(o.due) as until, bool_or(o.state = 'dead') as dead,
          count(*) >= max(p.near) as deep
        from (select distinct ticket_id from candidate) t
        cross join (select ?::text as connector, ?::integer as near) p
        cross join lateral (
          select e.due, e.state, e.sequence, e.ordinal from delivery e
          where e.connector = p.connector and e.ticket_id = t.ticket_id
            and e.state in ('pending', 'leased', 'dead')
            and e.id not in (select id from candidate)
          order by e.sequence, e.ordinal limit p.near) o
        join candidate c on c.ticket_id = t.ticket_id
          and (o.sequence, o.ordinal) < (c.sequence, c.ordinal)
        group by c.id)
      update delivery d set
        state = case when b.id is null then 'leased' else 'pending' end,
        attempt = d.attempt + case when b.id is null then 1 else 0 end,
        leased_by = case when b.id is null then ? end,
        leased_until = case when b.id is null then ?::timestamptz end,
        behind = b.id is not null,
        due = case when b.id is null then d.due
          else greatest(b.until, case when b.dead or b.deep then ?::timestamptz else ?::timestamptz end) end
      from candidate c left join blocked b on b.id = c.id
      where d.id = c.id
      returning d.id, d.ticket_id, d.sequence, d.ordinal, d.connector, d.code, d.message_id,
        d.attempt, d.created_at, d.trace, d.state
      """;

  private static final ArrayStatement REPEAT =
      ArrayStatement.of(
          """
          update delivery d set state = 'pending', due = p.now, finished_at = null
          from ticket_event e join {rows} as r (message_id) on e.message_id = r.message_id
            cross join (select ?::timestamptz as now) as p
          where d.ticket_id = e.ticket_id and d.sequence = e.sequence and d.code = 'registered'
            and d.state = 'delivered'
          """,
          "bigint");

  private static final ArrayStatement RENEW =
      ArrayStatement.of(
          """
          update delivery d set leased_until = p.until
          from {rows} as r (id), (select ?::timestamptz as until, ?::text as node) as p
          where d.id = r.id and d.state = 'leased' and d.leased_by = p.node
          """,
          "bigint");

  private static final ArrayStatement RELEASE_HELD =
      ArrayStatement.of(
          """
          update delivery d set due = p.now
          from {rows} as r (ticket_id), (select ?::timestamptz as now) as p
          where d.ticket_id = r.ticket_id and d.state = 'pending' and d.code = 'introduced'
            and d.attempt = 0
          returning d.ticket_id, d.connector
          """,
          "bigint");

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
  private static final Duration LOOK_LATER = Duration.ofMinutes(1);
  private static final int MOST_LOOKS = 16;

  private final JdbcTemplate jdbc;
  private final InstantSource steady;

  /** {@code steady} says what is due. */
  public DeliveryStore(JdbcTemplate jdbc, InstantSource steady) {
    this.jdbc = jdbc;
    this.steady = steady;
  }

  /**
   * Something to be told.
   *
   * @param ordinal orders what one event has to tell one system
   * @param due not before then
   * @param trace from which telling it is traced; null for none
   */
  public record NewDelivery(
      long id,
      long ticketId,
      int sequence,
      int ordinal,
      String connector,
      String code,
      String rule,
      long messageId,
      Instant due,
      Instant createdAt,
      String trace) {

    NewDelivery at(Instant newDue, Instant newCreatedAt) {
      return new NewDelivery(
          id,
          ticketId,
          sequence,
          ordinal,
          connector,
          code,
          rule,
          messageId,
          newDue,
          newCreatedAt,
          trace);
    }
  }

  /**
   * Adds deliveries of tickets the transaction has locked; returns those under way from now on, in
   * the order given.
   *
   * @param straight those that {@code node} has a place for
   */
  public List<Claimed> add(
      Collection<NewDelivery> deliveries,
      Predicate<NewDelivery> straight,
      String node,
      Instant leasedUntil) {
    Map<Long, NewDelivery> added = new LinkedHashMap<>();
    List<Object[]> rows = new ArrayList<>(deliveries.size());
    for (NewDelivery delivery : deliveries) {
      added.put(delivery.id(), delivery);
      rows.add(
          new Object[] {
            delivery.id(),
            delivery.ticketId(),
            delivery.sequence(),
            (short) delivery.ordinal(),
            delivery.connector(),
            delivery.code(),
            delivery.rule(),
            delivery.messageId(),
            delivery.due(),
            delivery.createdAt(),
            straight.test(delivery),
            delivery.trace()
          });
    }
    Set<Long> leased = new HashSet<>();
    ADD.query(
        jdbc,
        rows,
        (row, number) -> row.getString(2).equals("leased") && leased.add(row.getLong(1)),
        node,
        leasedUntil);
    added.keySet().retainAll(leased);
    return added.values().stream().map(Claimed::first).toList();
  }

  /** A delivery that this node holds. */
  public record Claimed(
      long id,
      long ticketId,
      int sequence,
      int ordinal,
      String connector,
      String code,
      long messageId,
      int attempt,
      Instant createdAt,
      String trace) {

    private static Claimed first(NewDelivery delivery) {
      return new Claimed(
          delivery.id(),
          delivery.ticketId(),
          delivery.sequence(),
          delivery.ordinal(),
          delivery.connector(),
          delivery.code(),
          delivery.messageId(),
          1,
          delivery.createdAt(),
          delivery.trace());
    }
  }

  /**
   * What a look for due deliveries gave.
   *
   * @param exhausted nothing else was due
   */
  record Claims(List<Claimed> claimed, boolean exhausted) {}

  /**
   * Takes up to {@code most} deliveries of a connector that are due and whose turn it is; in order
   * within each ticket.
   */
  Claims claim(String connector, String node, Instant now, Duration lease, int most) {
    Timestamp leasedUntil = Timestamp.from(now.plus(lease));
    List<Claimed> claimed = new ArrayList<>();
    AtomicInteger looked = new AtomicInteger(most);
    for (int look = 0; look < MOST_LOOKS && claimed.isEmpty() && looked.get() == most; look++) {
      looked.set(0);
      jdbc.query(
          CLAIM,
          row -> {
            looked.incrementAndGet();
            if (row.getString("state").equals("leased")) {
              claimed.add(claimed(row));
            }
          },
          connector,
          Timestamp.from(now),
          most,
          connector,
          AttemptStore.WOKEN,
          node,
          leasedUntil,
          Timestamp.from(now.plus(LOOK_LATER)),
          Timestamp.from(now.plus(LOOK_AGAIN)));
    }
    claimed.sort(
        Comparator.comparingLong(Claimed::ticketId)
            .thenComparingInt(Claimed::sequence)
            .thenComparingInt(Claimed::ordinal));
    return new Claims(claimed, looked.get() < most);
  }

  /**
   * Stops waiting for an enrichment; returns, by ticket, the systems whose introduction had not
   * been sent.
   */
  public Map<Long, Set<String>> releaseHeld(Collection<Long> ticketIds) {
    Map<Long, Set<String>> released = new TreeMap<>();
    RELEASE_HELD.query(
        jdbc,
        ticketIds.stream().distinct().sorted().map(id -> new Object[] {id}).toList(),
        (row, number) ->
            released.computeIfAbsent(row.getLong(1), id -> new TreeSet<>()).add(row.getString(2)),
        steady.instant());
    return released;
  }

  /**
   * Tells the senders of these messages once more which ticket they led to: they asked a second
   * time.
   */
  public void repeatRegistration(Collection<Long> messageIds) {
    REPEAT.update(
        jdbc, messageIds.stream().map(id -> new Object[] {id}).toList(), steady.instant());
  }

  /** Keeps what is under way from being taken over by another node. */
  void renew(String node, Collection<Long> ids, Instant leasedUntil) {
    RENEW.update(jdbc, ids.stream().map(id -> new Object[] {id}).toList(), leasedUntil, node);
  }

  /** What was never tried and is due within a while is due now. */
  void hurry(String connector, Duration within) {
    Instant now = steady.instant();
    jdbc.update(
        """
        update delivery set due = ?
        where connector = ? and state = 'pending' and attempt = 0 and due > ? and due <= ?
        """,
        Timestamp.from(now),
        connector,
        Timestamp.from(now),
        Timestamp.from(now.plus(within)));
  }

  /** Frees what this node held when it died. */
  int recover(String node) {
    return jdbc.update(
        """
        update delivery set state = 'pending', leased_by = null, leased_until = null
        where state = 'leased' and leased_by = ?
        """,
        node);
  }

  /** Frees what nodes held that did not renew their leases. */
  int expire(Instant now) {
    return jdbc.update(
        """
        update delivery set state = 'pending', leased_by = null, leased_until = null
        where state = 'leased' and leased_until < ?
        """,
        Timestamp.from(now));
  }

  private static Claimed claimed(ResultSet row) throws SQLException {
    return new Claimed(
        row.getLong("id"),
        row.getLong("ticket_id"),
        row.getInt("sequence"),
        row.getInt("ordinal"),
        row.getString("connector"),
        row.getString("code"),
        row.getLong("message_id"),
        row.getInt("attempt"),
        row.getTimestamp("created_at").toInstant(),
        row.getString("trace"));
  }
}

package io.tickethub.journal;

import io.tickethub.storage.ArrayStatement;
import io.tickethub.ticket.Statement;
import io.tickethub.ticket.TicketReference;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The lists of tickets that systems give, until they are compared. A part that comes again takes
 * the place of itself. Thread-safe.
 */
public final class StatementStore {

  private static final ArrayStatement PUT =
      ArrayStatement.of(
          """
          insert into reconciliation_statement
            (run_id, name, hub, own, scheme, alias, as_of, document)
          select p.run, r.name, r.hub, r.own, r.scheme, r.alias, r.as_of, r.document
          from {rows} as r (name, hub, own, scheme, alias, as_of, document),
            (select ?::bigint as run) p
          on conflict (run_id, name) do update set as_of = excluded.as_of, document = excluded.document,
            hub = excluded.hub, own = excluded.own, scheme = excluded.scheme, alias = excluded.alias
          """,
          "text",
          "text",
          "text",
          "text",
          "text",
          "timestamptz",
          "bytea");

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final Sealer sealer;
  private final Identifiers identifiers;
  private final NodeName node;

  public StatementStore(
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      Sealer sealer,
      Identifiers identifiers,
      NodeName node) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.sealer = sealer;
    this.identifiers = identifiers;
    this.node = node;
  }

  /**
   * A part of a list.
   *
   * @param run which asked for it; null if it came by itself
   * @param number 1 for the first; null if the list is not divided
   * @param of how many there are; null while nobody knows
   * @param end nothing follows, whatever {@code of} says
   * @param next what the hub asks with for what follows; null if nothing does
   */
  public record Part(
      Long run,
      String connector,
      String list,
      Integer number,
      Integer of,
      boolean end,
      String next,
      boolean complete,
      Instant asOf,
      Instant receivedAt,
      List<Statement> statements) {}

  /** The run a part belongs to, and whether it is still waited for. */
  private record Run(long id, boolean open) {}

  /**
   * Keeps a part: it is durable when this returns. The part opens a run if nobody asked for the
   * list; one of a list that was compared already changes nothing.
   *
   * @return the run's identifier
   * @throws IllegalStateException if a list of the same system is being compared; it has to come
   *     again
   */
  public long put(Part part) {
    Long id = transactions.execute(status -> keep(part));
    return id == null ? -1 : id;
  }

  private long keep(Part part) {
    Run run = run(part);
    if (!run.open()) {
      return run.id();
    }
    PUT.update(jdbc, rows(part), run.id());
    jdbc.update(
        """
        update reconciliation set list = ?, as_of = least(as_of, ?), parts = coalesce(?, parts),
          complete = complete and ?, next_page = ?, cause = null
        where id = ?
        """,
        part.list(),
        Timestamp.from(part.asOf()),
        part.of(),
        part.complete(),
        part.next(),
        run.id());
    if (part.number() != null) {
      jdbc.update(
          "insert into reconciliation_part values (?, ?) on conflict do nothing",
          run.id(),
          part.number());
    }
    moveOn(part, run.id());
    return run.id();
  }

  private void moveOn(Part part, long run) {
    Timestamp received = Timestamp.from(part.receivedAt());
    if (part.next() != null) {
      jdbc.update(
          "update reconciliation set state = 'asking', due = ? where id = ?", received, run);
      return;
    }
    jdbc.update(
        """
        update reconciliation r set state = case when ? or r.parts is not null
            and r.parts <= (select count(*) from reconciliation_part p where p.run_id = r.id)
          then 'resolving' else 'receiving' end, received_at = ?, due = ?,
          statements = r.statements + ?
        where id = ?
        """,
        part.end(),
        received,
        received,
        part.statements().size(),
        run);
    countAtTheEnd(run);
  }

  /** A ticket that was listed twice counts once. No part makes the list be gone over. */
  private void countAtTheEnd(long run) {
    jdbc.update(
        """
        update reconciliation r set
          statements = (select count(*) from reconciliation_statement s where s.run_id = r.id)
        where id = ? and state = 'resolving'
        """,
        run);
  }

  private Run run(Part part) {
    return part.run() == null ? runOf(part) : asking(part.run());
  }

  /** Whatever the system calls its list: this is the answer to the run's question. */
  private Run asking(long run) {
    List<String> state =
        jdbc.queryForList(
            "select state from reconciliation where id = ? for update", String.class, run);
    return new Run(run, !state.isEmpty() && state.get(0).equals("asking"));
  }

  private Run runOf(Part part) {
    List<Map<String, Object>> running =
        jdbc.queryForList(
            """
            select id, state, list from reconciliation
            where connector = ? and state not in ('done', 'failed') for update
            """,
            part.connector());
    if (!running.isEmpty()) {
      Map<String, Object> found = running.get(0);
      long id = (Long) found.get("id");
      boolean waiting = List.of("asking", "receiving").contains(found.get("state"));
      Object list = found.get("list");
      if (part.list().equals(list)) {
        return new Run(id, waiting);
      }
      if (waiting && list == null && !isOld(part)) {
        return new Run(id, true);
      }
      if (!waiting) {
        throw new IllegalStateException(
            "a list of %s is being compared; send the next one again later"
                .formatted(part.connector()));
      }
    }
    List<Long> old =
        jdbc.queryForList(
            "select id from reconciliation where connector = ? and list = ? order by id desc limit"
                + " 1",
            Long.class,
            part.connector(),
            part.list());
    if (!old.isEmpty()) {
      return new Run(old.get(0), false);
    }
    for (Map<String, Object> superseded : running) {
      end((Long) superseded.get("id"), part);
    }
    return new Run(begin(part), true);
  }

  private boolean isOld(Part part) {
    Long times =
        jdbc.queryForObject(
            "select count(*) from reconciliation where connector = ? and list = ?",
            Long.class,
            part.connector(),
            part.list());
    return times != null && times > 0;
  }

  private void end(long run, Part part) {
    jdbc.update(
        "update reconciliation set state = 'failed', cause = ?, finished_at = ? where id = ?",
        "another list began before this one had ended",
        Timestamp.from(part.receivedAt()),
        run);
    jdbc.update("delete from reconciliation_statement where run_id = ?", run);
    jdbc.update("delete from reconciliation_part where run_id = ?", run);
  }

  private long begin(Part part) {
    long id = identifiers.next();
    Timestamp now = Timestamp.from(part.receivedAt());
    jdbc.update(
        """
        insert into reconciliation (id, connector, origin, started_by, started_at, repair, state,
          due, node, leased_until)
        values (?, ?, 'received', ?, ?, false, 'receiving', ?, ?, ?)
        """,
        id,
        part.connector(),
        part.connector(),
        now,
        now,
        node.value(),
        now);
    return id;
  }

  private List<Object[]> rows(Part part) {
    Map<String, Object[]> rows = new LinkedHashMap<>();
    for (Statement statement : part.statements()) {
      Map<String, String> aliases = statement.ticket().aliases();
      String scheme = aliases.isEmpty() ? null : aliases.keySet().iterator().next();
      String hub = statement.ticket().hub();
      String own = statement.ticket().id();
      String name =
          hub != null ? TicketReference.HUB + " " + hub : statement.ticket().orderingText();
      rows.put(
          name,
          new Object[] {
            name,
            hub,
            own,
            scheme,
            scheme == null ? null : aliases.get(scheme),
            part.asOf(),
            sealer.seal(statement)
          });
    }
    return new ArrayList<>(rows.values());
  }
}

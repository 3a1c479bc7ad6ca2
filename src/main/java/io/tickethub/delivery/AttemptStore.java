package io.tickethub.delivery;

import io.tickethub.delivery.DeliveryStore.Claimed;
import io.tickethub.storage.ArrayStatement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What became of deliveries that were under way. Whoever settles one names its attempt: what
 * another node has meanwhile taken over, or a replay started anew, stays as it is.
 */
public final class AttemptStore {

  /** How many of those that stand behind in a lane are woken when it moves. */
  static final int WOKEN = 32;

  /** Also wakes what stands first in the lanes. */
  private static final ArrayStatement COMPLETE =
      ArrayStatement.of(
          """
          with r as materialized (
            select * from {rows} as a (id, attempt, connector, ticket_id, channel, started_at,
              finished_at, sent, answer)),
          done as (
            update delivery d set state = 'delivered', finished_at = now(), leased_by = null,
              leased_until = null, failure_kind = null, failure_code = null
            from r
            where d.id = r.id and d.attempt = r.attempt and d.state = 'leased' and d.leased_by = ?),
          kept as (
            insert into delivery_attempt (delivery_id, attempt, channel, started_at, finished_at,
              outcome, sent, answer)
            select id, attempt, channel, started_at, finished_at, 'delivered', sent, answer from r
            on conflict (delivery_id, attempt) do nothing)
          update delivery d set behind = false, due = least(d.due, p.now)
          from (select distinct connector, ticket_id from r) as l
            cross join lateral (
              select b.id from delivery b
              where b.connector = l.connector and b.ticket_id = l.ticket_id
                and b.state = 'pending' and b.behind
              order by b.sequence, b.ordinal limit ?) as w
            cross join (select ?::timestamptz as now) as p
          where d.id = w.id and d.state = 'pending'
          returning d.connector
          """,
          "bigint",
          "integer",
          "text",
          "bigint",
          "text",
          "timestamptz",
          "timestamptz",
          "bytea",
          "bytea");

  private static final ArrayStatement RECORD =
      ArrayStatement.of(
          """
          insert into delivery_attempt (delivery_id, attempt, channel, started_at, finished_at,
            outcome, failure_code, failure_text, sent, answer)
          select * from {rows} on conflict (delivery_id, attempt) do nothing
          """,
          "bigint",
          "integer",
          "text",
          "timestamptz",
          "timestamptz",
          "text",
          "text",
          "bytea",
          "bytea",
          "bytea");

  private static final ArrayStatement POSTPONE =
      ArrayStatement.of(
          """
          update delivery d set state = 'pending', due = r.due, leased_by = null,
            leased_until = null, attempt = d.attempt - r.untried, failure_kind = r.kind,
            failure_code = r.code, behind = r.untried = 1
          from {rows} as r (id, attempt, due, untried, kind, code)
          where d.id = r.id and d.attempt = r.attempt and d.state = 'leased' and d.leased_by = ?
          """,
          "bigint",
          "integer",
          "timestamptz",
          "integer",
          "text",
          "text");

  private static final ArrayStatement BURY =
      ArrayStatement.of(
          """
          update delivery d set state = 'dead', leased_by = null, leased_until = null,
            failure_kind = r.kind, failure_code = r.code
          from {rows} as r (id, attempt, kind, code)
          where d.id = r.id and d.attempt = r.attempt and d.state = 'leased' and d.leased_by = ?
          returning d.id
          """,
          "bigint",
          "integer",
          "text",
          "text");

  private final JdbcTemplate jdbc;
  private final InstantSource steady;

  /** {@code steady} says what is due. */
  public AttemptStore(JdbcTemplate jdbc, InstantSource steady) {
    this.jdbc = jdbc;
    this.steady = steady;
  }

  /** An attempt that the system took. */
  record Succeeded(
      Claimed claimed,
      String channel,
      Instant startedAt,
      Instant finishedAt,
      byte[] sent,
      byte[] answer) {}

  /** Returns the connectors in whose lanes something waited behind these. */
  Set<String> complete(String node, Collection<Succeeded> attempts) {
    return new HashSet<>(
        COMPLETE.query(
            jdbc,
            attempts.stream()
                .map(
                    attempt ->
                        new Object[] {
                          attempt.claimed().id(),
                          attempt.claimed().attempt(),
                          attempt.claimed().connector(),
                          attempt.claimed().ticketId(),
                          attempt.channel(),
                          attempt.startedAt(),
                          attempt.finishedAt(),
                          attempt.sent(),
                          attempt.answer()
                        })
                .toList(),
            (row, number) -> row.getString(1),
            node,
            WOKEN,
            steady.instant()));
  }

  /** An attempt that failed. */
  record Attempted(
      Claimed claimed,
      String channel,
      Instant startedAt,
      Instant finishedAt,
      String outcome,
      String failureCode,
      byte[] failureText,
      byte[] sent,
      byte[] answer) {}

  void record(Collection<Attempted> attempts) {
    RECORD.update(
        jdbc,
        attempts.stream()
            .map(
                attempt ->
                    new Object[] {
                      attempt.claimed().id(),
                      attempt.claimed().attempt(),
                      attempt.channel(),
                      attempt.startedAt(),
                      attempt.finishedAt(),
                      attempt.outcome(),
                      attempt.failureCode(),
                      attempt.failureText(),
                      attempt.sent(),
                      attempt.answer()
                    })
            .toList());
  }

  /**
   * Tries again later.
   *
   * @param untried it was not attempted: another delivery of its lane failed before it
   */
  record Postponed(Claimed claimed, Instant due, boolean untried, String kind, String code) {}

  void postpone(String node, Collection<Postponed> postponed) {
    POSTPONE.update(
        jdbc,
        postponed.stream()
            .map(
                item ->
                    new Object[] {
                      item.claimed().id(),
                      item.claimed().attempt(),
                      item.due(),
                      item.untried() ? 1 : 0,
                      item.kind(),
                      item.code()
                    })
            .toList(),
        node);
  }

  /** A delivery that gave up. */
  record Buried(Claimed claimed, String kind, String code) {}

  /** Gives up; returns which. */
  Set<Long> bury(String node, Collection<Buried> buried) {
    return Set.copyOf(
        BURY.query(
            jdbc,
            buried.stream()
                .map(
                    item ->
                        new Object[] {
                          item.claimed().id(), item.claimed().attempt(), item.kind(), item.code()
                        })
                .toList(),
            (row, number) -> row.getLong(1),
            node));
  }
}

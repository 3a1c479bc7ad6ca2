package io.tickethub.delivery;

import io.tickethub.storage.ArrayStatement;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings dead deliveries back, or lets them go. A replayed delivery keeps its key and gets a new
 * attempt number, so a late answer to an old attempt changes nothing, and a second replay finds
 * nothing to do. It keeps its place as well: it is the first of its lane, what has happened to the
 * ticket since stands behind it and follows in its order. A delivery that is let go is never told.
 */
public final class Replay {

  private static final ArrayStatement REVIVE =
      ArrayStatement.of(
          """
          update delivery d set state = p.state, due = p.now
          from {rows} as r (id), (select ?::text as state, ?::timestamptz as now) p
          where d.id = r.id and d.state = 'dead'
          returning d.id
          """,
          "bigint");

  private static final ArrayStatement ALREADY =
      ArrayStatement.of(
          """
          update dead_letter l set outcome = 'settled before', job_id = null, job_step = null
          from {rows} as r (id) where l.id = r.id
          """,
          "bigint");

  /** What stands first in the lanes; the others are woken as these move. */
  private static final ArrayStatement WAKE =
      ArrayStatement.of(
          """
          update delivery d set due = p.now, behind = false
          from (select distinct connector, ticket_id from {rows} as r (connector, ticket_id)) as l
            cross join lateral (
              select b.id from delivery b
              where b.connector = l.connector and b.ticket_id = l.ticket_id
                and b.state = 'pending'
              order by b.sequence, b.ordinal limit ?) as w
            cross join (select ?::timestamptz as now) as p
          where d.id = w.id and d.state = 'pending'
          """,
          "text",
          "bigint");

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final DeadLetters deadLetters;
  private final Dispatchers dispatchers;
  private final InstantSource steady;

  /** {@code steady} says what is due. */
  public Replay(
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      DeadLetters deadLetters,
      Dispatchers dispatchers,
      InstantSource steady) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.deadLetters = deadLetters;
    this.dispatchers = dispatchers;
    this.steady = steady;
  }

  /** Tries a dead delivery again; false if it is no longer dead. */
  public boolean replay(DeadLetters.Entry letter, String by) {
    return settle(List.of(letter), Action.REPLAY, by, null) == 1;
  }

  /**
   * Lets a dead delivery go, so that what stands behind it can follow; false if it is no longer
   * dead.
   */
  public boolean discard(DeadLetters.Entry letter, String by) {
    return settle(List.of(letter), Action.DISCARD, by, null) == 1;
  }

  /** What is done with dead deliveries. */
  public enum Action {
    REPLAY("pending", "replayed"),
    DISCARD("discarded", "discarded");

    private final String state;
    private final String outcome;

    Action(String state, String outcome) {
      this.state = state;
      this.outcome = outcome;
    }

    /** What is kept as a dead letter's end. */
    public String outcome() {
      return outcome;
    }
  }

  /**
   * Settles dead deliveries; what is no longer dead stays as it is, and its letter is closed. Joins
   * a transaction that is under way; call {@link #signal} after it.
   *
   * @param taker null if a person named each
   * @return how many were dead
   */
  public int settle(
      List<DeadLetters.Entry> letters, Action action, String by, DeadLetters.JobStep taker) {
    Integer settled =
        transactions.execute(
            status -> {
              Set<Long> closed =
                  deadLetters.close(
                      letters.stream().map(DeadLetters.Entry::id).toList(),
                      by,
                      action.outcome(),
                      taker);
              List<DeadLetters.Letter> open =
                  letters.stream()
                      .filter(letter -> closed.contains(letter.id()))
                      .map(DeadLetters.Entry::letter)
                      .toList();
              Set<Long> changed =
                  Set.copyOf(
                      REVIVE.query(
                          jdbc,
                          open.stream().map(letter -> new Object[] {letter.deliveryId()}).toList(),
                          (row, number) -> row.getLong(1),
                          action.state,
                          steady.instant()));
              ALREADY.update(
                  jdbc,
                  letters.stream()
                      .filter(letter -> closed.contains(letter.id()))
                      .filter(letter -> !changed.contains(letter.letter().deliveryId()))
                      .map(letter -> new Object[] {letter.id()})
                      .toList());
              WAKE.update(
                  jdbc,
                  open.stream()
                      .map(letter -> new Object[] {letter.connector(), letter.ticketId()})
                      .toList(),
                  AttemptStore.WOKEN,
                  steady.instant());
              return changed.size();
            });
    signal(letters);
    return settled == null ? 0 : settled;
  }

  /** There may be something to tell the systems of these. */
  public void signal(List<DeadLetters.Entry> letters) {
    dispatchers.signal(
        letters.stream().map(letter -> letter.letter().connector()).distinct().toList());
  }
}

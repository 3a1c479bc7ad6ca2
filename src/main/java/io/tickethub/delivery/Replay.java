package io.tickethub.delivery;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings dead deliveries back, or lets them go. A replayed delivery keeps its key and gets a new
 * attempt number, so a late answer to an old attempt changes nothing, and a second replay finds
 * nothing to do.
 */
public final class Replay {

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final DeadLetters deadLetters;
  private final Dispatchers dispatchers;

  public Replay(
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      DeadLetters deadLetters,
      Dispatchers dispatchers) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.deadLetters = deadLetters;
    this.dispatchers = dispatchers;
  }

  /** Tries a dead delivery again; false if it is no longer dead. */
  public boolean replay(DeadLetters.Entry letter, String by) {
    boolean revived = settle(letter, "pending", by, "replayed");
    dispatchers.signal(List.of(letter.letter().connector()));
    return revived;
  }

  /**
   * Lets a dead delivery go, so that what stands behind it can follow; false if it is no longer
   * dead.
   */
  public boolean discard(DeadLetters.Entry letter, String by) {
    boolean discarded = settle(letter, "discarded", by, "discarded");
    dispatchers.signal(List.of(letter.letter().connector()));
    return discarded;
  }

  private boolean settle(DeadLetters.Entry letter, String state, String by, String outcome) {
    Boolean settled =
        transactions.execute(
            status -> {
              if (!deadLetters.close(letter.id(), by, outcome)) {
                return false;
              }
              int changed =
                  jdbc.update(
                      "update delivery set state = ?, due = now() where id = ? and state = 'dead'",
                      state,
                      letter.letter().deliveryId());
              jdbc.update(
                  """
                  update delivery set due = now(), behind = false
                  where connector = ? and ticket_id = ? and state = 'pending'
                  """,
                  letter.letter().connector(),
                  letter.letter().ticketId());
              return changed == 1;
            });
    return Boolean.TRUE.equals(settled);
  }
}

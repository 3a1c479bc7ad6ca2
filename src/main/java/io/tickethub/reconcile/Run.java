package io.tickethub.reconcile;

import java.time.Instant;

/**
 * One comparison of a system's list with the hub.
 *
 * @param list null until its first part came
 * @param repair what the rules decide is repaired
 * @param cause why it failed, or why it has to wait; null for neither
 * @param nextPage what the hub asks with next; null for the first page
 * @param due when the step under way goes on
 * @param asOf when the list was true; null until it came
 * @param complete whether every open ticket of the system is in it
 * @param statements how many the list has
 * @param reached how far the step under way has come
 * @param reachedName the same of a step that goes by the names of statements; empty at its begin
 * @param compared how many tickets were compared
 * @param inFlight how many differences may be gone by themselves, and are looked at next time
 * @param drifts how many differences last
 * @param repaired how many of them are being repaired
 */
public record Run(
    long id,
    String connector,
    String list,
    Origin origin,
    String startedBy,
    Instant startedAt,
    boolean repair,
    State state,
    String cause,
    String nextPage,
    Instant due,
    Instant asOf,
    Instant receivedAt,
    Instant finishedAt,
    boolean complete,
    long statements,
    long reached,
    String reachedName,
    long compared,
    long inFlight,
    long drifts,
    long repaired) {

  /** Who began it. */
  public enum Origin {
    ASKED,
    SCHEDULED,
    RECEIVED;

    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Origin of(String text) {
      return valueOf(text.toUpperCase(java.util.Locale.ROOT));
    }
  }

  /** Its steps, in their order, and its ends. */
  public enum State {
    /** The system is asked for its list, or for the next page. */
    ASKING,
    /** The list, or the rest of it, is waited for. */
    RECEIVING,
    /** Which ticket each statement is of. */
    RESOLVING,
    COMPARING,
    /** What the system lists and the hub does not know. */
    UNKNOWN,
    /** What the hub knows and the system does not list. */
    MISSING,
    /** What still differs after a while, and who is right. */
    CONFIRMING,
    REPAIRING,
    DONE,
    FAILED;

    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    static State of(String text) {
      return valueOf(text.toUpperCase(java.util.Locale.ROOT));
    }

    public boolean isEnd() {
      return this == DONE || this == FAILED;
    }
  }
}

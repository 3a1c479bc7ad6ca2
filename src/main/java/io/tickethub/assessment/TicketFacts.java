package io.tickethub.assessment;

import io.tickethub.ticket.TicketKind;
import java.util.List;

/**
 * What a closed ticket says to the assessment; without personal data. Times are in seconds.
 *
 * @param version the sequence of the last event that was looked at
 * @param work one for each partner that had it
 * @param untold stretches between a dispatch and its end of which the history does not say who had
 *     the ticket
 * @param dispatchedAfter from the report to the first dispatch; null if it was not dispatched, or
 *     nobody said when
 * @param calledBack somebody said that the customer was called back
 * @param breaches time limits that were breached and still are
 */
public record TicketFacts(
    String ticket,
    int version,
    TicketKind kind,
    String productClass,
    List<Work> work,
    int untold,
    boolean dispatched,
    Long dispatchedAfter,
    int replies,
    boolean calledBack,
    int satisfied,
    int unsatisfied,
    int reopened,
    int repeated,
    int urged,
    boolean cancelled,
    int breaches) {

  /** Partners are assessed by faults and complaints. */
  boolean isTrouble() {
    return kind == TicketKind.FAULT || kind == TicketKind.COMPLAINT;
  }
}

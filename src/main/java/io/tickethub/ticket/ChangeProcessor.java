package io.tickethub.ticket;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Applies a change to a ticket: legal steps are taken, skipped steps are inferred, what comes too
 * late or contradicts is kept without effect. It never refuses; nothing a system said is dropped.
 */
public final class ChangeProcessor {

  private ChangeProcessor() {}

  /** A new ticket from a report. */
  public static Applied open(long id, String number, Change.Open report, Origin origin) {
    Instant occurredAt = occurredAt(report, origin);
    History history =
        new History(Ticket.received(id, number, origin, occurredAt), origin, occurredAt);
    history.content(EventType.OPENED, report.content(), report.note());
    if (report.state() != null && report.state() != TicketState.RECEIVED) {
      reach(history, report.state(), null, null, null);
    }
    return history.appliedAndHeard();
  }

  /**
   * The same ticket after {@code change}, which the ownership rules judged with {@code verdict}.
   *
   * @param refused what the sender said beside it without the right to, one sentence each; kept as
   *     notes
   */
  public static Applied apply(
      Ticket ticket, Change change, Origin origin, Verdict verdict, List<String> refused) {
    History history = new History(ticket, origin, occurredAt(change, origin));
    switch (verdict.decision()) {
      case ACCEPT -> accept(history, change);
      case REQUEST ->
          history.reason(EventType.REQUESTED, verdict.rule(), requested(change), change.note());
      case IGNORE ->
          history.reason(EventType.NOTED, verdict.rule(), requested(change), change.note());
      case CONFLICT ->
          history.reason(EventType.CONFLICT, verdict.rule(), requested(change), change.note());
    }
    refused.forEach(reason -> history.reason(EventType.NOTED, reason, null, null));
    return saysState(change) ? history.appliedAndHeard() : history.applied();
  }

  /**
   * Only what a system says of states is compared by its time: an urging may well overtake a reply.
   */
  private static boolean saysState(Change change) {
    return change instanceof Change.StateChange || change instanceof Change.Transfer;
  }

  private static void accept(History history, Change change) {
    if (change instanceof Change.Open) {
      throw new IllegalArgumentException(
          "a report of a ticket that is there is applied as updates");
    }
    if (change instanceof Change.Update update) {
      history.patch(update.content(), update.note());
    } else if (change instanceof Change.StateChange to) {
      reach(history, to.state(), to.suspensionCause(), to.content(), to.note());
    } else if (change instanceof Change.Transfer transfer) {
      transfer(history, transfer);
    } else if (change instanceof Change.Urge urge) {
      countWhileOpen(history, EventType.URGED, history.ticket().progress().urged(), urge.note());
    } else if (change instanceof Change.RepeatReport repeat) {
      countWhileOpen(
          history, EventType.REPEATED, history.ticket().progress().repeated(), repeat.note());
    } else if (change instanceof Change.Feedback feedback) {
      history.plain(EventType.FEEDBACK, feedback.note());
    } else if (change instanceof Change.Note note) {
      history.plain(EventType.NOTED, note.note());
    }
  }

  private static void reach(
      History history,
      TicketState target,
      SuspensionCause suspensionCause,
      TicketContent content,
      String note) {
    TicketContent patch = content == null ? TicketContent.EMPTY : content;
    if (target == history.ticket().state()) {
      history.patch(patch, null);
      return;
    }
    if (history.isOlderThanHeard()) {
      history.reason(
          EventType.LATE, "the same system has already said something newer", target, note);
      return;
    }
    Optional<List<TicketState>> way = Lifecycle.way(history.ticket().progress(), target);
    if (way.isEmpty() && !history.isNewerThanHeard()) {
      history.reason(
          EventType.LATE, "the ticket is past it, by the same system's own word", target, note);
      return;
    }
    if (way.isEmpty()) {
      history.reason(
          EventType.CONFLICT,
          "'%s' cannot follow '%s'".formatted(target.code(), history.ticket().state().code()),
          target,
          note);
      return;
    }
    for (TicketState step : way.get()) {
      boolean said = step == target;
      history.step(
          step,
          !said,
          said ? suspensionCause : null,
          said ? patch : TicketContent.EMPTY,
          said ? note : null);
    }
  }

  private static void transfer(History history, Change.Transfer transfer) {
    TicketState state = history.ticket().state();
    if (transfer.to().equals(history.ticket().progress().owner())) {
      history.patch(TicketContent.EMPTY, null);
    } else if (state.isFinal()
        || state == TicketState.REPLIED
        || state == TicketState.CALLING_BACK) {
      history.reason(
          EventType.CONFLICT,
          "a ticket in state '%s' cannot be transferred".formatted(state.code()),
          null,
          transfer.note());
    } else {
      List<TicketState> way =
          Lifecycle.way(history.ticket().progress(), TicketState.DISPATCHED).orElseThrow();
      for (TicketState skipped : way.subList(0, way.size() - 1)) {
        history.step(skipped, true, null, TicketContent.EMPTY, null);
      }
      history.transfer(transfer.to(), transfer.note());
    }
  }

  private static void countWhileOpen(
      History history, EventType type, TicketProgress counted, String note) {
    TicketState state = history.ticket().state();
    if (state.isFinal()) {
      history.reason(
          EventType.CONFLICT,
          "a ticket in state '%s' takes no '%s'".formatted(state.code(), type.code()),
          null,
          note);
    } else {
      history.counted(type, counted, note);
    }
  }

  private static TicketState requested(Change change) {
    return change instanceof Change.StateChange to ? to.state() : null;
  }

  private static Instant occurredAt(Change change, Origin origin) {
    return change.occurredAt() == null ? origin.receivedAt() : change.occurredAt();
  }
}

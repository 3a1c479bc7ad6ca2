package io.tickethub.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Applies a change to a ticket: legal steps are taken, skipped steps are inferred, what comes too
 * late or contradicts is kept without effect. It never refuses; nothing a system said is dropped.
 */
public final class ChangeProcessor {

  /** Clocks differ, and some have the wrong zone or year: a time further ahead is none. */
  private static final Duration LARGEST_CLOCK_ERROR = Duration.ofHours(1);

  private static final String SAID_SOMETHING_NEWER =
      "the same system has already said something newer";

  private ChangeProcessor() {}

  /** A new ticket from a report. */
  public static Applied open(long id, String number, Change.Open report, Origin origin) {
    Instant occurredAt = occurredAt(report, origin);
    History history =
        new History(Ticket.received(id, number, origin, occurredAt), origin, occurredAt);
    history.content(EventType.OPENED, report.content(), report.note());
    if (report.state() != null && report.state() != TicketState.RECEIVED) {
      reach(
          history,
          new Change.StateChange(
              report.ticket(), report.occurredAt(), report.state(), null, null, null));
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
      case REQUEST -> history.kept(EventType.REQUESTED, verdict.rule(), change);
      case IGNORE -> history.kept(EventType.NOTED, verdict.rule(), change);
      case CONFLICT -> history.kept(EventType.CONFLICT, verdict.rule(), change);
    }
    refused.forEach(history::refused);
    return saysState(change) ? history.appliedAndHeard() : history.applied();
  }

  /** The same ticket, with a change in its history that came too late to have an effect. */
  public static Applied late(Ticket ticket, Change change, Origin origin, String reason) {
    History history = new History(ticket, origin, occurredAt(change, origin));
    history.kept(EventType.LATE, reason, change);
    return history.applied();
  }

  /** The same ticket, with what its time limits came to in its history, each at its own time. */
  public static Applied limits(Ticket ticket, List<LimitNotice> notices, Origin origin) {
    List<TicketEvent> events = new ArrayList<>();
    Ticket noticed = ticket;
    for (LimitNotice notice : notices) {
      History history = new History(noticed, origin, notice.at());
      history.limit(notice);
      events.addAll(history.applied().events());
      noticed = history.ticket();
    }
    return new Applied(noticed, events);
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
    if (change instanceof Change.TimeDue) {
      throw new IllegalArgumentException("what is due by a time limit is decided by the limits");
    }
    if (change instanceof Change.Update update) {
      history.patch(update.content(), update.note());
    } else if (change instanceof Change.StateChange to) {
      reach(history, to);
    } else if (change instanceof Change.Transfer transfer) {
      transfer(history, transfer);
    } else if (change instanceof Change.Urge urge) {
      countWhileOpen(history, EventType.URGED, history.ticket().progress().urged(), urge);
    } else if (change instanceof Change.RepeatReport repeat) {
      countWhileOpen(history, EventType.REPEATED, history.ticket().progress().repeated(), repeat);
    } else if (change instanceof Change.Feedback feedback) {
      history.plain(EventType.FEEDBACK, feedback.note());
    } else if (change instanceof Change.Note note) {
      history.plain(EventType.NOTED, note.note());
    } else if (change instanceof Change.Retell retell) {
      retell(history, retell);
    }
  }

  private static void retell(History history, Change.Retell retell) {
    if (history.ticket().version() == retell.version()) {
      history.retold(new EventDetail.Told(retell.system(), retell.code()), retell.note());
    }
  }

  private static void reach(History history, Change.StateChange to) {
    TicketState target = to.state();
    if (target == history.ticket().state()) {
      repeat(history, to);
      return;
    }
    if (history.isOlderThanHeard()) {
      history.kept(EventType.LATE, SAID_SOMETHING_NEWER, to);
      return;
    }
    Optional<List<TicketState>> way = Lifecycle.way(history.ticket().progress(), target);
    if (way.isEmpty() && !history.isNewerThanHeard()) {
      history.kept(EventType.LATE, "the ticket is past it, by the same system's own word", to);
      return;
    }
    if (way.isEmpty()) {
      history.kept(
          EventType.CONFLICT,
          "'%s' cannot follow '%s'".formatted(target.code(), history.ticket().state().code()),
          to);
      return;
    }
    for (TicketState skipped : allButLast(way.get())) {
      history.inferred(skipped);
    }
    history.step(target, false, to.suspensionCause(), contentOf(to), to.note());
  }

  /** The ticket is there already: what came with the word may still be new. */
  private static void repeat(History history, Change.StateChange to) {
    SuspensionCause cause = to.suspensionCause();
    if (cause == null || cause == history.ticket().progress().suspensionCause()) {
      history.patch(contentOf(to), to.note());
    } else {
      history.patch(contentOf(to), null);
      history.kept(EventType.NOTED, "the ticket is suspended already, for another cause", to);
    }
  }

  private static void transfer(History history, Change.Transfer transfer) {
    TicketState state = history.ticket().state();
    if (transfer.to().equals(history.ticket().progress().owner())) {
      history.patch(TicketContent.EMPTY, transfer.note());
    } else if (history.isOlderThanHeard()) {
      history.kept(EventType.LATE, SAID_SOMETHING_NEWER, transfer);
    } else if (state.isFinal()
        || state == TicketState.REPLIED
        || state == TicketState.CALLING_BACK) {
      history.kept(
          EventType.CONFLICT,
          "a ticket in state '%s' cannot be transferred".formatted(state.code()),
          transfer);
    } else {
      List<TicketState> way =
          Lifecycle.way(history.ticket().progress(), TicketState.DISPATCHED).orElseThrow();
      for (TicketState skipped : allButLast(way)) {
        history.inferred(skipped);
      }
      history.transfer(transfer.to(), transfer.note());
    }
  }

  private static void countWhileOpen(
      History history, EventType type, TicketProgress counted, Change change) {
    TicketState state = history.ticket().state();
    if (state.isFinal()) {
      history.kept(
          EventType.CONFLICT,
          "a ticket in state '%s' takes no '%s'".formatted(state.code(), type.code()),
          change);
    } else {
      history.counted(type, counted, change.note());
    }
  }

  private static List<TicketState> allButLast(List<TicketState> way) {
    return way.subList(0, way.size() - 1);
  }

  private static TicketContent contentOf(Change.StateChange to) {
    return to.content() == null ? TicketContent.EMPTY : to.content();
  }

  private static Instant occurredAt(Change change, Origin origin) {
    Instant said = change.occurredAt();
    Instant latest = origin.receivedAt().plus(LARGEST_CLOCK_ERROR);
    return said == null || said.isAfter(latest) ? origin.receivedAt() : said;
  }
}

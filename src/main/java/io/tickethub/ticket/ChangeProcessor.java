package io.tickethub.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /**
   * What a new ticket is bound to from its beginning.
   *
   * @param follows the archived ticket of the same trouble; null if there is none
   * @param parent the mass fault it belongs to; null if there is none
   * @param reason why it follows
   */
  public record Ties(TicketLinks.Related follows, TicketLinks.Related parent, String reason) {
    public static final Ties NONE = new Ties(null, null, null);
  }

  /** A new ticket from a report. */
  public static Applied open(long id, String number, Change.Open report, Origin origin) {
    return open(id, number, report, origin, Ties.NONE);
  }

  /** A new ticket from a report of something that has to do with another ticket. */
  public static Applied open(long id, String number, Change.Open report, Origin origin, Ties ties) {
    Instant occurredAt = occurredAt(report, origin);
    History history =
        new History(Ticket.received(id, number, origin, occurredAt), origin, occurredAt);
    if (ties.follows() == null) {
      history.content(EventType.OPENED, report.content(), report.note());
    } else {
      history.linked(
          EventType.OPENED,
          history.ticket().links().following(ties.follows()),
          EventDetail.related(
              ties.follows().number(), report.content(), report.note(), ties.reason()));
    }
    if (ties.parent() != null) {
      join(history, ties.parent(), null, null);
    }
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
      case FEEDBACK -> history.kept(EventType.FEEDBACK, verdict.rule(), change);
      case IGNORE -> history.kept(EventType.NOTED, verdict.rule(), change);
      case CONFLICT -> history.kept(EventType.CONFLICT, verdict.rule(), change);
    }
    refused.forEach(history::refused);
    return saysState(change) ? history.appliedAndHeard() : history.applied();
  }

  /**
   * The same ticket, of which another report came under a number of its own (重复申告).
   *
   * @param patch what the report adds that its system may say
   * @param reason why it is the same trouble
   * @param refused what its system may not say, one sentence each
   */
  public static Applied reportedAgain(
      Ticket ticket,
      Change.Open report,
      TicketContent patch,
      Origin origin,
      String reason,
      List<String> refused) {
    History history = new History(ticket, origin, occurredAt(report, origin));
    String said =
        Stream.of(report.note(), report.content().description())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" / "));
    history.reportedAgain(
        report.ticket().orderingText(), patch, said.isEmpty() ? null : said, reason);
    refused.forEach(history::refused);
    return history.applied();
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

  /** The same ticket, after what the rules of call-backs came to. */
  public static Applied callBack(Ticket ticket, CallBackStep step, Origin origin) {
    History history = new History(ticket, origin, step.at());
    switch (step.outcome()) {
      case CALL_AGAIN -> history.ruled(EventType.CALL_BACK_DUE, step.reason());
      case ASK -> history.ruled(EventType.CALL_BACKS_ENDED, step.reason());
      case ARCHIVE -> archive(history, step.reason());
    }
    return history.applied();
  }

  private static void archive(History history, String reason) {
    if (history.ticket().state() == TicketState.REPLIED) {
      history.inferred(TicketState.CALLING_BACK);
    }
    history.archived(reason);
  }

  /**
   * Only what a system says of states is compared by its time: an urging may well overtake a reply.
   */
  private static boolean saysState(Change change) {
    return change instanceof Change.StateChange
        || change instanceof Change.Transfer
        || change instanceof Change.NotReached;
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
    } else if (change instanceof Change.Assign assign) {
      assign(history, assign);
    } else if (change instanceof Change.FirstResponse response) {
      respond(history, response);
    } else if (change instanceof Change.NotReached call) {
      notReached(history, call);
    } else if (change instanceof Change.Join join) {
      join(history, join);
    } else if (change instanceof Change.Gather gather) {
      gather(history, gather);
    } else if (change instanceof Change.Leave leave) {
      leave(history, leave.note(), true);
    } else if (change instanceof Change.FromParent news) {
      fromParent(history, news);
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

  private static void assign(History history, Change.Assign assign) {
    Ticket ticket = history.ticket();
    if (assign.to().equals(ticket.progress().owner())
        || ticket.links().assigned().contains(assign.to())) {
      history.patch(TicketContent.EMPTY, assign.note());
    } else if (!ticket.isAtWork()) {
      history.kept(
          EventType.CONFLICT,
          "nobody can be assigned to a ticket in state '%s'".formatted(ticket.state().code()),
          assign);
    } else {
      history.linked(
          EventType.ASSIGNED,
          ticket.links().assigned(assign.to()),
          EventDetail.assigned(assign.to(), assign.note(), null));
    }
  }

  private static void respond(History history, Change.FirstResponse response) {
    TicketLinks links = history.ticket().links();
    if (links.responded()) {
      history.plain(EventType.FEEDBACK, response.note());
    } else {
      history.linked(
          EventType.FIRST_RESPONSE, links.hasResponded(), EventDetail.note(response.note()));
    }
  }

  private static void notReached(History history, Change.NotReached call) {
    if (history.ticket().state() != TicketState.CALLING_BACK) {
      reach(
          history,
          new Change.StateChange(
              call.ticket(), call.occurredAt(), TicketState.CALLING_BACK, null, null, null));
    } else if (history.isOlderThanHeard()) {
      history.kept(EventType.LATE, SAID_SOMETHING_NEWER, call);
      return;
    }
    if (history.ticket().state() == TicketState.CALLING_BACK) {
      history.plain(EventType.NOT_REACHED, call.note());
    }
  }

  private static void join(History history, Change.Join join) {
    Ticket ticket = history.ticket();
    TicketLinks links = ticket.links();
    boolean isChild = links.parent() != null && links.parent().id() == join.parent().id();
    String obstacle =
        !ticket.isAtWork()
            ? "a ticket in state '%s' joins no other".formatted(ticket.state().code())
            : links.massFault() || join.parent().id() == ticket.id()
                ? "a mass fault joins no other"
                : null;
    if (isChild || join.gathered() && (obstacle != null || links.parent() != null)) {
      return;
    }
    if (obstacle != null) {
      history.kept(EventType.CONFLICT, obstacle, join);
      return;
    }
    if (links.parent() != null) {
      leave(history, join.note(), false);
    }
    join(history, join.parent(), join.note(), null);
  }

  private static void join(
      History history, TicketLinks.Related parent, String note, String reason) {
    history.linked(
        EventType.JOINED,
        history.ticket().links().childOf(parent),
        EventDetail.related(
            parent.number(),
            note,
            reason == null ? "joined parent %s".formatted(parent.number()) : reason));
  }

  private static void gather(History history, Change.Gather gather) {
    TicketLinks links = history.ticket().links();
    if (links.parent() != null || !history.ticket().isAtWork()) {
      history.kept(EventType.CONFLICT, "it is no ticket that others can join", gather);
    } else if (!links.massFault()) {
      history.linked(
          EventType.NOTED,
          links.gathering(true),
          new EventDetail(
              null,
              gather.note(),
              null,
              null,
              null,
              "other tickets join it",
              null,
              null,
              null,
              null));
    }
  }

  private static void leave(History history, String note, boolean forGood) {
    TicketLinks links = history.ticket().links();
    if (links.parent() == null) {
      history.patch(TicketContent.EMPTY, note);
      return;
    }
    history.linked(
        EventType.LEFT,
        links.standingAlone(forGood),
        EventDetail.related(
            links.parent().number(), note, "left parent %s".formatted(links.parent().number())));
  }

  /** Each word of the parent counts once, in whatever order the words come. */
  private static void fromParent(History history, Change.FromParent news) {
    TicketLinks links = history.ticket().links();
    boolean known =
        links.parent() == null
            || links.parent().id() != news.parent().id()
            || links.parentSequence() >= news.sequence();
    if (known) {
      return;
    }
    boolean replies = news.code().equals(TicketState.REPLIED.code()) && !links.cleared();
    history.link(links.heardFromParent(news.sequence(), replies));
    if (history.ticket().state().isFinal()) {
      return;
    }
    if (replies) {
      TicketContent solved =
          new TicketContent(
              null, null, null, null, null, null, null, Map.of(), news.resolution(), null);
      if (history.ticket().isAtWork()) {
        reach(
            history,
            new Change.StateChange(
                news.ticket(), news.occurredAt(), TicketState.REPLIED, null, solved, news.note()));
      }
    } else if (news.code().equals(TicketState.CANCELLED.code())
        || news.code().equals(TicketState.REJECTED.code())) {
      leave(history, news.note(), false);
    } else {
      history.linked(
          EventType.FEEDBACK,
          history.ticket().links(),
          EventDetail.related(
              news.parent().number(),
              news.note(),
              "of parent %s: %s".formatted(news.parent().number(), news.code())));
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

package io.tickethub.assessment;

import io.tickethub.service.TimeLimits;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.LimitNotice;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketProgress;
import io.tickethub.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads a closed ticket's history for the assessment. The same history gives the same facts. */
final class TicketReading {

  private static final String SATISFIED = "satisfied";
  private static final String UNSATISFIED = "unsatisfied";

  /** The content of other events had no effect. */
  private static final Set<EventType> EFFECTIVE =
      EnumSet.of(
          EventType.OPENED,
          EventType.UPDATED,
          EventType.STATE_CHANGED,
          EventType.RESUMED,
          EventType.RETURNED,
          EventType.REOPENED,
          EventType.TRANSFERRED);

  private static final Set<TicketState> WORKED_ON =
      EnumSet.of(
          TicketState.ACCEPTED,
          TicketState.PROCESSING,
          TicketState.ESCALATED,
          TicketState.SUSPENDED,
          TicketState.REPLIED);

  private final String number;
  private final List<TicketEvent> history;
  private final TimeLimits limits;
  private final Ticket ticket;
  private final List<Stint> stints = new ArrayList<>();
  private final Map<String, Tally> tallies = new TreeMap<>();
  private int untold;
  private int satisfied;
  private int unsatisfied;

  /** A stretch in which one partner had the ticket, from a dispatch to its end. */
  private static final class Stint {
    private final TicketEvent begin;
    private String owner;
    private TicketEvent firstWord;
    private TicketEvent end;

    Stint(TicketEvent begin, String owner) {
      this.begin = begin;
      this.owner = owner;
    }

    boolean holds(Instant at) {
      return !at.isBefore(begin.occurredAt()) && (end == null || !at.isAfter(end.occurredAt()));
    }
  }

  private static final class Tally {
    private final List<Long> responses = new ArrayList<>();
    private final List<Long> repairs = new ArrayList<>();
    private int replies;
    private int reopened;
    private int satisfied;
    private int unsatisfied;
    private int breaches;
    private int returned;
  }

  private TicketReading(
      String number, String lastOwner, List<TicketEvent> history, TimeLimits limits) {
    this.number = number;
    this.history = history;
    this.limits = limits;
    this.ticket = ticket(number, history);
    findStints(lastOwner);
  }

  /**
   * The facts of a ticket.
   *
   * @param lastOwner who had it at last, for a dispatch that was followed by no word of work; null
   *     if nobody
   * @param history all of its events, in order; not empty
   */
  static TicketFacts read(
      String number, String lastOwner, List<TicketEvent> history, TimeLimits limits) {
    return new TicketReading(number, lastOwner, history, limits).facts();
  }

  private static Ticket ticket(String number, List<TicketEvent> history) {
    TicketEvent first = history.get(0);
    TicketEvent last = history.get(history.size() - 1);
    TicketContent content = TicketContent.EMPTY;
    for (TicketEvent event : history) {
      if (EFFECTIVE.contains(event.type()) && event.detail().content() != null) {
        content = content.merge(event.detail().content());
      }
    }
    return new Ticket(
        first.ticketId(),
        number,
        last.sequence(),
        first.source(),
        first.occurredAt(),
        last.recordedAt(),
        null,
        new TicketProgress(last.to(), null, null, null, 0, 0, 0),
        content,
        null,
        null,
        null,
        null,
        null);
  }

  private void findStints(String lastOwner) {
    Stint open = null;
    for (TicketEvent event : history) {
      boolean given = event.type() == EventType.TRANSFERRED;
      boolean dispatched = given || event.to() == TicketState.DISPATCHED && moved(event);
      if (open != null
          && open.firstWord == null
          && WORKED_ON.contains(event.to())
          && moved(event)) {
        open.firstWord = event;
        // What nobody said has the source of the word it was inferred from.
        open.owner = open.owner == null ? event.source() : open.owner;
      }
      if (open != null && (dispatched || ends(event))) {
        open.end = event;
        if (open.owner == null && (given || event.type() == EventType.RETURNED)) {
          open.owner = event.source();
        }
        open = null;
      }
      if (dispatched) {
        open = new Stint(event, given ? event.detail().transferredTo() : null);
        stints.add(open);
      }
    }
    if (!stints.isEmpty()) {
      Stint last = stints.get(stints.size() - 1);
      last.owner = last.owner == null ? lastOwner : last.owner;
    }
  }

  private static boolean moved(TicketEvent event) {
    return event.from() != event.to();
  }

  private static boolean ends(TicketEvent event) {
    return moved(event)
        && (event.to() == TicketState.REPLIED
            || event.type() == EventType.RETURNED
            || event.to().isFinal());
  }

  private Tally tally(String partner) {
    return tallies.computeIfAbsent(partner, any -> new Tally());
  }

  private TicketFacts facts() {
    for (Stint stint : stints) {
      if (stint.owner == null) {
        untold++;
      } else {
        count(stint, tally(stint.owner));
      }
    }
    countCallBacks();
    List<LimitNotice> breaches = standingBreaches();
    for (LimitNotice breach : breaches) {
      stints.stream()
          .filter(stint -> stint.owner != null && stint.holds(breach.at()))
          .reduce((earlier, later) -> later)
          .ifPresent(stint -> tally(stint.owner).breaches++);
    }
    return new TicketFacts(
        number,
        history.get(history.size() - 1).sequence(),
        ticket.content().kind(),
        ticket.content().productClass(),
        work(),
        untold,
        !stints.isEmpty(),
        dispatchedAfter(),
        (int) history.stream().filter(TicketReading::isReply).count(),
        history.stream().anyMatch(e -> !e.inferred() && reached(e, TicketState.CALLING_BACK))
            || satisfied + unsatisfied > 0,
        satisfied,
        unsatisfied,
        count(EventType.REOPENED),
        count(EventType.REPEATED),
        count(EventType.URGED),
        ticket.state() != TicketState.ARCHIVED,
        breaches.size());
  }

  private List<Work> work() {
    List<Work> work = new ArrayList<>();
    tallies.forEach(
        (partner, tally) ->
            work.add(
                new Work(
                    partner,
                    List.copyOf(tally.responses),
                    List.copyOf(tally.repairs),
                    tally.replies,
                    tally.reopened,
                    tally.satisfied,
                    tally.unsatisfied,
                    tally.breaches,
                    tally.returned)));
    return List.copyOf(work);
  }

  private void count(Stint stint, Tally tally) {
    Instant begin = stint.begin.occurredAt();
    if (!stint.begin.inferred() && stint.firstWord != null && !stint.firstWord.inferred()) {
      tally.responses.add(seconds(begin, stint.firstWord.occurredAt()));
    }
    if (stint.end == null) {
      return;
    }
    if (isReply(stint.end)) {
      tally.replies++;
      if (!stint.begin.inferred() && !stint.end.inferred()) {
        tally.repairs.add(
            limits.counted(ticket, history, begin, stint.end.occurredAt()).toSeconds());
      }
    }
    if (stint.end.type() == EventType.RETURNED) {
      tally.returned++;
    }
  }

  private static long seconds(Instant from, Instant until) {
    return Math.max(0, Duration.between(from, until).toSeconds());
  }

  private static boolean isReply(TicketEvent event) {
    return reached(event, TicketState.REPLIED);
  }

  private static boolean reached(TicketEvent event, TicketState state) {
    return event.to() == state && moved(event);
  }

  /** From each reply to the next reopening or archiving; the last word of the customer counts. */
  private void countCallBacks() {
    String repairer = null;
    String answer = null;
    boolean asked = false;
    for (TicketEvent event : history) {
      if (isReply(event)) {
        repairer = ownerAt(event);
        asked = true;
        answer = null;
      }
      TicketContent content = event.detail().content();
      if (EFFECTIVE.contains(event.type()) && content != null && content.satisfaction() != null) {
        answer = content.satisfaction();
      }
      boolean reopened = event.type() == EventType.REOPENED;
      if (asked && (reopened || event.to().isFinal() && moved(event))) {
        answered(repairer, reopened ? UNSATISFIED : answer, reopened);
        asked = false;
      }
    }
  }

  private String ownerAt(TicketEvent end) {
    return stints.stream()
        .filter(stint -> stint.end == end)
        .map(stint -> stint.owner)
        .reduce((earlier, later) -> later)
        .orElse(null);
  }

  private void answered(String repairer, String answer, boolean reopened) {
    boolean good = SATISFIED.equals(answer);
    boolean bad = UNSATISFIED.equals(answer);
    satisfied += good ? 1 : 0;
    unsatisfied += bad ? 1 : 0;
    if (repairer != null) {
      Tally tally = tally(repairer);
      tally.satisfied += good ? 1 : 0;
      tally.unsatisfied += bad ? 1 : 0;
      tally.reopened += reopened ? 1 : 0;
    }
  }

  private List<LimitNotice> standingBreaches() {
    Map<String, LimitNotice> standing = new LinkedHashMap<>();
    for (TicketEvent event : history) {
      LimitNotice notice = event.detail().limit();
      if (event.type() == EventType.LIMIT_BREACHED) {
        standing.put(notice.limit() + "/" + notice.step(), notice);
      } else if (event.type() == EventType.BREACH_WITHDRAWN) {
        standing.remove(notice.limit() + "/" + notice.step());
      }
    }
    return List.copyOf(standing.values());
  }

  private Long dispatchedAfter() {
    if (stints.isEmpty() || stints.get(0).begin.inferred()) {
      return null;
    }
    return seconds(ticket.openedAt(), stints.get(0).begin.occurredAt());
  }

  private int count(EventType type) {
    return (int) history.stream().filter(event -> event.type() == type).count();
  }
}

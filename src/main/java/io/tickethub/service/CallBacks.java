package io.tickethub.service;

import io.tickethub.definition.YamlFiles;
import io.tickethub.product.ProductAdapter;
import io.tickethub.product.ProductCatalog;
import io.tickethub.service.CallBackRules.CallBack;
import io.tickethub.service.CallBackRules.Then;
import io.tickethub.ticket.CallBackStep;
import io.tickethub.ticket.CallBackStep.Outcome;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketState;
import io.tickethub.ticket.TicketTimer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Who cannot be reached is called back again (回访), by {@code routes/call-backs.yaml}; without the
 * file the call centre alone decides. What is to happen is computed from the ticket's history.
 * Thread-safe.
 */
public final class CallBacks {

  /** The name of its timer, beside those of time limits. */
  public static final String TIMER = "call-back";

  private static final Set<EventType> TYPES =
      EnumSet.of(
          EventType.STATE_CHANGED,
          EventType.REOPENED,
          EventType.NOT_REACHED,
          EventType.CALL_BACK_DUE,
          EventType.CALL_BACKS_ENDED);

  private final List<CallBack> rules;
  private final Calendars calendars;
  private final ZoneId zone;
  private final ProductCatalog products;
  private final IntConsumer unknownYear;

  private CallBacks(
      CallBackRules rules, Calendars calendars, ProductCatalog products, IntConsumer unknownYear) {
    this.rules = rules.callBacks();
    this.calendars = calendars;
    this.zone = rules.zone();
    this.products = products;
    this.unknownYear = unknownYear;
  }

  /**
   * Reads the rules.
   *
   * @param unknownYear is told of each year in which a call falls and whose holidays are not known
   */
  public static CallBacks read(Path file, ProductCatalog products, IntConsumer unknownYear) {
    CallBackRules rules =
        Files.exists(file)
            ? YamlFiles.read(file, CallBackRules.class)
            : new CallBackRules(ZoneId.of("UTC"), null, List.of());
    return new CallBacks(
        rules, Calendars.read(file, rules.calendars(), rules.zone()), products, unknownYear);
  }

  /** The types of events by which call-backs are decided. */
  public Set<EventType> types() {
    return TYPES;
  }

  /**
   * Whether what happened to a ticket may change when its customer is called.
   *
   * @param before the ticket as it was; null if it is new
   */
  public boolean concerns(Ticket before, Ticket after, List<TicketEvent> news) {
    boolean over =
        before != null
            && before.timers().containsKey(TIMER)
            && after.state() != TicketState.CALLING_BACK;
    return over || news.stream().anyMatch(CallBacks::mayDecide);
  }

  private static boolean mayDecide(TicketEvent event) {
    boolean replied = event.to() == TicketState.REPLIED && event.from() != TicketState.REPLIED;
    return event.type() == EventType.NOT_REACHED || replied;
  }

  /**
   * What is to happen.
   *
   * @param step now; empty if nothing is
   * @param timer for the next call; empty if none is to come
   */
  public record Settled(Optional<CallBackStep> step, Optional<TicketTimer> timer) {
    private static final Settled NOTHING = new Settled(Optional.empty(), Optional.empty());
  }

  /**
   * The calls of a ticket since it was last replied.
   *
   * @param last when the last was made; null if none was
   * @param repeated after the last the call centre was told to call again
   * @param asked a person was asked to decide
   */
  record Calls(int unanswered, Instant last, boolean repeated, boolean asked) {

    private static final Calls NONE = new Calls(0, null, false, false);

    static Calls of(List<TicketEvent> history) {
      Calls calls = NONE;
      for (TicketEvent event : history) {
        calls = calls.after(event);
      }
      return calls;
    }

    private Calls after(TicketEvent event) {
      return switch (event.type()) {
        case NOT_REACHED -> new Calls(unanswered + 1, event.occurredAt(), false, asked);
        case CALL_BACK_DUE -> new Calls(unanswered, last, true, asked);
        case CALL_BACKS_ENDED -> new Calls(unanswered, last, repeated, true);
        default -> event.to() == TicketState.CALLING_BACK ? this : NONE;
      };
    }

    boolean isUnsettled() {
      return unanswered > 0 && !repeated && !asked;
    }
  }

  /**
   * What is to happen by now.
   *
   * @param history all of the ticket's, or its events of the {@link #types}, in order
   */
  public Settled settle(Ticket ticket, List<TicketEvent> history, Instant now) {
    Calls calls = Calls.of(history);
    boolean replied = ticket.state() == TicketState.REPLIED;
    if (!replied && ticket.state() != TicketState.CALLING_BACK) {
      return Settled.NOTHING;
    }
    return rule(ticket)
        .filter(rule -> rule.calls() == 0 ? !calls.asked() : !replied && calls.isUnsettled())
        .map(rule -> settle(rule, calls, now))
        .orElse(Settled.NOTHING);
  }

  private Settled settle(CallBack rule, Calls calls, Instant now) {
    if (calls.unanswered() >= rule.calls()) {
      return new Settled(Optional.of(last(rule, calls, now)), Optional.empty());
    }
    Counting counting = counting(rule);
    Instant due = due(rule, calls);
    int next = calls.unanswered() + 1;
    if (!due.isAfter(now)) {
      String reason = "call %d of %d is due: %s".formatted(next, rule.calls(), rule.rule());
      return new Settled(
          Optional.of(new CallBackStep(Outcome.CALL_AGAIN, due, reason)), Optional.empty());
    }
    Set<Integer> unknown = counting.unknownYears(calls.last(), due);
    unknown.forEach(unknownYear::accept);
    return new Settled(
        Optional.empty(),
        Optional.of(
            new TicketTimer(
                due,
                due,
                "call-%d".formatted(next),
                TicketTimer.Level.RUNNING,
                !unknown.isEmpty())));
  }

  private static CallBackStep last(CallBack rule, Calls calls, Instant now) {
    if (rule.calls() == 0) {
      return nobodyToCall(rule, now);
    }
    String times = calls.unanswered() == 1 ? "once" : calls.unanswered() + " times";
    boolean asks = rule.then() == Then.ASK;
    return new CallBackStep(
        asks ? Outcome.ASK : Outcome.ARCHIVE,
        now,
        asks
            ? "called %s without reaching the customer: %s decides: %s"
                .formatted(times, rule.who(), rule.rule())
            : "archived after the customer was called %s and not reached: %s"
                .formatted(times, rule.rule()));
  }

  private static CallBackStep nobodyToCall(CallBack rule, Instant now) {
    return rule.then() == Then.ASK
        ? new CallBackStep(
            Outcome.ASK,
            now,
            "replied, and nobody is called back: %s decides: %s".formatted(rule.who(), rule.rule()))
        : new CallBackStep(
            Outcome.ARCHIVE,
            now,
            "archived when it was replied, nobody is called back: %s".formatted(rule.rule()));
  }

  /** When the call after the last is due. */
  Instant due(CallBack rule, Calls calls) {
    return afterPause(rule, calls.last());
  }

  Instant afterPause(CallBack rule, Instant call) {
    Counting counting = counting(rule);
    return counting.after(call, rule.pause().duration(counting.day()));
  }

  Counting counting(CallBack rule) {
    return calendars.of(rule.calendar());
  }

  ZoneId zone() {
    return zone;
  }

  /** Whether an event is of the {@link #types}. */
  boolean counts(TicketEvent event) {
    return TYPES.contains(event.type());
  }

  /**
   * A rule that was looked at for a ticket.
   *
   * @param mismatch why it does not count for it; null if it does
   */
  record Considered(CallBack rule, String mismatch) {}

  /** Every rule, with why it does or does not count; one counts at most. */
  List<Considered> consider(Ticket ticket) {
    boolean hasPartner =
        products
            .find(ticket.content().productClass())
            .flatMap(ProductAdapter::responsible)
            .isPresent();
    List<Considered> considered = new ArrayList<>(rules.size());
    String first = null;
    for (CallBack rule : rules) {
      String mismatch =
          first == null
              ? rule.when().mismatch(ticket, hasPartner).orElse(null)
              : "'%s' goes before it".formatted(first);
      first = mismatch == null ? rule.rule() : first;
      considered.add(new Considered(rule, mismatch));
    }
    return considered;
  }

  private Optional<CallBack> rule(Ticket ticket) {
    return consider(ticket).stream()
        .filter(considered -> considered.mismatch() == null)
        .map(Considered::rule)
        .findFirst();
  }
}

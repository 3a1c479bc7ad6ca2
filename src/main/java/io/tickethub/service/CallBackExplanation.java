package io.tickethub.service;

import io.tickethub.service.CallBackRules.CallBack;
import io.tickethub.service.CallBackRules.Then;
import io.tickethub.service.CallBackView.PassedOver;
import io.tickethub.service.CallBackView.Stretch;
import io.tickethub.service.CallBacks.Calls;
import io.tickethub.service.CallBacks.Considered;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketState;
import io.tickethub.ticket.TicketTimer;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Explains the call-backs of one ticket. */
final class CallBackExplanation {

  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  private final CallBacks callBacks;
  private final Ticket ticket;
  private final List<TicketEvent> history;
  private final Instant now;
  private final Calls calls;

  /** {@code history}: all of it, in order. */
  CallBackExplanation(CallBacks callBacks, Ticket ticket, List<TicketEvent> history, Instant now) {
    this.callBacks = callBacks;
    this.ticket = ticket;
    this.history = history;
    this.now = now;
    this.calls = Calls.of(history.stream().filter(callBacks::counts).toList());
  }

  /** Where the call-backs of a ticket stand. */
  private enum State {
    NO_RULE,
    NOT_REPLIED,
    TO_CALL,
    WAITING,
    TO_END,
    ASKED,
    ENDED;

    String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  CallBackView view() {
    List<PassedOver> others = new ArrayList<>();
    CallBack rule = null;
    for (Considered considered : callBacks.consider(ticket)) {
      if (considered.mismatch() == null) {
        rule = considered.rule();
      } else {
        others.add(new PassedOver(considered.rule().rule(), considered.mismatch()));
      }
    }
    return rule == null ? withoutRule(others) : view(rule, others);
  }

  private CallBackView withoutRule(List<PassedOver> others) {
    return new CallBackView(
        null,
        null,
        null,
        null,
        null,
        null,
        (ticket.state().isFinal() ? State.ENDED : State.NO_RULE).code(),
        calls.unanswered(),
        null,
        null,
        null,
        timerAt(),
        null,
        endedAt(),
        List.of(),
        "no rule counts for it: the call centre alone decides",
        CallBackTries.of(history),
        List.of(),
        others);
  }

  private CallBackView view(CallBack rule, List<PassedOver> others) {
    State state = state(rule);
    boolean comes = state == State.TO_CALL || state == State.WAITING;
    Instant due = comes && calls.unanswered() > 0 ? callBacks.due(rule, calls) : null;
    Instant end = comes ? end(rule, due == null ? now : due) : null;
    return new CallBackView(
        rule.rule(),
        rule.calls(),
        rule.pause() == null ? null : rule.pause().text(),
        rule.calendar() == null
            ? "elapsed time"
            : "working time by the calendar " + rule.calendar(),
        rule.then().name().toLowerCase(Locale.ROOT),
        rule.who(),
        state.code(),
        calls.unanswered(),
        comes ? calls.unanswered() + 1 : null,
        due,
        comes && calls.repeated() ? last(EventType.CALL_BACK_DUE) : null,
        timerAt(),
        end,
        endedAt(),
        end == null
            ? List.of()
            : List.copyOf(
                callBacks
                    .counting(rule)
                    .unknownYears(calls.last() == null ? now : calls.last(), end)),
        says(rule, state, due, end),
        CallBackTries.of(history),
        state == State.WAITING ? waits(rule, due) : List.of(),
        others);
  }

  private State state(CallBack rule) {
    if (ticket.state().isFinal()) {
      return State.ENDED;
    }
    if (ticket.state() != TicketState.REPLIED && ticket.state() != TicketState.CALLING_BACK) {
      return State.NOT_REPLIED;
    }
    if (calls.asked()) {
      return State.ASKED;
    }
    if (calls.unanswered() >= rule.calls()) {
      return State.TO_END;
    }
    boolean waits =
        calls.unanswered() > 0 && !calls.repeated() && callBacks.due(rule, calls).isAfter(now);
    return waits ? State.WAITING : State.TO_CALL;
  }

  /** When the last call would be made, if the next is made at {@code next} or now. */
  private Instant end(CallBack rule, Instant next) {
    Instant at = next.isAfter(now) ? next : now;
    for (int call = calls.unanswered() + 2; call <= rule.calls(); call++) {
      at = callBacks.afterPause(rule, at);
    }
    return at;
  }

  private Instant timerAt() {
    TicketTimer timer = ticket.timers().get(CallBacks.TIMER);
    return timer == null ? null : timer.next();
  }

  private Instant endedAt() {
    if (ticket.state().isFinal()) {
      return history.stream()
          .filter(event -> event.from() != event.to() && event.to() == ticket.state())
          .reduce((first, second) -> second)
          .map(TicketEvent::occurredAt)
          .orElse(null);
    }
    return calls.asked() ? last(EventType.CALL_BACKS_ENDED) : null;
  }

  private Instant last(EventType type) {
    return ofType(type).map(TicketEvent::occurredAt).orElse(null);
  }

  private Optional<TicketEvent> ofType(EventType type) {
    return history.stream().filter(event -> event.type() == type).reduce((first, second) -> second);
  }

  private String says(CallBack rule, State state, Instant due, Instant end) {
    String follows =
        rule.then() == Then.ASK
            ? "%s decides".formatted(rule.who())
            : "the hub archives the ticket by itself";
    return switch (state) {
      case NO_RULE -> throw new IllegalArgumentException("there is a rule");
      case NOT_REPLIED ->
          rule.calls() == 0
              ? "nobody is called: as soon as it is replied, %s".formatted(follows)
              : "the customer is called once it is replied, %s at most; then %s"
                  .formatted(times(rule.calls()), follows);
      case TO_CALL ->
          "call %d of %d is to be made now%s; if nobody answers the last, %s, at the earliest %s"
              .formatted(
                  calls.unanswered() + 1,
                  rule.calls(),
                  due == null ? "" : ", due since " + local(due),
                  follows,
                  local(end));
      case WAITING ->
          ("call %d of %d is due %s, %s of %s after the last; if nobody answers the last call, %s,"
                  + " at the earliest %s")
              .formatted(
                  calls.unanswered() + 1,
                  rule.calls(),
                  local(due),
                  rule.pause().text(),
                  rule.calendar() == null ? "elapsed time" : rule.calendar(),
                  follows,
                  local(end));
      case TO_END -> "no call is to come: %s now".formatted(follows);
      case ASKED -> ofType(EventType.CALL_BACKS_ENDED).orElseThrow().detail().reason();
      case ENDED -> ended();
    };
  }

  private String ended() {
    return history.stream()
        .filter(event -> event.from() != event.to() && event.to() == ticket.state())
        .reduce((first, second) -> second)
        .map(
            event ->
                event.detail().reason() == null
                    ? "%s by %s; nobody is called any more"
                        .formatted(ticket.state().code(), event.source())
                    : event.detail().reason())
        .orElse("%s; nobody is called any more".formatted(ticket.state().code()));
  }

  private static String times(int calls) {
    return calls == 1 ? "once" : calls + " times";
  }

  private String local(Instant instant) {
    return LOCAL.format(instant.atZone(callBacks.zone()));
  }

  private List<Stretch> waits(CallBack rule, Instant due) {
    Counting counting = callBacks.counting(rule);
    return counting.pieces(calls.last(), due).stream()
        .map(
            piece ->
                new Stretch(
                    piece.from(),
                    piece.until(),
                    piece.counts() ? "counted" : "outside-working-time",
                    minutes(
                        piece.counts()
                            ? counting.between(piece.from(), piece.until())
                            : Duration.ZERO),
                    piece.why()))
        .toList();
  }

  private static double minutes(Duration duration) {
    return duration.toSeconds() / 60.0;
  }
}

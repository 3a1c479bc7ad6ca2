package io.tickethub.service;

import io.tickethub.service.ClockView.Segment;
import io.tickethub.service.ClockView.StepView;
import io.tickethub.service.LimitClock.Mode;
import io.tickethub.service.LimitClock.Period;
import io.tickethub.service.LimitSteps.Step;
import io.tickethub.service.TimeLimits.Considered;
import io.tickethub.service.Timeline.Standing;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Explains every minute of the time limits of a ticket, and its call-backs. Thread-safe. */
public final class ClockExplanation {

  private final TimeLimits limits;
  private final CallBacks callBacks;

  public ClockExplanation(TimeLimits limits, CallBacks callBacks) {
    this.limits = limits;
    this.callBacks = callBacks;
  }

  /**
   * The limits that count for a ticket, and why the others do not.
   *
   * @param clocks in the order of the rules
   */
  public record Explained(List<ClockView> clocks, List<Other> others, CallBackView callBacks) {}

  /** A rule that does not count. */
  public record Other(String limit, String why) {}

  /** What people call the limits: name → language → title. */
  public Map<String, Map<String, String>> titles() {
    return limits.titles();
  }

  /** {@code history}: all of it, in order. */
  public Explained of(Ticket ticket, List<TicketEvent> history, Instant now) {
    Timeline timeline = Timeline.of(ticket, history);
    Recorded recorded = new Recorded(history);
    List<ClockView> clocks = new ArrayList<>();
    List<Other> others = new ArrayList<>();
    for (Considered rule : limits.consider(ticket)) {
      if (rule.mismatch() == null) {
        clocks.add(view(limits.clock(rule, timeline), rule, recorded, recorded.notBefore(now)));
      } else {
        others.add(new Other(rule.limit().limit(), rule.mismatch()));
      }
    }
    return new Explained(
        clocks,
        others,
        new CallBackExplanation(callBacks, ticket, history, recorded.notBefore(now)).view());
  }

  private ClockView view(LimitClock clock, Considered rule, Recorded recorded, Instant now) {
    List<Period> periods = clock.periods();
    Period period = periods.isEmpty() ? null : periods.get(periods.size() - 1);
    Instant target = period == null ? null : clock.target(period);
    Duration used = period == null ? null : clock.used(period, now);
    return new ClockView(
        rule.limit().limit(),
        rule.limit().titles(),
        rule.limit().source(),
        word(rule.limit().measures()),
        word(rule.limit().basis()),
        rule.limit().calendar() == null
            ? "elapsed time"
            : "working time by the calendar " + rule.limit().calendar(),
        period != null && period.number() > 1
            ? rule.limit().thenEvery().text()
            : rule.amount().text(),
        state(clock, period),
        period == null ? null : period.start(),
        target,
        used == null ? null : used.toMinutes(),
        used == null ? null : period.amount().minus(used).toMinutes(),
        breach(clock, recorded),
        period == null
            ? List.of()
            : List.copyOf(clock.counting().unknownYears(period.start(), later(target, now))),
        steps(clock, recorded),
        segments(clock, now));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String state(LimitClock clock, Period period) {
    if (period == null) {
      return "not-started";
    }
    if (period.answeredAt() != null) {
      return "answered";
    }
    return word(clock.mode());
  }

  private static String breach(LimitClock clock, Recorded recorded) {
    return recorded.breaches().stream()
        .filter(breach -> breach.limit().equals(clock.limit().limit()))
        .reduce((first, second) -> second)
        .map(breach -> breach.cause())
        .orElse(null);
  }

  private static List<StepView> steps(LimitClock clock, Recorded recorded) {
    List<StepView> steps = new ArrayList<>();
    for (Period period : clock.periods()) {
      for (Step step : LimitSteps.of(clock, period)) {
        Optional<TicketEvent> event = recorded.of(clock.limit().limit(), step.key());
        if (period.answeredAt() == null
            || event.isPresent()
            || step.type() == EventType.LIMIT_BREACHED && step.at() != null) {
          steps.add(
              new StepView(
                  step.key(),
                  step.type().code(),
                  step.fraction(),
                  step.at(),
                  event.map(TicketEvent::recordedAt).orElse(null),
                  event.map(any -> any.detail().limit().cause()).orElse(null)));
        }
      }
    }
    return steps;
  }

  private static List<Segment> segments(LimitClock clock, Instant now) {
    List<Segment> segments = new ArrayList<>();
    for (Period period : clock.periods()) {
      for (Standing standing : clock.timeline().standings()) {
        Standing part = LimitClock.part(standing, period, now);
        if (part != null) {
          add(segments, clock, part);
        }
      }
    }
    return segments;
  }

  private static void add(List<Segment> segments, LimitClock clock, Standing part) {
    Mode mode = LimitClock.mode(clock.limit(), part);
    if (mode != Mode.RUNS) {
      segments.add(
          segment(
              part,
              part.from(),
              part.until(),
              mode == Mode.PAUSED ? "paused" : "stopped",
              Duration.ZERO,
              mode == Mode.PAUSED
                  ? "suspended, cause %s: pauses the limit".formatted(part.suspensionCause().code())
                  : "the limit does not run in state '%s'".formatted(part.state().code())));
      return;
    }
    String suspended =
        part.state() == TicketState.SUSPENDED
            ? "; suspended, cause %s: does not pause it"
                .formatted(
                    part.suspensionCause() == null ? "unknown" : part.suspensionCause().code())
            : "";
    for (Counting.Piece piece : clock.counting().pieces(part.from(), part.until())) {
      segments.add(
          segment(
              part,
              piece.from(),
              piece.until(),
              piece.counts() ? "counted" : "outside-working-time",
              piece.counts()
                  ? clock.counting().between(piece.from(), piece.until())
                  : Duration.ZERO,
              piece.why() + suspended));
    }
  }

  private static Segment segment(
      Standing part, Instant from, Instant until, String kind, Duration used, String why) {
    return new Segment(
        from, until, kind, used.toSeconds() / 60.0, part.state().code(), part.owner(), why);
  }
}

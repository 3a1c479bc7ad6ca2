package io.tickethub.service;

import io.tickethub.service.LimitRules.Limit;
import io.tickethub.service.Timeline.Standing;
import io.tickethub.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One limit on one ticket: when it ran, paused and stood still, and when its time is used up. */
final class LimitClock {

  private final Limit limit;
  private final Duration amount;
  private final Duration thenEvery;
  private final Counting counting;
  private final Timeline timeline;
  private final List<Period> periods;

  /**
   * From one answer to the next; a limit without answers has one.
   *
   * @param answeredAt null: not answered yet
   */
  record Period(int number, Instant start, Instant answeredAt, Duration amount) {}

  /** What a limit does while a ticket stands somewhere. */
  enum Mode {
    RUNS,
    PAUSED,
    STOPPED
  }

  LimitClock(Limit limit, Amount amount, Counting counting, Timeline timeline) {
    this.limit = limit;
    this.counting = counting;
    this.timeline = timeline;
    this.amount = amount.duration(counting.day());
    this.thenEvery = limit.thenEvery() == null ? null : limit.thenEvery().duration(counting.day());
    this.periods = timeline.first(limit.startsAt()).map(this::periods).orElseGet(List::of);
  }

  private List<Period> periods(Instant start) {
    List<Period> found = new ArrayList<>();
    Period period = new Period(1, start, null, amount);
    for (Instant answer : timeline.times(limit.answeredBy(), start)) {
      found.add(new Period(period.number(), period.start(), answer, period.amount()));
      if (thenEvery == null) {
        return found;
      }
      period = new Period(period.number() + 1, answer, null, thenEvery);
    }
    found.add(period);
    return found;
  }

  static Mode mode(Limit limit, Standing standing) {
    if (limit.stopsAt().contains(standing.state())) {
      return Mode.STOPPED;
    }
    boolean paused =
        standing.state() == TicketState.SUSPENDED
            && standing.suspensionCause() != null
            && limit.pausesWhen().suspended().contains(standing.suspensionCause());
    return paused ? Mode.PAUSED : Mode.RUNS;
  }

  Limit limit() {
    return limit;
  }

  Counting counting() {
    return counting;
  }

  Timeline timeline() {
    return timeline;
  }

  /** Empty if it has not started. */
  List<Period> periods() {
    return periods;
  }

  /** The period that runs, is paused or stands still; empty if it is answered or not started. */
  Optional<Period> open() {
    return periods.isEmpty() || periods.get(periods.size() - 1).answeredAt() != null
        ? Optional.empty()
        : Optional.of(periods.get(periods.size() - 1));
  }

  Mode mode() {
    return mode(limit, timeline.last());
  }

  /** The part of a standing that is in a period; null if none is. */
  static Standing part(Standing standing, Period period, Instant end) {
    Instant from = standing.from().isBefore(period.start()) ? period.start() : standing.from();
    Instant until = standing.until(end);
    if (period.answeredAt() != null && (until == null || period.answeredAt().isBefore(until))) {
      until = period.answeredAt();
    }
    return until != null && !until.isAfter(from)
        ? null
        : new Standing(
            from,
            until,
            standing.state(),
            standing.suspensionCause(),
            standing.owner(),
            standing.source());
  }

  /** The parts of a period up to {@code end} (null: no end) in which the limit runs. */
  List<Standing> running(Period period, Instant end) {
    List<Standing> running = new ArrayList<>();
    for (Standing standing : timeline.standings()) {
      Standing part = part(standing, period, end);
      if (part != null && mode(limit, part) == Mode.RUNS) {
        running.add(part);
      }
    }
    return running;
  }

  /**
   * When so much of a period's time was or will be used; empty if, as things are, never. Whoever
   * ends it at that very moment is in time.
   */
  Optional<Instant> when(Period period, Duration used) {
    Duration rest = used;
    for (Standing part : running(period, null)) {
      if (part.until() == null) {
        return Optional.of(counting.after(part.from(), rest));
      }
      Duration available = counting.between(part.from(), part.until());
      if (available.compareTo(rest) > 0) {
        return Optional.of(counting.after(part.from(), rest));
      }
      rest = rest.minus(available);
    }
    return Optional.empty();
  }

  /** When the time is used up; while it does not run, as if it went on where it stopped. */
  Instant target(Period period) {
    return when(period, period.amount())
        .orElseGet(
            () -> {
              Instant stop =
                  period.answeredAt() != null ? period.answeredAt() : timeline.last().from();
              Instant from = stop.isBefore(period.start()) ? period.start() : stop;
              return counting.after(from, period.amount().minus(used(period, from)));
            });
  }

  /** How much of a period's time was used by an instant. */
  Duration used(Period period, Instant by) {
    return running(period, by).stream()
        .filter(part -> part.until() != null)
        .map(part -> counting.between(part.from(), part.until()))
        .reduce(Duration.ZERO, Duration::plus);
  }
}

package io.tickethub.service;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Only working time counts. A working day without hours counts 24 h, however long the clocks of its
 * zone make it.
 */
final class WorkingTime implements Counting {

  private static final Hours ALL_DAY = new Hours(LocalTime.MIN, LocalTime.MAX);

  private final Holidays holidays;
  private final List<Hours> hours;
  private final ZoneId zone;

  WorkingTime(Holidays holidays, List<Hours> hours, ZoneId zone) {
    this.holidays = holidays;
    this.hours = hours.isEmpty() ? List.of(ALL_DAY) : hours;
    this.zone = zone;
  }

  /** A stretch of working time and what it counts. */
  private record Span(Instant from, Instant until, Duration counts) {

    Duration upTo(Instant instant) {
      if (!instant.isAfter(from)) {
        return Duration.ZERO;
      }
      if (!instant.isBefore(until)) {
        return counts;
      }
      return scaled(Duration.between(from, instant), counts, Duration.between(from, until));
    }

    Instant when(Duration counted) {
      return from.plus(scaled(counted, Duration.between(from, until), counts));
    }

    private static Duration scaled(Duration duration, Duration by, Duration per) {
      return by.equals(per)
          ? duration
          : Duration.ofMillis(duration.toMillis() * by.toMillis() / per.toMillis());
    }
  }

  private List<Span> spans(LocalDate date) {
    if (!holidays.isWorkingDay(date)) {
      return List.of();
    }
    List<Span> spans = new ArrayList<>(hours.size());
    for (Hours part : hours) {
      Instant from = date.atTime(part.from()).atZone(zone).toInstant();
      Instant until =
          part.until().equals(LocalTime.MAX)
              ? date.plusDays(1).atStartOfDay(zone).toInstant()
              : date.atTime(part.until()).atZone(zone).toInstant();
      if (until.isAfter(from)) {
        spans.add(new Span(from, until, counts(part)));
      }
    }
    return spans;
  }

  private static Duration counts(Hours part) {
    return part.until().equals(LocalTime.MAX)
        ? Duration.between(part.from(), LocalTime.MIN).plusDays(1)
        : Duration.between(part.from(), part.until());
  }

  private LocalDate date(Instant instant) {
    return instant.atZone(zone).toLocalDate();
  }

  @Override
  public Duration between(Instant from, Instant until) {
    Duration sum = Duration.ZERO;
    LocalDate last = date(until);
    for (LocalDate date = date(from); !date.isAfter(last); date = date.plusDays(1)) {
      for (Span span : spans(date)) {
        sum = sum.plus(span.upTo(until)).minus(span.upTo(from));
      }
    }
    return sum;
  }

  @Override
  public Instant after(Instant from, Duration amount) {
    Duration rest = amount;
    for (LocalDate date = date(from); ; date = date.plusDays(1)) {
      for (Span span : spans(date)) {
        Duration before = span.upTo(from);
        Duration available = span.counts().minus(before);
        if (available.compareTo(rest) >= 0 && !available.isZero()) {
          return span.when(before.plus(rest));
        }
        rest = rest.minus(available);
      }
    }
  }

  @Override
  public List<Piece> pieces(Instant from, Instant until) {
    List<Piece> pieces = new ArrayList<>();
    Instant done = from;
    LocalDate last = date(until);
    for (LocalDate date = date(from); !date.isAfter(last); date = date.plusDays(1)) {
      String day = "%s is a %s".formatted(date, holidays.name(date));
      for (Span span : spans(date)) {
        done = add(pieces, done, min(span.from(), until), false, day + ", outside working hours");
        done = add(pieces, done, min(span.until(), until), true, day);
      }
      boolean works = holidays.isWorkingDay(date);
      Instant end = min(date.plusDays(1).atStartOfDay(zone).toInstant(), until);
      done = add(pieces, done, end, false, works ? day + ", outside working hours" : day);
    }
    return pieces;
  }

  private static Instant add(
      List<Piece> pieces, Instant from, Instant until, boolean counts, String why) {
    if (!until.isAfter(from)) {
      return from;
    }
    pieces.add(new Piece(from, until, counts, why));
    return until;
  }

  private static Instant min(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  @Override
  public Duration day() {
    return hours.stream().map(WorkingTime::counts).reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public Set<Integer> unknownYears(Instant from, Instant until) {
    return IntStream.rangeClosed(date(from).getYear(), date(until).getYear())
        .filter(year -> !holidays.isKnown(year))
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

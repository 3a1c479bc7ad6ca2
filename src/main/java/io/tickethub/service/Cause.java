package io.tickethub.service;

import io.tickethub.service.LimitClock.Period;
import io.tickethub.service.Timeline.Standing;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says in words why a limit came to something: who had the ticket, what it waited for, who was
 * silent.
 */
final class Cause {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  private final LimitClock clock;
  private final ZoneId zone;

  Cause(LimitClock clock, ZoneId zone) {
    this.clock = clock;
    this.zone = zone;
  }

  String breach(Period period, Instant at) {
    List<String> parts = new ArrayList<>();
    parts.add(
        "%s were used up at %s".formatted(text(period.amount()), TIME.withZone(zone).format(at)));
    Map<String, Duration> byOwner = new LinkedHashMap<>();
    Duration waited = Duration.ZERO;
    for (Standing part : clock.running(period, at)) {
      Duration used = clock.counting().between(part.from(), part.until());
      byOwner.merge(part.owner() == null ? "nobody" : part.owner(), used, Duration::plus);
      if (part.state() == TicketState.SUSPENDED) {
        waited = waited.plus(used);
      }
    }
    parts.add(
        byOwner.entrySet().stream()
            .filter(entry -> !entry.getValue().isZero())
            .map(entry -> "%s had it %s".formatted(entry.getKey(), text(entry.getValue())))
            .collect(Collectors.joining(", ")));
    if (!waited.isZero()) {
      parts.add("suspended for %s for a cause that does not pause it".formatted(text(waited)));
    }
    parts.add(silence(at));
    parts.addAll(provisional(period.start(), at));
    return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("; "));
  }

  String warning(Period period, double fraction) {
    List<String> parts = new ArrayList<>();
    Instant target = clock.target(period);
    parts.add(
        "%.0f %% of %s are used, due %s"
            .formatted(fraction * 100, text(period.amount()), TIME.withZone(zone).format(target)));
    String owner = clock.timeline().last().owner();
    parts.add("%s has it".formatted(owner == null ? "nobody" : owner));
    parts.addAll(provisional(period.start(), target));
    return String.join("; ", parts);
  }

  List<String> provisional(Instant from, Instant until) {
    return clock.counting().unknownYears(from, until).stream()
        .map("provisional: the holidays of %d are not known"::formatted)
        .toList();
  }

  private String silence(Instant at) {
    String owner = null;
    for (Standing standing : clock.timeline().standings()) {
      if (!standing.from().isAfter(at)) {
        owner = standing.owner();
      }
    }
    if (owner == null) {
      return "";
    }
    String system = owner;
    Optional<Instant> heard =
        clock.timeline().history().stream()
            .filter(event -> event.source().equals(system) && !event.occurredAt().isAfter(at))
            .map(TicketEvent::occurredAt)
            .max(Instant::compareTo);
    return heard
        .map(last -> "%s was silent since %s".formatted(system, TIME.withZone(zone).format(last)))
        .orElse("%s has said nothing".formatted(system));
  }

  static String text(Duration duration) {
    long minutes = Math.round(duration.toSeconds() / 60.0);
    if (minutes < 60) {
      return minutes + " min";
    }
    String rest = minutes % 60 == 0 ? "" : " %d min".formatted(minutes % 60);
    return "%d h%s".formatted(minutes / 60, rest);
  }
}

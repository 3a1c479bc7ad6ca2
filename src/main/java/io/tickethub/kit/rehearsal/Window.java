package io.tickethub.kit.rehearsal;

import io.tickethub.journal.Identifiers;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stretch of time. {@code until} is no part of it. */
public record Window(Instant since, Instant until) {

  private static final Pattern AGO = Pattern.compile("(\\d{1,5})([mhd])");

  /**
   * From two texts, such as {@code 7d}, {@code 12h}, {@code 2026-03-01}, {@code 2026-03-01T08:00}
   * or {@code 2026-03-01T08:00:00Z}; throws {@link IllegalArgumentException}.
   *
   * @param until null for now
   */
  public static Window of(String since, String until, Clock clock, ZoneId zone) {
    Instant now = clock.instant();
    Instant begin = moment("since", since, now, zone);
    Instant end = until == null ? now.plusMillis(1) : moment("until", until, now, zone);
    if (!begin.isBefore(end)) {
      throw new IllegalArgumentException("since %s is not before until %s".formatted(begin, end));
    }
    return new Window(begin, end);
  }

  /**
   * A moment from a text like those of {@link #of}, or {@code 09:14} for today's.
   *
   * @param name of what the text is, for the error
   * @throws IllegalArgumentException if the text is no time
   */
  public static Instant moment(String name, String text, Instant now, ZoneId zone) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      long number = Long.parseLong(ago.group(1));
      return now.minus(
          switch (ago.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          });
    }
    try {
      if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
        return LocalDate.parse(text).atStartOfDay(zone).toInstant();
      }
      if (text.matches("\\d\\d:\\d\\d")) {
        return LocalTime.parse(text)
            .atDate(LocalDate.ofInstant(now, zone))
            .atZone(zone)
            .toInstant();
      }
      return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s: '%s' is no time: write 7d, 12h, 30m, 09:14, 2026-03-01 or 2026-03-01T08:00"
              .formatted(name, text));
    }
  }

  /** Whether a text is a moment; nothing is none that is wrong. */
  public static boolean isMoment(String text, Instant now, ZoneId zone) {
    try {
      return text == null || text.isBlank() || moment("time", text.strip(), now, zone) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  long firstId() {
    return Identifiers.firstOf(since);
  }

  long endId() {
    return Identifiers.firstOf(until);
  }
}

package io.tickethub.mapping;

import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Dates as legacy systems write them: any of several patterns, with or without a zone, {@code
 * 1900-01-01} for "none". Source of the default patterns: the domain's list "What legacy systems
 * are like".
 */
final class Dates {

  private static final List<String> USUAL =
      List.of(
          "uuuu-M-d H:mm:ss",
          "uuuu-M-d H:mm:ss.SSS",
          "uuuu-M-dHH:mm:ss",
          "uuuu-M-dHH:mm",
          "uuuu/M/dHH:mm:ss",
          "uuuu/M/dHH:mm",
          "dd-MM-uuuuHH:mm:ss",
          "dd-MM-uuuuHH:mm",
          "uuuuMMddHHmmss",
          "uuuu/M/d H:mm:ss",
          "uuuu/M/d H:mm",
          "uuuu-M-d H:mm",
          "dd-MM-uuuu HH:mm:ss",
          "dd-MM-uuuu HH:mm",
          "uuuuMMdd",
          "uuuu-MM-dd",
          "uuuu/M/d",
          "uuuu年M月d日 H:mm:ss",
          "uuuu年M月d日 H:mm",
          "uuuu年M月d日H时m分s秒",
          "uuuu年M月d日H时m分",
          "uuuu年M月d日");
  private static final int YEAR_OF_NONE = 1900;

  private final ZoneId zone;
  private final Map<String, DateTimeFormatter> formatters = new ConcurrentHashMap<>();

  Dates(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * The instant; empty if the date stands for "none". An empty list of patterns means ISO 8601 and
   * the usual ones.
   */
  Optional<Instant> parse(String text, List<String> patterns) {
    Optional<Instant> iso = patterns.isEmpty() ? iso(text) : Optional.empty();
    Instant instant = iso.orElseGet(() -> byPattern(text, patterns.isEmpty() ? USUAL : patterns));
    boolean none = instant.atZone(zone).getYear() <= YEAR_OF_NONE;
    return none ? Optional.empty() : Optional.of(instant);
  }

  private Optional<Instant> iso(String text) {
    if (text.indexOf('T') < 0) {
      return Optional.empty();
    }
    try {
      TemporalAccessor parsed = DateTimeFormatter.ISO_DATE_TIME.parse(text);
      ZoneId given = parsed.query(TemporalQueries.zone());
      return Optional.of(
          LocalDateTime.from(parsed).atZone(given == null ? zone : given).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private Instant byPattern(String text, List<String> patterns) {
    for (String pattern : patterns) {
      try {
        TemporalAccessor parsed = formatter(pattern).parse(text);
        LocalDate date = LocalDate.from(parsed);
        java.time.LocalTime time = parsed.query(TemporalQueries.localTime());
        LocalDateTime local = time == null ? date.atStartOfDay() : date.atTime(time);
        ZoneId given = parsed.query(TemporalQueries.zone());
        return local.atZone(given == null ? zone : given).toInstant();
      } catch (DateTimeException e) {
        continue;
      }
    }
    throw new MappingException(
        Problem.of(
            ProblemCode.INVALID_VALUE,
            null,
            text,
            patterns == USUAL
                ? "is a date of no usual pattern"
                : "is no date of the pattern " + String.join(" or ", patterns)));
  }

  String format(Instant instant, String pattern) {
    return formatter(pattern).format(ZonedDateTime.ofInstant(instant, zone));
  }

  private DateTimeFormatter formatter(String pattern) {
    return formatters.computeIfAbsent(
        pattern,
        text ->
            DateTimeFormatter.ofPattern(text.replace("yyyy", "uuuu"))
                .withResolverStyle(ResolverStyle.STRICT));
  }
}

package io.tickethub.kit.scaffold.sample;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A way of writing dates.
 *
 * @param pattern of {@link DateTimeFormatter}; for the others {@code ISO 8601}, {@code seconds} or
 *     {@code milliseconds} since 1970
 * @param usual {@code $date} knows it without being told
 */
public record DatePattern(String pattern, boolean usual) {

  static final DatePattern ISO = new DatePattern("ISO 8601", true);
  public static final DatePattern SECONDS = new DatePattern("seconds", false);
  public static final DatePattern MILLISECONDS = new DatePattern("milliseconds", false);

  private static final Pattern ISO_TEXT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}.*");
  private static final Pattern OF_THIS_CENTURY = Pattern.compile("1[5-9]\\d{8}(\\d{3})?");
  private static final int LONGEST = 40;

  private static final List<DatePattern> KNOWN =
      Stream.concat(
              Stream.of(
                      "uuuu-M-d H:mm:ss",
                      "uuuu-M-d H:mm:ss.SSS",
                      "uuuu-M-d H:mm",
                      "uuuu/M/d H:mm:ss",
                      "uuuu/M/d H:mm",
                      "uuuuMMddHHmmss",
                      "uuuu-M-dHH:mm:ss",
                      "uuuu-M-dHH:mm",
                      "uuuu/M/dHH:mm:ss",
                      "uuuu/M/dHH:mm",
                      "dd-MM-uuuu HH:mm:ss",
                      "dd-MM-uuuu HH:mm",
                      "dd-MM-uuuuHH:mm:ss",
                      "dd-MM-uuuuHH:mm",
                      "uuuuMMdd",
                      "uuuu-MM-dd",
                      "uuuu/M/d")
                  .map(pattern -> new DatePattern(pattern, true)),
              Stream.of(
                      "uuuuMMdd HH:mm:ss",
                      "uuuuMMdd HHmmss",
                      "uuuuMMddHHmm",
                      "uuuu年M月d日 H:mm:ss",
                      "uuuu年M月d日 H:mm",
                      "uuuu年M月d日H:mm",
                      "uuuu年M月d日H时m分s秒",
                      "uuuu年M月d日 H时m分",
                      "uuuu年M月d日H时m分",
                      "uuuu年M月d日",
                      "uuuu.M.d H:mm:ss",
                      "uuuu.M.d H:mm",
                      "uuuu.M.d",
                      "dd/MM/uuuu HH:mm:ss",
                      "dd/MM/uuuu HH:mm",
                      "MM/dd/uuuu HH:mm:ss",
                      "MM/dd/uuuu HH:mm",
                      "dd.MM.uuuu HH:mm:ss",
                      "dd.MM.uuuu HH:mm",
                      "dd/MM/uuuu",
                      "MM/dd/uuuu",
                      "dd-MM-uuuu",
                      "dd.MM.uuuu")
                  .map(pattern -> new DatePattern(pattern, false)))
          .toList();

  /** Whether blanks between date and time are gone. */
  public boolean isGlued() {
    return pattern.contains("dHH:") || pattern.contains("uHH:");
  }

  /** The pattern that most of these values keep to; empty if fewer than four in five do. */
  static Optional<DatePattern> of(List<String> values) {
    List<String> texts =
        values.stream()
            .filter(value -> !value.startsWith("1900-01-01"))
            .map(value -> Normalizer.normalize(value, Normalizer.Form.NFKC).strip())
            .toList();
    if (texts.isEmpty() || texts.stream().anyMatch(text -> text.length() > LONGEST)) {
      return Optional.empty();
    }
    if (most(texts, DatePattern::isIso)) {
      return Optional.of(ISO);
    }
    DatePattern best = null;
    long bestHits = 0;
    for (DatePattern pattern : KNOWN) {
      DateTimeFormatter formatter = formatter(pattern.pattern);
      long hits = texts.stream().filter(text -> fits(formatter, text)).count();
      if (hits > bestHits) {
        best = pattern;
        bestHits = hits;
      }
    }
    if (bestHits * 5 >= texts.size() * 4L) {
      return Optional.of(best);
    }
    return most(texts, text -> OF_THIS_CENTURY.matcher(text).matches())
        ? Optional.of(texts.get(0).length() == 13 ? MILLISECONDS : SECONDS)
        : Optional.empty();
  }

  private static boolean isIso(String text) {
    return ISO_TEXT.matcher(text).matches();
  }

  private static boolean most(List<String> texts, java.util.function.Predicate<String> wanted) {
    return texts.stream().filter(wanted).count() * 5 >= texts.size() * 4L;
  }

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
  }

  private static boolean fits(DateTimeFormatter formatter, String text) {
    try {
      int year = LocalDate.from(formatter.parse(text)).getYear();
      return year >= 1970 && year < 2100;
    } catch (DateTimeException e) {
      return false;
    }
  }
}

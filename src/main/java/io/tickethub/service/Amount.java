package io.tickethub.service;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much time there is.
 *
 * @param text as written: {@code 30m}, {@code 48h}, {@code 3d}
 */
public record Amount(@JsonValue String text) {

  /** What an amount looks like. */
  public static final String PATTERN = "([1-9][0-9]{0,6})([smhd])";

  private static final Pattern TEXT = Pattern.compile(PATTERN);

  @JsonCreator
  public Amount {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no time: write a number and a unit: s, m, h or d".formatted(text));
    }
  }

  static Amount of(Duration duration) {
    return new Amount(duration.toSeconds() + "s");
  }

  /** The time it stands for, where a day is worth {@code day}. */
  Duration duration(Duration day) {
    Matcher matcher = TEXT.matcher(text);
    matcher.matches();
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> day.multipliedBy(number);
    };
  }
}

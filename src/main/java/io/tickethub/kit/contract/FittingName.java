package io.tickethub.kit.contract;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a file name that a simple regular expression accepts, another one each time. */
final class FittingName {

  private static final AtomicLong NUMBERS = new AtomicLong(20_260_100);
  private static final Pattern DIGITS =
      Pattern.compile("(?:\\[0-9\\]|\\\\d)(?:\\{(\\d+)(?:,\\d*)?\\}|([+*]))?");
  private static final Pattern ANYTHING = Pattern.compile("(?:\\.|\\[\\^[^\\]]*\\])[+*]\\??");

  private FittingName() {}

  static String unique() {
    return "contract-" + NUMBERS.incrementAndGet();
  }

  static Optional<String> of(String expression) {
    long number = NUMBERS.incrementAndGet();
    String name = expression.replaceFirst("^\\(\\?i\\)", "").replaceAll("^\\^|\\$$", "");
    name = name.replace("[.]", "\\.");
    Matcher digits = DIGITS.matcher(name);
    StringBuilder filled = new StringBuilder();
    while (digits.find()) {
      int length =
          digits.group(1) == null
              ? digits.group(2) == null ? 1 : 8
              : Integer.parseInt(digits.group(1));
      String text = "%0" + Math.max(1, length) + "d";
      String padded = text.formatted(number);
      digits.appendReplacement(filled, padded.substring(padded.length() - length));
    }
    digits.appendTail(filled);
    name = ANYTHING.matcher(filled).replaceAll(Long.toString(number));
    name = name.replaceAll("\\(\\??:?([^|)]*)(?:\\|[^)]*)?\\)", "$1");
    name = name.replace("\\.", ".").replace("\\", "");
    return Pattern.matches(expression, name) ? Optional.of(name) : Optional.empty();
  }
}

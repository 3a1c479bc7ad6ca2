package io.tickethub.console;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step of a time limit, for people.
 *
 * @param kind warning, breach, escalation, or other
 * @param value of a warning the percentage, of an escalation the level, of another its key
 * @param since when the limit began to run again; null in its first period
 */
public record LimitStep(String kind, String value, Instant since) {

  private static final Pattern KEY =
      Pattern.compile(
          "(?:warning-(?<share>\\d\\.\\d{1,6})|(?<breach>breach)|escalation-(?<level>\\d{1,4}))"
              + "(?:@(?<since>\\d{4}-[0-9T:.-]{1,30}Z))?");

  static LimitStep of(String key) {
    Matcher parts = KEY.matcher(key == null ? "" : key);
    if (!parts.matches()) {
      return new LimitStep("other", key == null ? "" : key, null);
    }
    Instant since = parts.group("since") == null ? null : Instant.parse(parts.group("since"));
    if (parts.group("share") != null) {
      return new LimitStep("warning", percent(parts.group("share")), since);
    }
    return parts.group("breach") != null
        ? new LimitStep("breach", "", since)
        : new LimitStep("escalation", parts.group("level"), since);
  }

  private static String percent(String share) {
    return new BigDecimal(share)
        .movePointRight(2)
        .setScale(0, RoundingMode.HALF_UP)
        .toPlainString();
  }
}

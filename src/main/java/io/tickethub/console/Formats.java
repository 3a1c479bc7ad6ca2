package io.tickethub.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.UriUtils;

/** How pages write times, rates and trees. */
public final class Formats {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS XXX");
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("xxx");
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9})([smhd])");
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_CHARACTERS = 20_000;

  private final Clock clock;
  private final ZoneId zone;
  private final Locale locale;

  Formats(Clock clock, ZoneId zone, Locale locale) {
    this.clock = clock;
    this.zone = zone;
    this.locale = locale;
  }

  public String time(Instant instant) {
    return instant == null ? "" : TIME.format(instant.atZone(zone));
  }

  public String exact(Instant instant) {
    return instant == null ? "" : EXACT.format(instant.atZone(zone));
  }

  /** How long ago. */
  public String age(Instant instant) {
    return instant == null ? "" : duration(Duration.between(instant, clock.instant()));
  }

  public String between(Instant from, Instant to) {
    return from == null || to == null ? "" : Duration.between(from, to).toMillis() + " ms";
  }

  /** Until then; too late with a minus. */
  public String left(Instant instant) {
    if (instant == null) {
      return "";
    }
    return left(Duration.between(clock.instant(), instant));
  }

  private String left(Duration left) {
    return left.isNegative() ? "−" + precise(left.negated()) : precise(left);
  }

  /** Until a time limit's time is used up; where it does not run, what was left when it stopped. */
  public String left(boolean runs, Instant target, Long remainingMinutes) {
    if (runs) {
      return left(target);
    }
    return remainingMinutes == null ? "–" : left(Duration.ofMinutes(remainingMinutes));
  }

  public String length(Duration duration) {
    return duration(duration);
  }

  private String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    boolean chinese = isChinese();
    if (seconds < 90) {
      return seconds + (chinese ? " 秒" : " s");
    }
    if (seconds < 5400) {
      return seconds / 60 + (chinese ? " 分钟" : " min");
    }
    return seconds < 172_800
        ? seconds / 3600 + (chinese ? " 小时" : " h")
        : seconds / 86_400 + (chinese ? " 天" : " d");
  }

  /** The zone all times are shown in, such as {@code Asia/Shanghai (+08:00)}. */
  public String zone() {
    return "%s (%s)".formatted(zone.getId(), ZONE.format(clock.instant().atZone(zone)));
  }

  /** Now, to the second. */
  public String now() {
    return CLOCK.format(clock.instant().atZone(zone));
  }

  /** A time of a limit as rules and tickets write it, such as {@code 48h} or {@code 14400s}. */
  public String amount(String amount) {
    Matcher parts = AMOUNT.matcher(amount == null ? "" : amount);
    if (!parts.matches()) {
      return amount;
    }
    long number = Long.parseLong(parts.group(1));
    String unit = parts.group(2);
    long seconds = unit.equals("s") ? number : unit.equals("m") ? number * 60 : number * 3600;
    return unit.equals("d")
        ? number + (isChinese() ? " 天" : " d")
        : unit.equals("h")
            ? number + (isChinese() ? " 小时" : " h")
            : precise(Duration.ofSeconds(seconds));
  }

  /** With the smaller unit too: of what is left, an hour matters. */
  private String precise(Duration duration) {
    long minutes = duration.toMinutes();
    boolean chinese = isChinese();
    if (minutes < 60) {
      return duration(duration);
    }
    long hours = minutes / 60;
    String more =
        hours < 48
            ? rest(minutes % 60, chinese ? " 分" : " min")
            : rest(hours % 24, chinese ? " 小时" : " h");
    return hours < 48
        ? hours + (chinese ? " 小时" : " h") + more
        : hours / 24 + (chinese ? " 天" : " d") + more;
  }

  private static String rest(long number, String unit) {
    return number == 0 ? "" : " " + number + unit;
  }

  public String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 100 ? "%.1f" : "%.0f", perSecond);
  }

  /**
   * Counts, the newest last, as points of a line 100 wide and 20 high; empty for fewer than two.
   */
  public String spark(List<Long> counts) {
    if (counts.size() < 2) {
      return "";
    }
    double most = Math.max(1, counts.stream().mapToLong(Long::longValue).max().orElse(1));
    StringBuilder points = new StringBuilder();
    for (int at = 0; at < counts.size(); at++) {
      points.append(
          String.format(
              Locale.ROOT,
              "%.1f,%.1f ",
              100.0 * at / (counts.size() - 1),
              19 - 18 * counts.get(at) / most));
    }
    return points.toString().strip();
  }

  public String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  public String whole(double number) {
    return String.format(Locale.ROOT, "%.0f", number);
  }

  /** The title in the reader's language, or the name. */
  public String title(Map<String, String> titles, String name) {
    String other = titles == null ? null : titles.get(isChinese() ? "zh" : "en");
    return other == null || other.isBlank() ? name : other;
  }

  private boolean isChinese() {
    return locale.getLanguage().equals("zh");
  }

  /** A tree, indented. */
  public String tree(JsonNode tree) {
    try {
      return tree == null
          ? ""
          : shortened(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("this is no tree", e);
    }
  }

  /** Text that may be a tree. */
  public String text(String text) {
    try {
      JsonNode tree = JSON.readTree(text);
      return tree != null && tree.isContainerNode() ? tree(tree) : shortened(text);
    } catch (JsonProcessingException e) {
      return shortened(text);
    }
  }

  public String bytes(byte[] bytes) {
    return bytes == null ? "" : shortened(new String(bytes, StandardCharsets.UTF_8));
  }

  private static String shortened(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }

  /** One step of an address, or one value in it. */
  public String part(Object text) {
    return text == null ? "" : segment(text.toString());
  }

  static String segment(String text) {
    return UriUtils.encode(text, StandardCharsets.UTF_8);
  }
}

package io.tickethub.notice;

import io.tickethub.privacy.Masking;
import java.util.List;
import java.util.regex.Pattern;

/** Causes of alerts may quote what others said: nothing personal and no secret leaves the hub. */
final class SafeText {

  private static final int LONGEST = 300;
  private static final Pattern USER_IN_ADDRESS = Pattern.compile("(?<=://)[^/\\s@]+@");
  private static final Pattern QUERY = Pattern.compile("(?<=://)([^\\s?]{1,300})\\?\\S*");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)\\b(password|passwd|pwd|secret|token|api[-_]?key|authorization)\\b(\\s*[=:]\\s*)(bearer\\s+|basic\\s+)?\\S+");

  private SafeText() {}

  /** One line; null for null. */
  static String of(String text) {
    if (text == null) {
      return null;
    }
    String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    line = line.substring(0, Math.min(LONGEST * 4, line.length()));
    line = USER_IN_ADDRESS.matcher(line).replaceAll("***@");
    line = QUERY.matcher(line).replaceAll("$1?***");
    line = SECRET.matcher(line).replaceAll("$1$2***");
    line = Masking.text(line, List.of());
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}

package io.tickethub.kit.scaffold.sample;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A value of fixed length that is known by its form alone, such as a date.
 *
 * @param characters how many it has
 * @param wide how many of its characters are Chinese
 * @param free digits beside it say nothing against it
 */
record KnownShape(
    String title, int characters, int wide, Pattern form, boolean isDate, boolean free) {

  /** Longer ones before those that lie in them. */
  static final List<KnownShape> ALL =
      List.of(
          date("\\d{4}([-/.])\\d{2}\\1\\d{2}[ T]\\d{2}:\\d{2}:\\d{2}", 19, true),
          new KnownShape(
              "an identity number",
              18,
              0,
              Pattern.compile("[1-9]\\d{5}(19|20)\\d{2}(0[1-9]|1[0-2])[0-3]\\d{4}[\\dX]"),
              false,
              false),
          date("\\d{4}([-/.])\\d{2}\\1\\d{2}[ T]\\d{2}:\\d{2}", 16, true),
          date("\\d{14}", 14, true),
          date("\\d{12}", 12, false),
          new KnownShape(
              "a mobile phone's number", 11, 0, Pattern.compile("1[3-9]\\d{9}"), false, false),
          date("\\d{4}([-/.])\\d{2}\\1\\d{2}", 10, true),
          date("\\d{8}", 8, false),
          new KnownShape(
              "a vehicle plate", 7, 1, Pattern.compile("\\p{IsHan}[A-Z][A-Z0-9]{5}"), false, true));

  private static KnownShape date(String form, int characters, boolean free) {
    return new KnownShape("a date", characters, 0, Pattern.compile(form), true, free);
  }

  boolean fits(String text) {
    return form.matcher(text).matches()
        && (!isDate || DatePattern.of(List.of(text)).filter(KnownShape::isReal).isPresent());
  }

  private static boolean isReal(DatePattern pattern) {
    return !pattern.equals(DatePattern.SECONDS) && !pattern.equals(DatePattern.MILLISECONDS);
  }

  /** Whether a text of this length holds nothing: blanks, or zeros. */
  static boolean isNothing(String text) {
    return text.isBlank() || text.chars().allMatch(sign -> sign == '0');
  }

  /** Its length where a Chinese character has so many bytes. */
  int bytes(int ofWide) {
    return characters - wide + wide * ofWide;
  }
}

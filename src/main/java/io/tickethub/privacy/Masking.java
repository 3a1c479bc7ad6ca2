package io.tickethub.privacy;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks personal data in the forms people of this trade are used to: 张*, 138****1234,
 * 4506************1X, 桂P1***5. What it does not recognise it hides altogether.
 */
public final class Masking {

  /** Kinds of personal data. */
  public enum Kind {
    NAME,
    PHONE,
    IDENTITY_CARD,
    PLATE,
    CARD,
    ADDRESS,
    POSITION,
    HEALTH,
    TEXT;

    /**
     * The kind that product adapters write as {@code identity-card} and the like; everything
     * unknown is hidden as text.
     */
    public static Kind of(String text) {
      for (Kind kind : values()) {
        if (kind.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
          return kind;
        }
      }
      return TEXT;
    }
  }

  private static final String HIDDEN = "***";
  private static final int SHORTEST_KNOWN = 2;

  private static final Pattern IDENTITY_CARD = Pattern.compile("(?<!\\d)\\d{17}[\\dXx](?!\\d)");
  private static final Pattern LONG_NUMBER =
      Pattern.compile("(?<![\\dA-Za-z])\\d{12,24}(?![\\dA-Za-z])");
  private static final Pattern MOBILE = Pattern.compile("(?<!\\d)1[3-9]\\d{9}(?!\\d)");
  private static final Pattern LANDLINE = Pattern.compile("(?<!\\d)0\\d{2,3}-?\\d{7,8}(?!\\d)");
  private static final Pattern PLATE =
      Pattern.compile("[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·. ]?[A-Z0-9]{5,6}");

  private Masking() {}

  /** A value of a known kind; null stays null. */
  public static String mask(Kind kind, String value) {
    if (value == null || value.isBlank()) {
      return value;
    }
    return switch (kind) {
      case NAME -> keep(value, 1, 0, "*");
      case PHONE -> value.length() >= 8 ? keep(value, 3, 4, "****") : HIDDEN;
      case IDENTITY_CARD -> value.length() >= 12 ? keep(value, 4, 2, "************") : HIDDEN;
      case PLATE -> value.length() >= 6 ? keep(value, 3, 1, "***") : HIDDEN;
      case CARD -> value.length() >= 8 ? keep(value, 0, 4, "****") : HIDDEN;
      case ADDRESS -> value.length() > 6 ? keep(value, 6, 0, HIDDEN) : HIDDEN;
      case POSITION, HEALTH -> HIDDEN;
      case TEXT -> text(value, List.of());
    };
  }

  private static String keep(String value, int first, int last, String mask) {
    return value.substring(0, first) + mask + value.substring(value.length() - last);
  }

  /**
   * Free text, with everything in it that looks like a number of a person or vehicle masked.
   *
   * @param known values of the same ticket that must not be seen, such as the customer's name
   */
  public static String text(String text, Collection<String> known) {
    if (text == null) {
      return null;
    }
    String masked = text;
    for (String value : known) {
      if (value != null && value.length() >= SHORTEST_KNOWN) {
        masked = masked.replace(value, mask(Kind.NAME, value));
      }
    }
    masked = replace(masked, IDENTITY_CARD, Kind.IDENTITY_CARD);
    masked = replace(masked, MOBILE, Kind.PHONE);
    masked = replace(masked, LANDLINE, Kind.PHONE);
    masked = replace(masked, LONG_NUMBER, Kind.CARD);
    return replace(masked, PLATE, Kind.PLATE);
  }

  private static String replace(String text, Pattern pattern, Kind kind) {
    return pattern
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(mask(kind, found.group())));
  }
}

package io.tickethub.privacy;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    TEXT,
    HIDDEN;

    /** The kind that product adapters write as {@code identity-card} and the like. */
    public static Optional<Kind> find(String text) {
      return Arrays.stream(values()).filter(kind -> kind.code().equals(text)).findFirst();
    }

    /** As {@link #find}; what is no kind is hidden. */
    public static Kind of(String text) {
      return find(text).orElse(HIDDEN);
    }

    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static final String HIDDEN = "***";
  private static final int SHORTEST_KNOWN = 2;
  private static final int LONGEST_SHOWN_OF_ADDRESS = 6;

  private static final Pattern IDENTITY_CARD =
      Pattern.compile("(?<!\\d)(?:\\d{17}[Xx]|\\d{18}(?!\\d))");
  private static final Pattern MOBILE =
      Pattern.compile("(?<!\\d)(?:\\+?86[- ]?)?1[3-9]\\d[- ]?\\d{4}[- ]?\\d{4}(?!\\d)");
  private static final Pattern LANDLINE =
      Pattern.compile(
          "(?<!\\d)(?:\\+86[- ]?0?[1-9]\\d{1,2}|\\(?0[1-9]\\d{1,2}\\)?)[- ]?\\d{7,8}(?!\\d)");

  /** Any but the number of one of the hub's tickets. */
  private static final Pattern LONG_NUMBER =
      Pattern.compile("(?<!\\d)(?!(?<=TH)20\\d{12}(?!\\d))\\d{12,}");

  private static final Pattern LABELLED_NUMBER =
      Pattern.compile("(?<=(?:卡号|账号|帐号|电话|手机|号码|身份证)[: ]{0,2})\\d{6,11}");
  private static final Pattern PLATE =
      Pattern.compile(
          "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Za-z][·.\\- ]?[A-Za-z0-9]{4,5}[A-Za-z0-9挂学警港澳]");
  private static final Pattern POSITION =
      Pattern.compile(
          "\\d{1,3}\\.\\d{2,} ?[,;/、 ] ?\\d{1,3}\\.\\d{2,}|(?:[东西]经|[南北]纬) ?\\d[\\d.°′″'\"]*");
  private static final Pattern LABELLED_NAME =
      Pattern.compile(
          "(?<=(?:联系人|姓名|机主|户主)[: 是为]{0,2})"
              + "(?:\\p{IsHan}{2,3}?(?=\\P{IsHan}|$|电话|手机|先生|女士)|\\p{IsHan}{2,4})");
  private static final Pattern NAME_BEFORE_TITLE =
      Pattern.compile(
          "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆"
              + "郝孔白崔康毛邱秦江史顾侯邵孟龙万段漕钱汤尹黎易常武乔贺赖龚文覃韦农蒙莫]\\p{IsHan}{1,2}(?=先生|女士|小姐|师傅|同志|老师|医生|主任|经理)");

  private Masking() {}

  /** A value of a known kind; null stays null. */
  public static String mask(Kind kind, String value) {
    if (value == null || value.isBlank()) {
      return value;
    }
    return switch (kind) {
      case NAME -> name(value);
      case PHONE -> value.length() >= 11 ? keep(value, 3, 4, "****") : HIDDEN;
      case IDENTITY_CARD -> value.length() >= 15 ? keep(value, 4, 2, "************") : HIDDEN;
      case PLATE -> value.length() >= 7 ? keep(value, 3, 1, "***") : HIDDEN;
      case CARD -> value.length() >= 8 ? keep(value, 0, 4, "****") : HIDDEN;
      case ADDRESS ->
          keep(value, Math.min(LONGEST_SHOWN_OF_ADDRESS, value.length() / 3), 0, HIDDEN);
      case POSITION, HEALTH, HIDDEN -> HIDDEN;
      case TEXT -> text(value, Map.of());
    };
  }

  private static String name(String value) {
    int first = value.offsetByCodePoints(0, 1);
    return first == value.length() ? "*" : keep(value, first, 0, "*");
  }

  private static String keep(String value, int first, int last, String mask) {
    return value.substring(0, first) + mask + value.substring(value.length() - last);
  }

  /**
   * Free text, with everything in it masked that looks like a person's number, vehicle or place, or
   * is introduced as a name.
   *
   * @param known values of the same ticket that must not be seen, such as the customer's name
   */
  public static String text(String text, Collection<String> known) {
    Map<String, Kind> kinds = new HashMap<>();
    known.stream().filter(Objects::nonNull).forEach(value -> kinds.put(value, Kind.NAME));
    return text(text, kinds);
  }

  /**
   * The same, with known values of which each is masked as it is where it stands alone.
   *
   * @param known value → its kind
   */
  public static String text(String text, Map<String, Kind> known) {
    if (text == null) {
      return null;
    }
    FreeText masked = new FreeText(text);
    known.keySet().stream()
        .filter(value -> value.length() >= SHORTEST_KNOWN && !value.isBlank())
        .sorted(Comparator.comparing(String::length).reversed())
        .forEach(
            value ->
                masked.mask(
                    Pattern.compile(FreeText.plain(value), Pattern.LITERAL), known.get(value)));
    masked.mask(IDENTITY_CARD, Kind.IDENTITY_CARD);
    masked.mask(MOBILE, Kind.PHONE);
    masked.mask(LANDLINE, Kind.PHONE);
    masked.mask(LONG_NUMBER, Kind.CARD);
    masked.mask(LABELLED_NUMBER, Kind.CARD);
    masked.mask(PLATE, Kind.PLATE);
    masked.mask(POSITION, Kind.POSITION);
    masked.mask(LABELLED_NAME, Kind.NAME);
    masked.mask(NAME_BEFORE_TITLE, Kind.NAME);
    return masked.toString();
  }
}

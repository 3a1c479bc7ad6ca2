package io.tickethub.kit.scaffold.sample;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What all samples together tell of one field.
 *
 * @param records how many records there are
 * @param values each different value that stands for something, with how often it came, the most
 *     frequent first
 * @param sentinels values that stand for nothing
 * @param repeated it came more than once in a record
 * @param date how its dates are written; empty if it holds none
 */
public record FieldProfile(
    FieldPath path,
    int records,
    Map<String, Integer> values,
    Set<String> sentinels,
    boolean repeated,
    ValueType type,
    Optional<DatePattern> date) {

  private static final Set<String> NOTHING =
      Set.of("", "0", "null", "NULL", "N/A", "n/a", "无", "-", "--", "\\N", "None", "nil", "空");

  private static final Pattern PHONE =
      Pattern.compile("(\\+?86[- ]?)?1[3-9]\\d[- ]?\\d{4}[- ]?\\d{4}|0\\d{2,3}[- ]?[2-9]\\d{6,7}");
  private static final Pattern HOLDS_PHONE =
      Pattern.compile("(?<!\\d)(1[3-9]\\d{9}|0\\d{2,3}[ )-]*[2-9]\\d{6,7})(?!\\d)");
  private static final Pattern PLATE =
      Pattern.compile("[\\u4e00-\\u9fff][A-Za-z][ ·.-]?[A-Za-z0-9]{5,6}");
  private static final Pattern IDENTITY_CARD = Pattern.compile("\\d{17}[\\dXx]");
  private static final Pattern HUB_NUMBER = Pattern.compile("TH\\d{14}");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+([.]\\d+)?");
  private static final Pattern IDENTIFIER =
      Pattern.compile("(?=.*\\d)[A-Za-z0-9][A-Za-z0-9_./#-]{2,63}");
  private static final Pattern CHINESE_NAME =
      Pattern.compile(
          "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈"
              + "钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常农]"
              + "[\\u4e00-\\u9fff]{1,2}");
  private static final Pattern WESTERN_NAME = Pattern.compile("[A-Z][a-z]+( [A-Z][a-z]+){1,2}");
  private static final int LONGEST_CODE = 24;
  private static final int MOST_CODES = 20;

  public FieldProfile {
    sentinels = new TreeSet<>(sentinels);
  }

  /** The profile of a field by its values, one for each record that has it. */
  static FieldProfile of(FieldPath path, int records, Collection<String> values, boolean repeated) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    Set<String> sentinels = new TreeSet<>();
    for (String value : values) {
      String text = value.strip();
      if (NOTHING.contains(text) || text.startsWith("1900-01-01")) {
        sentinels.add(text);
      } else {
        counts.merge(text, 1, Integer::sum);
      }
    }
    Map<String, Integer> ordered = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
    Optional<DatePattern> date = DatePattern.of(List.copyOf(ordered.keySet()));
    FieldProfile untyped =
        new FieldProfile(path, records, ordered, sentinels, repeated, ValueType.TEXT, date);
    return new FieldProfile(
        path, records, ordered, sentinels, repeated, untyped.guessedType(), date);
  }

  /** How many records say something in it. */
  public int filled() {
    return values.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Every record has a value, and no two the same. */
  public boolean isUnique() {
    return records > 0 && filled() == records && values.size() == records;
  }

  public boolean isAlwaysThere() {
    return records > 0 && filled() == records;
  }

  /** Few values come again and again. */
  public boolean isCode() {
    return values.size() <= MOST_CODES
        && values.keySet().stream().allMatch(value -> value.length() <= LONGEST_CODE)
        && values.size() * 2 <= filled();
  }

  private ValueType guessedType() {
    if (values.isEmpty()) {
      return ValueType.EMPTY;
    }
    if (is(HUB_NUMBER)) {
      return ValueType.HUB_NUMBER;
    }
    if (is(IDENTITY_CARD)) {
      return ValueType.IDENTITY_CARD;
    }
    if (is(PHONE)) {
      return ValueType.PHONE;
    }
    if (date.isPresent()) {
      return ValueType.DATE;
    }
    if (is(PLATE)) {
      return ValueType.PLATE;
    }
    if (most(value -> HOLDS_PHONE.matcher(value).find() && !NUMBER.matcher(value).matches())) {
      return ValueType.CONTACT;
    }
    if (isCode()) {
      return ValueType.CODE;
    }
    if (is(NUMBER)) {
      return ValueType.NUMBER;
    }
    if (is(IDENTIFIER)) {
      return ValueType.IDENTIFIER;
    }
    return is(CHINESE_NAME) || is(WESTERN_NAME) ? ValueType.NAME : ValueType.TEXT;
  }

  private boolean is(Pattern pattern) {
    return most(value -> pattern.matcher(value).matches());
  }

  private boolean most(Predicate<String> wanted) {
    return values.keySet().stream().filter(wanted).count() * 5 >= values.size() * 4L;
  }

  /** Whether a telephone number is in every value. */
  public boolean alwaysHoldsPhone() {
    return values.keySet().stream()
        .allMatch(value -> HOLDS_PHONE.matcher(value.replace("+86", " ")).find());
  }
}

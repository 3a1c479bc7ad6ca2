package io.tickethub.kit.scaffold;

import io.tickethub.kit.scaffold.sample.DatePattern;
import io.tickethub.kit.scaffold.sample.FieldProfile;
import io.tickethub.kit.scaffold.sample.Placement;
import java.util.Set;
import java.util.TreeSet;

/** Writes the expressions that read one field, by what its values look like. */
final class ValueText {

  /** What {@code $none} takes for nothing by itself. */
  static final Set<String> KNOWN_NOTHING = Set.of("", "0", "null", "N/A", "无");

  private ValueText() {}

  /** The value of a field, or nothing where it stands for nothing. */
  static String value(Placement placement) {
    boolean known = KNOWN_NOTHING.containsAll(placement.field().sentinels());
    return (known ? "$none(%s)" : "$given(%s)").formatted(raw(placement.field()));
  }

  static String raw(FieldProfile field) {
    String path = field.path().expression();
    return field.repeated() ? "$join([%s], \" \")".formatted(path) : path;
  }

  static String code(String table, Placement field) {
    return "$code(\"%s\", %s)".formatted(table, value(field));
  }

  static String date(Placement field) {
    DatePattern pattern = field.field().date().orElse(null);
    if (pattern == null || pattern.usual()) {
      return "$date(%s)".formatted(dateText(field));
    }
    if (pattern.equals(DatePattern.MILLISECONDS)) {
      return "$fromMillis($number(%s))".formatted(value(field));
    }
    return pattern.equals(DatePattern.SECONDS)
        ? "$fromMillis($number(%s) * 1000)".formatted(value(field))
        : "$date(%s, \"%s\")".formatted(dateText(field), pattern.pattern());
  }

  private static String dateText(Placement field) {
    Set<String> nothing = new TreeSet<>(field.field().sentinels());
    nothing.removeIf(text -> KNOWN_NOTHING.contains(text) || text.startsWith("1900"));
    return nothing.isEmpty() ? raw(field.field()) : value(field);
  }

  static String phone(FieldProfile field) {
    String phone = "$phone(%s)".formatted(raw(field));
    return field.alwaysHoldsPhone()
        ? phone
        : "$contains($halfWidth(%s), /[0-9]{7}/) ? %s".formatted(raw(field), phone);
  }
}

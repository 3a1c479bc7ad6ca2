package io.tickethub.connector.folder;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values as {@code {{name}}} in texts of a manifest. */
final class Placeholders {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");

  private Placeholders() {}

  /** The text with every value filled in; {@code unknown} is what is thrown for a name without. */
  static String fill(
      String text, Map<String, String> values, Function<String, RuntimeException> unknown) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found -> {
              String value = values.get(found.group(1));
              if (value == null) {
                throw unknown.apply(found.group(1));
              }
              return Matcher.quoteReplacement(value);
            });
  }
}

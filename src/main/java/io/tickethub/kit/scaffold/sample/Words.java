package io.tickethub.kit.scaffold.sample;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How alike two names are, whatever their case, blanks and signs. */
final class Words {

  private static final Pattern BORDER =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^\\p{L}\\p{N}]+");
  private static final double CONTAINED = 0.8;

  private Words() {}

  /** 1 for the same name; less where {@code name} only contains the word; 0 for another. */
  static double likeness(String name, String word) {
    List<String> tokens = tokens(name);
    List<String> wanted = tokens(word);
    String whole = String.join("", tokens);
    String part = String.join("", wanted);
    if (whole.isEmpty() || part.isEmpty()) {
      return 0;
    }
    if (whole.equals(part)) {
      return 1;
    }
    boolean chinese = part.codePoints().anyMatch(Character::isIdeographic);
    boolean contained =
        chinese
            ? part.length() > 1 && whole.contains(part)
            : part.length() > 2 && java.util.Collections.indexOfSubList(tokens, wanted) >= 0;
    return contained ? CONTAINED * (0.5 + 0.5 * part.length() / whole.length()) : 0;
  }

  private static List<String> tokens(String name) {
    return Arrays.stream(BORDER.split(Normalizer.normalize(name, Normalizer.Form.NFKC)))
        .filter(token -> !token.isEmpty())
        .map(token -> token.toLowerCase(Locale.ROOT))
        .toList();
  }
}

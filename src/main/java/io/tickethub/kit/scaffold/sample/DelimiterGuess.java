package io.tickethub.kit.scaffold.sample;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what divides the values of lines, be it one sign or several. */
final class DelimiterGuess {

  private static final Set<String> USUAL =
      Set.of(",", ";", "\t", "|", "^", "~", "#", "@", "$", "\u0001", "\u001F", "，", "；");

  /** Runs of signs that hardly stand in a value. */
  private static final Pattern RUN = Pattern.compile("[|@^~#$!*+_%&=<>\\\\,;:-]{2,5}");

  private static final int MOST_LINES = 2_000;
  private static final double DIRTY = 0.5;

  private DelimiterGuess() {}

  /**
   * A delimiter.
   *
   * @param quote the sign around values that hold the delimiter; null if there are no quotes
   * @param columns how many values most lines have
   */
  record Delimiter(String text, Character quote, int columns) {}

  static Optional<Guess<Delimiter>> of(List<String> lines) {
    List<String> looked = lines.stream().limit(MOST_LINES).toList();
    Set<String> candidates = new TreeSet<>(USUAL);
    for (String line : looked.subList(0, Math.min(looked.size(), 50))) {
      Matcher run = RUN.matcher(line);
      while (run.find()) {
        candidates.add(run.group());
      }
    }
    List<Guess<Delimiter>> judged =
        candidates.stream()
            .map(candidate -> judged(candidate, looked))
            .flatMap(Optional::stream)
            .toList();
    Optional<Guess<Delimiter>> best =
        judged.stream().max(Comparator.comparingDouble(DelimiterGuess::strength));
    return best.map(
        part ->
            judged.stream()
                .filter(whole -> isAlwaysInside(part, whole))
                .max(Comparator.comparingInt(whole -> whole.value().text().length()))
                .orElse(part));
  }

  /** One sign of a delimiter of several divides at least as well as the whole. */
  private static boolean isAlwaysInside(Guess<Delimiter> part, Guess<Delimiter> whole) {
    String sign = part.value().text();
    int times = columns(whole.value().text(), sign, null) - 1;
    return times > 0
        && whole.confidence() >= part.confidence()
        && (whole.value().columns() - 1) * times == part.value().columns() - 1;
  }

  /** Many columns in nearly all lines are no accident. */
  private static double strength(Guess<Delimiter> guess) {
    double share = guess.confidence();
    return Math.round(share * share * Math.log(guess.value().columns()) * 1000) / 1000.0;
  }

  private static Optional<Guess<Delimiter>> judged(String candidate, List<String> lines) {
    Character quote = quote(candidate, lines);
    Map<Integer, Integer> counts = new HashMap<>();
    lines.forEach(line -> counts.merge(columns(line, candidate, quote), 1, Integer::sum));
    Map.Entry<Integer, Integer> usual =
        counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElse(Map.entry(1, 0));
    double share = lines.isEmpty() ? 0 : (double) usual.getValue() / lines.size();
    if (usual.getKey() < 2 || share < DIRTY) {
      return Optional.empty();
    }
    return Optional.of(
        new Guess<>(
            new Delimiter(candidate, quote, usual.getKey()),
            share,
            "%d columns in %d of %d lines"
                .formatted(usual.getKey(), usual.getValue(), lines.size())));
  }

  private static Character quote(String delimiter, List<String> lines) {
    for (char quote : new char[] {'"', '\''}) {
      String sign = Pattern.quote(String.valueOf(quote));
      String mark = Pattern.quote(delimiter);
      Pattern quoted =
          Pattern.compile("(^|%s)%s[^%s]*%s(?=%s|$)".formatted(mark, sign, quote, sign, mark));
      if (lines.stream().anyMatch(line -> quoted.matcher(line).find())) {
        return quote;
      }
    }
    return null;
  }

  static int columns(String line, String delimiter, Character quote) {
    int columns = 1;
    boolean quoted = false;
    boolean valueBegins = true;
    int i = 0;
    while (i < line.length()) {
      if (quote != null && line.charAt(i) == quote && (valueBegins || quoted)) {
        quoted = !quoted;
        valueBegins = false;
        i++;
      } else if (!quoted && line.startsWith(delimiter, i)) {
        columns++;
        valueBegins = true;
        i += delimiter.length();
      } else {
        valueBegins = false;
        i++;
      }
    }
    return columns;
  }
}

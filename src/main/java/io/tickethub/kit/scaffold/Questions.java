package io.tickethub.kit.scaffold;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What no program can find out of a new connector, by the rule of its quality that it is about. */
final class Questions {

  private Questions() {}

  static Map<String, String> of(ScaffoldReport report) {
    Map<String, String> questions = new TreeMap<>();
    questions.put(
        "repetition-harmless",
        "ask the system's people, and try it, whether a second copy of a delivery has no second"
            + " effect (README.md, Repetition); then write 'done'");
    if (!report.unknownCodes().isEmpty()) {
      String codes =
          report.unknownCodes().entrySet().stream()
              .map(field -> "%s: %s".formatted(field.getKey(), String.join(", ", field.getValue())))
              .collect(Collectors.joining("; "));
      questions.put(
          "code-values",
          "give codes a meaning in mapping/codes.yaml, or leave them to 'otherwise' (%s); then write 'done'"
              .formatted(Texts.line(codes)));
    }
    return questions;
  }
}

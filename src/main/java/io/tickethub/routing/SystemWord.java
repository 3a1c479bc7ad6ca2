package io.tickethub.routing;

import java.util.List;
import java.util.Set;

/** The words by which a rule names a system without naming a connector. */
final class SystemWord {

  /** The system that works on the ticket. */
  static final String OWNER = "@owner";

  /** The system that reported it. */
  static final String OPENER = "@opener";

  /** The system that the product adapter names as its repairer. */
  static final String RESPONSIBLE = "@responsible";

  /** The systems that the product adapter names as having to know. */
  static final String MUST_KNOW = "@must-know";

  /** The systems that work on it beside the owner (加派). */
  static final String ASSIGNED = "@assigned";

  /** The systems that reported it again under a number of their own (重复申告). */
  static final String REPORTERS = "@reporters";

  private SystemWord() {}

  /**
   * Refuses a word that stands for nothing here: as the name of a connector it would never match.
   */
  static void check(String name, Set<String> words) {
    if (name.startsWith("@") && !words.contains(name)) {
      throw new IllegalArgumentException(
          "'%s' stands for no system here; known are %s".formatted(name, sorted(words)));
    }
  }

  /** Refuses texts that are none of the known ones: a rule with them would never apply. */
  static void checkCodes(Set<String> codes, Set<String> known, String what) {
    for (String code : codes) {
      if (!known.contains(code)) {
        throw new IllegalArgumentException(
            "'%s' is no %s; known are %s".formatted(code, what, sorted(known)));
      }
    }
  }

  private static List<String> sorted(Set<String> texts) {
    return texts.stream().sorted().toList();
  }
}

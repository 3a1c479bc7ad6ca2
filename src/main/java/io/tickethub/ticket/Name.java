package io.tickethub.ticket;

import java.util.Optional;

/** What systems call tickets, customers and messages: short, and without control characters. */
public final class Name {

  /** In characters; an index entry of the database takes three of these. */
  public static final int LONGEST = 200;

  private Name() {}

  /** What is wrong with a name that stands in {@code field}; empty if nothing is. */
  public static Optional<Problem> flaw(String field, String name) {
    if (name == null) {
      return Optional.empty();
    }
    if (name.length() > LONGEST) {
      return Optional.of(
          Problem.of(
              ProblemCode.INVALID_VALUE,
              field,
              name,
              "longer than %d characters".formatted(LONGEST)));
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      return Optional.of(
          Problem.of(ProblemCode.INVALID_VALUE, field, name, "it holds a control character"));
    }
    return Optional.empty();
  }
}

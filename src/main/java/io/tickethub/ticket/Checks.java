package io.tickethub.ticket;

/** Refuses a change that lacks what its type needs. */
final class Checks {

  private Checks() {}

  static void present(Object value, String field, String type) {
    if (value == null || value instanceof String text && text.isBlank()) {
      throw new IncompleteChangeException(
          field, "a change of type '%s' needs '%s'".formatted(type, field));
    }
  }
}

package io.tickethub.ticket;

/** A change lacks a field that its type needs: the message, or its mapping, is wrong. */
public final class IncompleteChangeException extends IllegalArgumentException {

  private final String field;

  IncompleteChangeException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The path of the missing field inside the change, such as {@code content.title}. */
  public String field() {
    return field;
  }
}

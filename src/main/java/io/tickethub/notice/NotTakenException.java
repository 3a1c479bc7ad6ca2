package io.tickethub.notice;

/** A message was not taken. Says why in plain English, without addresses and secrets. */
final class NotTakenException extends Exception {

  private static final long serialVersionUID = 1L;

  NotTakenException(String message, Throwable cause) {
    super(message, cause);
  }

  NotTakenException(String message) {
    super(message);
  }
}

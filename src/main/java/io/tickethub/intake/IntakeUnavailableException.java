package io.tickethub.intake;

/** A message could not be made durable: there is no receipt, the sender keeps it. */
public final class IntakeUnavailableException extends RuntimeException {

  public IntakeUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}

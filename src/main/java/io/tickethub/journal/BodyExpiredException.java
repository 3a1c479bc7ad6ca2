package io.tickethub.journal;

/** The body of a message is asked for that is no longer kept; everything else of it is. */
public final class BodyExpiredException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  BodyExpiredException(String message) {
    super(message);
  }
}

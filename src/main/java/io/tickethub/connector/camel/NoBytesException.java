package io.tickethub.connector.camel;

/** A message of a kind that carries neither text nor bytes. */
final class NoBytesException extends Exception {

  private static final long serialVersionUID = 1L;

  NoBytesException(String message) {
    super(message);
  }
}

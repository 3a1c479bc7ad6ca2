package io.tickethub.connector.folder;

/** A connector cannot run before an operator gives it a setting. */
public final class UnconfiguredException extends RuntimeException {

  UnconfiguredException(String message) {
    super(message);
  }
}

package io.tickethub.kit.contract;

/** A case that the connector cannot have; the message says why. */
final class NotApplicableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotApplicableException(String reason) {
    super(reason);
  }
}

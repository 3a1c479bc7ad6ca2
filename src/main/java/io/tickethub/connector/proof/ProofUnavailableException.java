package io.tickethub.connector.proof;

/** Who sent a message cannot be told now; its sender has to keep it and send it again. */
public final class ProofUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ProofUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}

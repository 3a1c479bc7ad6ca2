package io.tickethub.connector.proof;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** How a sender proves who it is, and whether it did. Thread-safe. */
public interface SenderProof {

  /** What manifests call it. */
  String key();

  /** The headers it reads. */
  Set<String> headers();

  /** Those of them that nobody may see later: they are neither kept nor shown to mappings. */
  default Set<String> secretHeaders() {
    return Set.of();
  }

  /** Whether it is over the whole body, so that of a body that was cut nothing can be said. */
  default boolean coversBody() {
    return false;
  }

  /** Whether it is the certificate of the TLS connection, which the hub has to ask for. */
  default boolean isCertificate() {
    return false;
  }

  /**
   * What is wrong with it; empty if nothing is.
   *
   * @throws ProofUnavailableException if that cannot be told now
   */
  Optional<Refusal> check(Evidence evidence, Clock clock);
}

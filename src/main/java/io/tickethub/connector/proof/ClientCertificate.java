package io.tickethub.connector.proof;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * The certificate a sender shows by TLS, by the names in it. That somebody the hub trusts vouches
 * for it is seen to by TLS. Thread-safe.
 */
public final class ClientCertificate implements SenderProof {

  private final X500Principal subject;
  private final AlternativeName alternativeName;

  /**
   * @param subject its distinguished name; null for any
   * @param alternativeName one of its subject alternative names; null for any
   */
  public ClientCertificate(X500Principal subject, AlternativeName alternativeName) {
    if (subject == null && alternativeName == null) {
      throw new IllegalArgumentException("any certificate would do");
    }
    this.subject = subject;
    this.alternativeName = alternativeName;
  }

  /** The distinguished name it has to have; empty for any. */
  public Optional<X500Principal> subject() {
    return Optional.ofNullable(subject);
  }

  /** The alternative name it has to have; empty for any. */
  public Optional<AlternativeName> alternativeName() {
    return Optional.ofNullable(alternativeName);
  }

  @Override
  public String key() {
    return "client-certificate";
  }

  @Override
  public Set<String> headers() {
    return Set.of();
  }

  @Override
  public boolean isCertificate() {
    return true;
  }

  @Override
  public Optional<Refusal> check(Evidence evidence, Clock clock) {
    X509Certificate certificate = evidence.certificate();
    if (certificate == null) {
      return refusal("needs a client certificate, by TLS with the hub itself");
    }
    if (subject != null && !subject.equals(certificate.getSubjectX500Principal())) {
      return refusal("the client certificate has another subject than this channel's sender");
    }
    if (alternativeName != null && !hasAlternativeName(certificate)) {
      return refusal("the client certificate lacks the alternative name of this channel's sender");
    }
    return isValid(certificate, clock)
        ? Optional.empty()
        : refusal("the client certificate is not valid at this time");
  }

  /** A connection may outlive the certificate it began with. */
  private static boolean isValid(X509Certificate certificate, Clock clock) {
    try {
      certificate.checkValidity(Date.from(clock.instant()));
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  private boolean hasAlternativeName(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names != null && names.stream().anyMatch(alternativeName::isSame);
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private static Optional<Refusal> refusal(String detail) {
    return Optional.of(Refusal.unauthenticated(detail));
  }
}

package io.tickethub.kit.contract;

import io.tickethub.connector.proof.ClientCertificate;
import java.util.List;
import java.util.Map;

/**
 * A certificate that the suite's authority gave to the sender, and one it gave to somebody else.
 */
final class CertificateCredential implements Credential {

  private final ClientCertificate certificate;
  private final HubHolder hub;

  CertificateCredential(ClientCertificate certificate, HubHolder hub) {
    this.certificate = certificate;
    this.hub = hub;
  }

  @Override
  public String key() {
    return certificate.key();
  }

  @Override
  public Shown of(byte[] body) {
    return new Shown(Map.of(), hub.tls().senders(certificate));
  }

  @Override
  public List<False> others(byte[] body) {
    return List.of(
        False.unauthenticated(
            "another certificate of the same authority",
            new Shown(Map.of(), hub.tls().somebodys())));
  }
}

package io.tickethub.connector;

import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.proof.SenderProof;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.Ssl;

/**
 * Says of channels that want a certificate that nobody can show one, where the hub asks for none.
 */
final class CertificateWarning {

  private static final Logger LOG = LoggerFactory.getLogger(CertificateWarning.class);

  private final boolean asked;

  /** {@code ssl} is how the hub serves TLS; null for plain HTTP. */
  CertificateWarning(Ssl ssl) {
    this.asked =
        Ssl.isEnabled(ssl)
            && ssl.getClientAuth() != null
            && ssl.getClientAuth() != Ssl.ClientAuth.NONE;
  }

  void say(ConnectorDefinition definition) {
    if (asked) {
      return;
    }
    definition
        .inbound()
        .forEach(
            (name, channel) -> {
              if (channel.proofs().stream().anyMatch(SenderProof::isCertificate)) {
                LOG.warn(
                    "connector {}, channel {}: everything is refused, as the hub asks nobody for the certificate that"
                        + " client-certificate wants: give hub.listen.tls.certificate and hub.listen.tls.trust",
                    definition.name(),
                    name);
              }
            });
  }
}

package io.tickethub.kit.contract;

import io.tickethub.connector.proof.AlternativeName;
import io.tickethub.connector.proof.ClientCertificate;
import io.tickethub.kit.contract.server.CertificateAuthority;
import io.tickethub.kit.contract.server.TlsIdentity;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/** The certificates of a hub that serves TLS, and of those who send to it. */
final class HubTls {

  private static final String SOMEBODY = "CN=somebody else, O=contract";

  private final TlsIdentity own;
  private final CertificateAuthority authority;
  private final TlsIdentity trust;
  private final Map<String, TlsIdentity> senders = new HashMap<>();

  /** {@code directory} is there. */
  HubTls(Path directory) {
    this.own = TlsIdentity.make(directory.resolve("hub.p12"));
    this.authority = new CertificateAuthority(directory);
    this.trust = authority.trust();
  }

  /** The values of the hub's configuration that let it serve TLS. */
  List<String> configuration() {
    return List.of(
        "--hub.listen.tls.certificate=" + own.store(),
        "--hub.listen.tls.certificate-password=" + own.password(),
        "--hub.listen.tls.trust=" + trust.store(),
        "--hub.listen.tls.trust-password=" + trust.password());
  }

  /** What the hub shows. */
  TlsIdentity own() {
    return own;
  }

  /** A certificate with these names in it. */
  TlsIdentity senders(ClientCertificate wanted) {
    String subject = wanted.subject().map(X500Principal::toString).orElse("CN=sender, O=contract");
    String name = wanted.alternativeName().map(HubTls::extension).orElse(null);
    return certificate(subject, name);
  }

  private static String extension(AlternativeName name) {
    return "%s:%s".formatted(name.kind().name().toLowerCase(Locale.ROOT), name.value());
  }

  /** A certificate of nobody any channel knows. */
  TlsIdentity somebodys() {
    return certificate(SOMEBODY, "dns:somebody.test");
  }

  /** The authority makes one at a time: all are in one file. */
  private synchronized TlsIdentity certificate(String subject, String alternativeName) {
    String names = "%s %s".formatted(subject, alternativeName);
    TlsIdentity known = senders.get(names);
    if (known != null) {
      return known;
    }
    TlsIdentity made = authority.issue("sender-" + (senders.size() + 1), subject, alternativeName);
    senders.put(names, made);
    return made;
  }
}

package io.tickethub.connector.camel;

import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.ConnectorManifest.Tls;
import java.util.Locale;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** What a connector shows and trusts by TLS, as the manifest's {@code tls} says. */
final class TrustSettings {

  private TrustSettings() {}

  /** Without {@code tls}, the trust of the Java that runs the hub. */
  static SSLContextParameters of(ConnectorDefinition definition) {
    SSLContextParameters parameters = new SSLContextParameters();
    Tls tls = definition.manifest().tls();
    if (tls == null) {
      return parameters;
    }
    if (tls.certificate() != null) {
      KeyManagersParameters keys = new KeyManagersParameters();
      keys.setKeyStore(store(definition, tls.certificate(), tls.certificatePassword()));
      keys.setKeyPassword(definition.filled(tls.certificatePassword()));
      parameters.setKeyManagers(keys);
    }
    if (tls.trust() != null) {
      TrustManagersParameters trust = new TrustManagersParameters();
      trust.setKeyStore(store(definition, tls.trust(), tls.trustPassword()));
      parameters.setTrustManagers(trust);
    }
    return parameters;
  }

  private static KeyStoreParameters store(
      ConnectorDefinition definition, String file, String password) {
    String path = definition.filled(file);
    KeyStoreParameters store = new KeyStoreParameters();
    store.setResource("file:" + path);
    store.setType(path.toLowerCase(Locale.ROOT).endsWith(".jks") ? "JKS" : "PKCS12");
    store.setPassword(definition.filled(password));
    return store;
  }
}

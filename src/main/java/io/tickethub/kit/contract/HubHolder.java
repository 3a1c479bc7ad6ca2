package io.tickethub.kit.contract;

import io.tickethub.kit.contract.server.TlsIdentity;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The hub of a run, which is a new one after a restart. */
final class HubHolder implements AutoCloseable {

  private static final TlsIdentity NOBODY = new TlsIdentity(null, null);

  private final HubUnderContract.Starter starter;
  private final List<String> values;
  private final HubTls tls;
  private final Map<TlsIdentity, HttpClient> clients = new ConcurrentHashMap<>();
  private volatile HubUnderContract hub;

  /** {@code tls} null if the hub serves plain HTTP. */
  HubHolder(HubUnderContract.Starter starter, List<String> values, HubTls tls) {
    this.starter = starter;
    this.values = values;
    this.tls = tls;
  }

  void start() {
    hub = starter.start(values);
  }

  /** Stops the hub and starts it again on the same data. */
  void restart() {
    close();
    start();
  }

  <T> T part(Class<T> type) {
    return hub.part(type);
  }

  URI url() {
    return hub.url();
  }

  /** The certificates of this hub; throws if it serves plain HTTP. */
  HubTls tls() {
    return Objects.requireNonNull(tls, "this hub serves no TLS");
  }

  /** Who speaks to this hub, and shows a certificate unless {@code shown} is null. */
  HttpClient client(TlsIdentity shown) {
    return clients.computeIfAbsent(shown == null ? NOBODY : shown, this::connected);
  }

  private HttpClient connected(TlsIdentity shown) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5));
    if (tls != null) {
      client.sslContext(shown == NOBODY ? tls.own().trusted() : tls.own().trustedBy(shown));
    }
    return client.build();
  }

  @Override
  public void close() {
    if (hub != null) {
      hub.close();
      hub = null;
    }
  }
}

package io.tickethub.kit.contract;

import java.net.URI;
import java.util.List;

/** The hub of a run, which is a new one after a restart. */
final class HubHolder implements AutoCloseable {

  private final HubUnderContract.Starter starter;
  private final List<String> values;
  private volatile HubUnderContract hub;

  HubHolder(HubUnderContract.Starter starter, List<String> values) {
    this.starter = starter;
    this.values = values;
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

  @Override
  public void close() {
    if (hub != null) {
      hub.close();
      hub = null;
    }
  }
}

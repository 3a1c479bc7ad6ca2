package io.tickethub.kit.contract;

import java.net.URI;

/** A running hub that the suite tries connectors in. */
public interface HubUnderContract extends AutoCloseable {

  /** A part of it. */
  <T> T part(Class<T> type);

  /** Where it listens. */
  URI url();

  @Override
  void close();

  /** Starts a hub with values of its configuration, {@code --KEY=VALUE}. */
  @FunctionalInterface
  interface Starter {
    HubUnderContract start(java.util.List<String> values);
  }
}

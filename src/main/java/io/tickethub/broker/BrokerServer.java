package io.tickethub.broker;

import java.util.Optional;

/** The broker this process runs, if any. */
record BrokerServer(Optional<EmbeddedBroker> embedded) implements AutoCloseable {

  @Override
  public void close() throws Exception {
    if (embedded.isPresent()) {
      embedded.get().close();
    }
  }
}

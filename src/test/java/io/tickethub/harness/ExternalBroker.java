package io.tickethub.harness;

import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** An Artemis that does not belong to the hub. */
public final class ExternalBroker implements AutoCloseable {

  private final Path data;
  private final int port;
  private EmbeddedActiveMQ broker;

  public ExternalBroker(Path directory, int port) {
    this.data = directory.resolve("external-artemis");
    this.port = port;
  }

  public void start() throws Exception {
    broker = new EmbeddedActiveMQ();
    broker.setConfiguration(
        new ConfigurationImpl()
            .setName("external")
            .setPersistenceEnabled(true)
            .setSecurityEnabled(false)
            .setJMXManagementEnabled(false)
            .setJournalDirectory(data.resolve("journal").toString())
            .setBindingsDirectory(data.resolve("bindings").toString())
            .setPagingDirectory(data.resolve("paging").toString())
            .setLargeMessagesDirectory(data.resolve("large").toString())
            .addAcceptorConfiguration("tcp", "tcp://127.0.0.1:%d".formatted(port)));
    broker.start();
  }

  public void stop() throws Exception {
    broker.stop();
  }

  @Override
  public void close() throws Exception {
    if (broker != null) {
      broker.stop();
    }
  }
}

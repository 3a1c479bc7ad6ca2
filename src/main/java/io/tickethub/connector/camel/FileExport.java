package io.tickethub.connector.camel;

import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.OutboundChannel;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;

/** Gives a system files of what happened. */
final class FileExport {

  private final ConnectorDefinition definition;
  private final HubComponent component;

  FileExport(ConnectorDefinition definition, HubComponent component) {
    this.definition = definition;
    this.component = component;
  }

  /**
   * Gives one; the route reads it while it is sent.
   *
   * @throws IllegalStateException if the system did not take it
   */
  void send(String name, String key, Map<String, String> headers, Path file) {
    OutboundChannel channel = definition.exports().get(name).channel();
    HubConsumer route = component.consumer("out", name);
    if (route == null) {
      throw new IllegalStateException("no running route begins at hub:out/" + name);
    }
    Exchange exchange = route.exchange();
    exchange.getMessage().setBody(file.toFile());
    headers.forEach(exchange.getMessage()::setHeader);
    exchange
        .getMessage()
        .setHeader(
            Exchange.CONTENT_TYPE,
            channel.form().format().mediaType() + "; charset=" + channel.form().charset());
    exchange.setVariable("hubKey", key);
    try {
      route.getProcessor().process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    }
    if (exchange.getException() != null) {
      throw new IllegalStateException(
          FailureClassifier.classify(exchange.getException()).text(), exchange.getException());
    }
  }
}

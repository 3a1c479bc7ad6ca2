package io.tickethub.connector.camel;

import org.apache.camel.Exchange;
import org.apache.camel.component.jms.DefaultJmsKeyFormatStrategy;
import org.apache.camel.component.jms.JmsKeyFormatStrategy;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * The same headers as properties of JMS messages, whose names hold no hyphens and dots: {@code
 * X-Key} travels as {@code X_HYPHEN_Key}.
 */
final class PropertyHeaders implements HeaderFilterStrategy {

  private final InboundHeaders headers;
  private final JmsKeyFormatStrategy names = new DefaultJmsKeyFormatStrategy();

  PropertyHeaders(InboundHeaders headers) {
    this.headers = headers;
  }

  @Override
  public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
    return headers.applyFilterToCamelHeaders(name, value, exchange);
  }

  /** Camel asks before it decodes the name. */
  @Override
  public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
    return headers.applyFilterToExternalHeaders(names.decodeKey(name), value, exchange);
  }
}

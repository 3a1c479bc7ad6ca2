package io.tickethub.connector.camel;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/** The beginning of a route that tells the system something. */
final class HubConsumer extends DefaultConsumer {

  private final HubEndpoint endpoint;

  HubConsumer(HubEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  String key() {
    return endpoint.direction() + "/" + endpoint.channel();
  }

  /** A fresh exchange that waits for the route's answer. */
  Exchange exchange() {
    return getEndpoint().createExchange(ExchangePattern.InOut);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    endpoint.getComponent().started(this);
  }

  @Override
  protected void doStop() throws Exception {
    endpoint.getComponent().stopped(this);
    super.doStop();
  }
}

package io.tickethub.connector.camel;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One {@code hub:} endpoint; see {@link HubComponent}. */
final class HubEndpoint extends DefaultEndpoint {

  private final String direction;
  private final String channel;

  HubEndpoint(String uri, HubComponent component, String direction, String channel) {
    super(uri, component);
    this.direction = direction;
    this.channel = channel;
  }

  String direction() {
    return direction;
  }

  String channel() {
    return channel;
  }

  @Override
  public HubComponent getComponent() {
    return (HubComponent) super.getComponent();
  }

  @Override
  public Producer createProducer() {
    if (!direction.equals("in")) {
      throw new UnsupportedOperationException(
          getEndpointUri() + " is where deliveries come out: use it in 'from'");
    }
    return new HubProducer(this, getComponent().inlets().inlet(channel));
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    if (direction.equals("in")) {
      throw new UnsupportedOperationException(
          getEndpointUri() + " is where messages go in: use it in 'to'");
    }
    return new HubConsumer(this, processor);
  }

  @Override
  public boolean isSingleton() {
    return true;
  }
}

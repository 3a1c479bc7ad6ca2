package io.tickethub.connector.camel;

import io.tickethub.connector.folder.Polling;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.ScheduledPollEndpoint;

/** The beginning of a route that asks a system for news; see {@link HubComponent}. */
final class HubPollEndpoint extends ScheduledPollEndpoint {

  private final HubComponent component;
  private final String channel;
  private final Polling polling;
  private final String query;

  /** {@code query} is sent with every page, before the cursor. */
  HubPollEndpoint(
      String uri, HubComponent component, String channel, Polling polling, String query) {
    super(uri, component);
    this.component = component;
    this.channel = channel;
    this.polling = polling;
    this.query = query;
  }

  String connector() {
    return component.connector();
  }

  String channel() {
    return channel;
  }

  Polling polling() {
    return polling;
  }

  String query() {
    return query;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException(
        getEndpointUri() + " begins a route that fetches: use it in 'from'");
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    HubPollConsumer consumer = new HubPollConsumer(this, processor, component.cursors());
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public boolean isSingleton() {
    return true;
  }
}

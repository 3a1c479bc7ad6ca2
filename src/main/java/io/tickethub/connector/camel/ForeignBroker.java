package io.tickethub.connector.camel;

import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.ConnectorManifest.JmsBroker;
import jakarta.jms.ConnectionFactory;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.service.ServiceSupport;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.jms.connection.UserCredentialsConnectionFactoryAdapter;

/** The connections of a connector whose system has a broker of its own. */
final class ForeignBroker {

  private final CamelContext context;
  private final ConnectorDefinition definition;
  private final JmsBroker broker;
  private final VendorClient client;

  ForeignBroker(CamelContext context, ConnectorDefinition definition) {
    this.context = context;
    this.definition = definition;
    this.broker = definition.manifest().jmsBroker();
    this.client = new VendorClient(definition);
  }

  /**
   * Points the component at the system's broker. Senders have a factory of their own: while the
   * broker is away, a factory may make everybody wait for the one who is trying to connect.
   */
  void connect(JmsComponent component) {
    ConnectionFactory listeners = connections();
    JmsPoolConnectionFactory senders = new JmsPoolConnectionFactory();
    senders.setConnectionFactory(connections());
    component.setListenerConnectionFactory(listeners);
    component.setTemplateConnectionFactory(senders);
    component.setConnectionFactory(listeners);
    try {
      context.addService(new Closing(senders));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends the connections with the connector. */
  private static final class Closing extends ServiceSupport {
    private final JmsPoolConnectionFactory senders;

    private Closing(JmsPoolConnectionFactory senders) {
      this.senders = senders;
    }

    @Override
    protected void doStop() {
      senders.stop();
    }
  }

  /** Connections by the vendor's class, which may come from the connector's {@code lib}. */
  private ConnectionFactory connections() {
    ConnectionFactory connections = client.make();
    Map<String, Object> properties = new TreeMap<>();
    broker.properties().forEach((name, value) -> properties.put(name, definition.filled(value)));
    try {
      PropertyBindingSupport.build()
          .withCamelContext(context)
          .withTarget(connections)
          .withProperties(properties)
          .withMandatory(true)
          .bind();
    } catch (RuntimeException e) {
      throw client.wrong("does not take the properties " + broker.properties().keySet(), e);
    }
    return broker.user() == null ? connections : authenticated(connections);
  }

  private ConnectionFactory authenticated(ConnectionFactory connections) {
    UserCredentialsConnectionFactoryAdapter adapter = new UserCredentialsConnectionFactoryAdapter();
    adapter.setTargetConnectionFactory(connections);
    adapter.setUsername(definition.filled(broker.user()));
    adapter.setPassword(definition.filled(broker.password()));
    return adapter;
  }
}

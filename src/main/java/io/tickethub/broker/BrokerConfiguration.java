package io.tickethub.broker;

import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BrokerProperties.class)
class BrokerConfiguration {

  private static final int CALL_TIMEOUT_MILLISECONDS = 10_000;

  @Bean(destroyMethod = "close")
  BrokerServer brokerServer(BrokerProperties properties) {
    return new BrokerServer(
        properties.isEmbedded()
            ? java.util.Optional.of(EmbeddedBroker.start(properties.embedded()))
            : java.util.Optional.empty());
  }

  @Bean
  Audience audience(BrokerServer server) {
    return topic -> server.embedded().map(broker -> broker.hasListeners(topic)).orElse(true);
  }

  /**
   * For consumers, which keep their connections. A connection that fails says so at once, and who
   * used it makes a new one: one that reconnects by itself keeps its users waiting meanwhile, and a
   * sender would get no answer at all.
   */
  @Bean(destroyMethod = "close")
  ActiveMQConnectionFactory brokerConnections(BrokerProperties properties, BrokerServer server) {
    ActiveMQConnectionFactory connections =
        new ActiveMQConnectionFactory(
            server.embedded().map(EmbeddedBroker::url).orElse(properties.url()),
            server.embedded().map(EmbeddedBroker::username).orElse(properties.username()),
            server.embedded().map(EmbeddedBroker::password).orElse(properties.password()));
    connections.setBlockOnDurableSend(true);
    connections.setBlockOnAcknowledge(true);
    connections.setCallTimeout(CALL_TIMEOUT_MILLISECONDS);
    connections.setReconnectAttempts(0);
    connections.setDeserializationAllowList("java.lang.Object");
    return connections;
  }

  /** For senders, which borrow connection, session and producer for each message. */
  @Bean(destroyMethod = "stop")
  JmsPoolConnectionFactory pooledBrokerConnections(
      @Qualifier("brokerConnections") ActiveMQConnectionFactory connections) {
    JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
    pool.setConnectionFactory(connections);
    pool.setMaxConnections(4);
    pool.setMaxSessionsPerConnection(100);
    pool.setUseAnonymousProducers(true);
    return pool;
  }
}

package io.tickethub.connector;

import io.micrometer.core.instrument.MeterRegistry;
import io.tickethub.connector.camel.ConnectorContext;
import io.tickethub.connector.camel.ConnectorServlet;
import io.tickethub.connector.channel.AdmissionParts;
import io.tickethub.connector.channel.ContentTrees;
import io.tickethub.connector.folder.SettingValues;
import io.tickethub.delivery.Dispatchers;
import io.tickethub.intake.IntakeQueue;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.Sealer;
import io.tickethub.product.ProductCatalog;
import io.tickethub.storage.DatabaseProperties;
import io.tickethub.storage.NodeLock;
import java.time.Clock;
import javax.sql.DataSource;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConnectorProperties.class)
class ConnectorConfiguration {

  @Bean
  ServletRegistrationBean<ConnectorServlet> connectorServlet(
      ObjectProvider<Connectors> connectors) {
    ServletRegistrationBean<ConnectorServlet> registration =
        new ServletRegistrationBean<>(
            new ConnectorServlet(name -> connectors.getObject().isWaiting(name)),
            ConnectorServlet.PATH);
    registration.setName(ConnectorServlet.NAME);
    registration.setLoadOnStartup(1);
    return registration;
  }

  @Bean(destroyMethod = "close")
  NodeLock pollingLock(DataSource dataSource, Clock clock) {
    return new NodeLock(dataSource, "polling", clock);
  }

  @Bean
  Connectors connectors(
      ConnectorProperties properties,
      DatabaseProperties database,
      NodeLock pollingLock,
      IntakeQueue queue,
      ProductCatalog products,
      Sealer sealer,
      Identifiers identifiers,
      Dispatchers dispatchers,
      Clock clock,
      @Qualifier("brokerConnections") ActiveMQConnectionFactory listeners,
      JmsPoolConnectionFactory senders,
      MeterRegistry meters) {
    PollingConsumerPollStrategy turns =
        database.isEmbedded()
            ? new DefaultPollingConsumerPollStrategy()
            : new PollingTurns(pollingLock);
    return new Connectors(
        properties,
        new SettingValues(System::getenv),
        new ConnectorContext.Parts(
            new AdmissionParts(queue, products, sealer, identifiers, clock),
            listeners,
            senders,
            turns,
            new ContentTrees(),
            meters),
        dispatchers,
        clock);
  }
}

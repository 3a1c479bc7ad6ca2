package io.tickethub.connector;

import io.micrometer.core.instrument.MeterRegistry;
import io.tickethub.alert.Alerts;
import io.tickethub.connector.camel.ConnectorContext;
import io.tickethub.connector.camel.ConnectorGates;
import io.tickethub.connector.camel.ConnectorServlet;
import io.tickethub.connector.channel.AdmissionParts;
import io.tickethub.connector.channel.ChannelSightings;
import io.tickethub.connector.channel.ContentTrees;
import io.tickethub.connector.folder.SettingValues;
import io.tickethub.connector.version.ConnectorVersions;
import io.tickethub.delivery.DeliveryLog;
import io.tickethub.delivery.Dispatchers;
import io.tickethub.intake.IntakeQueue;
import io.tickethub.journal.ChannelCursors;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.NodeName;
import io.tickethub.journal.Sealer;
import io.tickethub.journal.StatementStore;
import io.tickethub.product.ProductCatalog;
import io.tickethub.storage.DatabaseProperties;
import io.tickethub.storage.NodeLock;
import io.tickethub.storage.RetentionProperties;
import io.tickethub.storage.SteadyClock;
import io.tickethub.trace.Tracing;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConnectorProperties.class)
class ConnectorConfiguration {

  @Bean
  ServletRegistrationBean<ConnectorServlet> connectorServlet(
      ConnectorGates gates, ObjectProvider<Connectors> connectors) {
    ServletRegistrationBean<ConnectorServlet> registration =
        new ServletRegistrationBean<>(
            new ConnectorServlet(
                gates,
                name -> connectors.getObject().isWaiting(name),
                name -> connectors.getObject().control(name)),
            ConnectorServlet.PATH);
    registration.setName(ConnectorServlet.NAME);
    registration.setLoadOnStartup(1);
    return registration;
  }

  @Bean
  ConnectorGates connectorGates() {
    return new ConnectorGates();
  }

  @Bean
  ConnectorVersions connectorVersions(
      JdbcTemplate jdbc, TransactionTemplate transactions, NodeName node, Clock clock) {
    return new ConnectorVersions(jdbc, transactions, node, clock);
  }

  @Bean(destroyMethod = "close")
  NodeLock pollingLock(DataSource dataSource, SteadyClock steady) {
    return new NodeLock(dataSource, "polling", steady);
  }

  @Bean
  ChannelSightings channelSightings() {
    return new ChannelSightings();
  }

  @Bean
  ConnectorContext.Parts connectorParts(
      DatabaseProperties database,
      @Qualifier("pollingLock") NodeLock pollingLock,
      IntakeQueue queue,
      ProductCatalog products,
      Sealer sealer,
      Identifiers identifiers,
      ChannelSightings sightings,
      StatementStore statements,
      Clock clock,
      SteadyClock steady,
      @Qualifier("brokerConnections") ActiveMQConnectionFactory listeners,
      JmsPoolConnectionFactory senders,
      ChannelCursors cursors,
      MeterRegistry meters,
      Tracing tracing,
      @Value("${hub.hawtio.enabled}") boolean managed) {
    PollingConsumerPollStrategy turns =
        database.isEmbedded()
            ? new DefaultPollingConsumerPollStrategy()
            : new PollingTurns(pollingLock);
    return new ConnectorContext.Parts(
        new AdmissionParts(
            queue, products, sealer, identifiers, sightings, statements, clock, tracing),
        listeners,
        senders,
        turns,
        new ContentTrees(),
        cursors,
        steady,
        meters,
        managed);
  }

  @Bean
  RunningConnectors runningConnectors() {
    return new RunningConnectors();
  }

  @Bean
  RouteOrders routeOrders(JdbcTemplate jdbc) {
    return new RouteOrders(jdbc);
  }

  @Bean
  ConnectorSwitches connectorSwitches(JdbcTemplate jdbc, Clock clock) {
    return new ConnectorSwitches(jdbc, clock);
  }

  @Bean(destroyMethod = "close")
  RouteOperations routeOperations(
      RunningConnectors running,
      ConnectorSwap swap,
      ConnectorGates gates,
      RouteOrders orders,
      ConnectorSwitches switches,
      Dispatchers dispatchers,
      DeliveryLog deliveries,
      Clock clock) {
    return new RouteOperations(
        running, swap, gates, orders, switches, dispatchers, deliveries, clock);
  }

  @Bean
  ConnectorSwap connectorSwap(
      ConnectorProperties properties,
      ConnectorContext.Parts parts,
      ConnectorGates gates,
      Dispatchers dispatchers,
      RunningConnectors running,
      ConnectorVersions versions,
      RouteOrders orders,
      ConnectorSwitches switches,
      ServerProperties server,
      RetentionProperties retention,
      Clock clock) {
    return new ConnectorSwap(
        properties,
        new SettingValues(System::getenv),
        parts,
        gates,
        dispatchers,
        running,
        versions,
        new CertificateWarning(server.getSsl()),
        orders,
        switches,
        clock,
        retention.ledger());
  }

  @Bean
  Connectors connectors(
      ConnectorProperties properties,
      RunningConnectors running,
      ConnectorSwap swap,
      ConnectorContext.Parts parts,
      RouteOperations routes,
      ConnectorSwitches switches,
      Alerts alerts,
      JdbcTemplate jdbc,
      Clock clock,
      SteadyClock steady) {
    return new Connectors(
        running,
        swap,
        new FolderWatch(properties, swap, steady),
        new SilenceWatch(running, parts.admission().sightings(), alerts, jdbc, clock),
        parts.admission(),
        routes,
        switches,
        properties.directory());
  }

  @Bean
  ConnectorHistory connectorHistory(
      ConnectorProperties properties, ConnectorSwap swap, ConnectorVersions versions) {
    Path directory = properties.directory();
    return new ConnectorHistory(
        directory, versions, new ConnectorRollback(directory, swap, versions));
  }
}

package io.tickethub.tmf;

import io.tickethub.alert.Alerts;
import io.tickethub.intake.Consequences;
import io.tickethub.intake.IntakeQueue;
import io.tickethub.intake.Pipeline;
import io.tickethub.intake.Rules;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.MessageLedger;
import io.tickethub.journal.Sealer;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketStore;
import io.tickethub.product.MaskedTicket;
import io.tickethub.product.ProductCatalog;
import io.tickethub.storage.NodeLock;
import io.tickethub.trace.Tracing;
import jakarta.jms.ConnectionFactory;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TmfProperties.class)
class TmfConfiguration {

  @Bean
  TmfClients tmfClients(TmfProperties properties, Clock clock) {
    return new TmfClients(properties, System::getenv, clock);
  }

  @Bean
  RequestSchemas tmfSchemas() {
    return new RequestSchemas();
  }

  @Bean
  TroubleTicketResource troubleTicketResource(MaskedTicket masked, TmfProperties properties) {
    return new TroubleTicketResource(masked, properties.baseUrl());
  }

  @Bean
  TicketSearch ticketSearch(
      DataSource dataSource,
      PlatformTransactionManager transactions,
      TicketStore tickets,
      TroubleTicketResource resources) {
    return new TicketSearch(dataSource, transactions, tickets, resources);
  }

  @Bean
  TicketSubmission ticketSubmission(
      IntakeQueue queue,
      MessageLedger ledger,
      MessageJournal journal,
      Identifiers identifiers,
      Sealer sealer,
      Pipeline pipeline,
      Tracing tracing,
      Clock clock,
      TmfProperties properties) {
    return new TicketSubmission(
        queue,
        ledger,
        journal,
        identifiers,
        sealer,
        pipeline,
        tracing,
        clock,
        properties.patience());
  }

  @Bean
  TroubleTicketService troubleTicketService(
      TicketSearch search,
      TicketStore tickets,
      TicketReferences references,
      TicketSubmission submission,
      ProductCatalog products,
      RequestSchemas schemas,
      Rules rules,
      Clock clock) {
    return new TroubleTicketService(
        search,
        tickets,
        references,
        submission,
        new TroubleTicketChanges(products),
        schemas,
        Consequences.timed(rules),
        clock);
  }

  @Bean
  PersonalReads personalReads(JdbcTemplate jdbc, Clock clock) {
    return new PersonalReads(jdbc, clock);
  }

  @Bean
  CallbackPolicy callbackPolicy(TmfProperties properties) {
    return new CallbackPolicy(properties.listeners());
  }

  @Bean
  ListenerStore listenerStore(JdbcTemplate jdbc) {
    return new ListenerStore(jdbc);
  }

  @Bean
  NotificationStore notificationStore(JdbcTemplate jdbc, Sealer sealer) {
    return new NotificationStore(jdbc, sealer);
  }

  @Bean
  SpecificationStore specificationStore(JdbcTemplate jdbc, Sealer sealer) {
    return new SpecificationStore(jdbc, sealer);
  }

  @Bean
  Notifications notifications(
      ListenerStore listeners,
      NotificationStore store,
      TmfClients clients,
      TicketSearch search,
      TicketStore tickets,
      MessageJournal journal,
      TroubleTicketResource resources,
      Clock clock) {
    return new Notifications(listeners, store, clients, search, tickets, journal, resources, clock);
  }

  @Bean(destroyMethod = "close")
  NodeLock notificationTurn(DataSource dataSource, Clock clock) {
    return new NodeLock(dataSource, "notifications of the TMF621 interface", clock);
  }

  @Bean(destroyMethod = "close")
  NotificationSender notificationSender(
      ListenerStore listeners,
      NotificationStore notifications,
      CallbackPolicy policy,
      NodeLock notificationTurn,
      Alerts alerts,
      Clock clock,
      TmfProperties properties) {
    return new NotificationSender(
        listeners,
        notifications,
        policy,
        notificationTurn,
        alerts,
        clock,
        properties.listenerPatience());
  }

  @Bean(destroyMethod = "close")
  TicketEventFeed ticketEventFeed(
      @Qualifier("brokerConnections") ConnectionFactory connections,
      NodeLock notificationTurn,
      ListenerStore listeners,
      Notifications notifications,
      TicketStore tickets,
      NotificationSender sender) {
    return new TicketEventFeed(
        connections, notificationTurn, listeners, notifications, tickets, sender::wake);
  }

  /** A hub without clients of this interface has no listeners either. */
  @Bean
  SmartInitializingSingleton notificationsBegin(
      TmfClients clients, TicketEventFeed feed, NotificationSender sender) {
    return () -> {
      if (!clients.isEmpty()) {
        sender.start();
        feed.start();
      }
    };
  }
}

package io.tickethub.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.tickethub.alert.Alerts;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.NodeName;
import io.tickethub.journal.Sealer;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketStore;
import io.tickethub.storage.Expiry;
import io.tickethub.storage.Partitions;
import io.tickethub.storage.RetentionProperties;
import io.tickethub.storage.RowExpiry;
import io.tickethub.storage.SteadyClock;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

  @Bean
  Expiry deliveryExpiry(JdbcTemplate jdbc, RetentionProperties properties, Clock clock) {
    return new DeliveryExpiry(jdbc, properties, clock);
  }

  @Bean
  Expiry attemptExpiry(
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      RetentionProperties properties,
      Clock clock) {
    Partitions partitions = new Partitions(jdbc, transactions, "delivery_attempt");
    return new AttemptExpiry(jdbc, partitions, properties, clock);
  }

  @Bean
  Expiry letterExpiry(JdbcTemplate jdbc, RetentionProperties properties, Clock clock) {
    return new RowExpiry(
        "closed dead letters",
        new RowExpiry.Rows("dead_letter", "id", "closed_at < ?"),
        properties.deliveries(),
        jdbc,
        clock);
  }

  @Bean
  DeliveryStore deliveryStore(JdbcTemplate jdbc, SteadyClock steady) {
    return new DeliveryStore(jdbc, steady);
  }

  @Bean
  AttemptStore attemptStore(JdbcTemplate jdbc, SteadyClock steady) {
    return new AttemptStore(jdbc, steady);
  }

  @Bean
  DeadLetters deadLetters(JdbcTemplate jdbc, Sealer sealer, Identifiers identifiers, Clock clock) {
    return new DeadLetters(jdbc, sealer, identifiers, clock);
  }

  @Bean
  LetterGroups letterGroups(JdbcTemplate jdbc) {
    return new LetterGroups(jdbc);
  }

  @Bean
  ConnectorControls connectorControls(JdbcTemplate jdbc, Alerts alerts, Clock clock) {
    return new ConnectorControls(jdbc, alerts, clock);
  }

  @Bean(destroyMethod = "close")
  Dispatchers dispatchers(
      NodeName node,
      DeliveryStore store,
      AttemptStore attempts,
      DeadLetters deadLetters,
      ConnectorControls controls,
      Alerts alerts,
      TicketStore tickets,
      TicketReferences references,
      MessageJournal journal,
      Sealer sealer,
      TransactionTemplate transactions,
      Clock clock,
      SteadyClock steady,
      MeterRegistry meters) {
    return new Dispatchers(
        new DispatcherParts(
            node.value(),
            store,
            attempts,
            new DeliveryLoader(tickets, references, journal),
            deadLetters,
            references,
            controls,
            alerts,
            sealer,
            transactions,
            clock,
            steady,
            meters));
  }

  @Bean
  DeliveryLog deliveryLog(JdbcTemplate jdbc, Sealer sealer) {
    return new DeliveryLog(jdbc, sealer);
  }

  @Bean
  Replay replay(
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      DeadLetters deadLetters,
      Dispatchers dispatchers,
      SteadyClock steady) {
    return new Replay(jdbc, transactions, deadLetters, dispatchers, steady);
  }
}

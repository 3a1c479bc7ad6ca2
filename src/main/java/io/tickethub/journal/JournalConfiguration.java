package io.tickethub.journal;

import io.tickethub.privacy.BodyCipher;
import io.tickethub.storage.Expiry;
import io.tickethub.storage.Partitions;
import io.tickethub.storage.RetentionProperties;
import io.tickethub.storage.RowExpiry;
import java.time.Clock;
import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class JournalConfiguration {

  @Bean
  Sealer sealer(BodyCipher cipher) {
    return new Sealer(cipher);
  }

  @Bean
  MessageBodies messageBodies(
      JdbcTemplate jdbc,
      Sealer sealer,
      BodyRetention retention,
      @Value("${hub.zone}") ZoneId zone) {
    return new MessageBodies(jdbc, sealer, retention, zone);
  }

  @Bean
  Expiry bodyExpiry(
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      BodyRetention retention,
      RetentionProperties properties,
      @Value("${hub.zone}") ZoneId zone,
      Clock clock) {
    Partitions partitions = new Partitions(jdbc, transactions, "message_body");
    return new BodyExpiry(jdbc, partitions, retention, properties, zone, clock);
  }

  @Bean
  Expiry ledgerExpiry(JdbcTemplate jdbc, RetentionProperties properties, Clock clock) {
    return new LedgerExpiry(jdbc, properties, clock);
  }

  @Bean
  Expiry editExpiry(JdbcTemplate jdbc, RetentionProperties properties, Clock clock) {
    return new RowExpiry(
        "edits",
        new RowExpiry.Rows("message_edit", "edited", "edited_at < ?"),
        properties.deliveries(),
        jdbc,
        clock);
  }

  @Bean
  MessageJournal messageJournal(JdbcTemplate jdbc, Sealer sealer, MessageBodies bodies) {
    return new MessageJournal(jdbc, sealer, bodies);
  }

  @Bean
  MessageEdits messageEdits(JdbcTemplate jdbc) {
    return new MessageEdits(jdbc);
  }

  @Bean
  MessageLedger messageLedger(JdbcTemplate jdbc) {
    return new MessageLedger(jdbc);
  }

  @Bean
  WaitingMessages waitingMessages(JdbcTemplate jdbc, Sealer sealer) {
    return new WaitingMessages(jdbc, sealer);
  }

  @Bean
  TicketTimers ticketTimers(JdbcTemplate jdbc) {
    return new TicketTimers(jdbc);
  }

  @Bean
  TicketFinder ticketFinder(JdbcTemplate jdbc, TransactionTemplate transactions, Sealer sealer) {
    return new TicketFinder(jdbc, transactions, sealer);
  }

  @Bean
  TicketStore ticketStore(JdbcTemplate jdbc, Sealer sealer, @Value("${hub.zone}") ZoneId zone) {
    return new TicketStore(jdbc, sealer, zone);
  }

  @Bean
  TicketReferences ticketReferences(JdbcTemplate jdbc) {
    return new TicketReferences(jdbc);
  }

  @Bean
  TicketReports ticketReports(JdbcTemplate jdbc, Sealer sealer) {
    return new TicketReports(jdbc, sealer);
  }

  @Bean
  MassFaultStore massFaultStore(JdbcTemplate jdbc) {
    return new MassFaultStore(jdbc);
  }

  @Bean
  ChannelCursors channelCursors(JdbcTemplate jdbc, Clock clock) {
    return new ChannelCursors(jdbc, clock);
  }

  @Bean
  StatementStore statementStore(
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      Sealer sealer,
      Identifiers identifiers,
      NodeName node) {
    return new StatementStore(jdbc, transactions, sealer, identifiers, node);
  }
}

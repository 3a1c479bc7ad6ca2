package io.tickethub.kit.rehearsal;

import io.tickethub.connector.ConnectorProperties;
import io.tickethub.connector.Connectors;
import io.tickethub.connector.channel.AdmissionParts;
import io.tickethub.connector.channel.ChannelSightings;
import io.tickethub.connector.channel.ContentTrees;
import io.tickethub.connector.channel.DeliveryInput;
import io.tickethub.delivery.DeliveryHistory;
import io.tickethub.intake.IntakeQueue;
import io.tickethub.intake.Rules;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.MessageBodies;
import io.tickethub.journal.MessageHistory;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.Sealer;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketStore;
import io.tickethub.product.ProductCatalog;
import io.tickethub.trace.Tracing;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class RehearsalConfiguration {

  @Bean(destroyMethod = "close")
  Rehearsals rehearsals(
      JdbcTemplate jdbc,
      PlatformTransactionManager transactionManager,
      MessageJournal journal,
      MessageBodies bodies,
      TicketStore tickets,
      TicketReferences references,
      Rules rules,
      Connectors connectors,
      ConnectorProperties properties,
      AdmissionParts admission) {
    TransactionTemplate reading = new TransactionTemplate(transactionManager);
    reading.setReadOnly(true);
    ContentTrees contents = new ContentTrees();
    RehearsalParts parts =
        new RehearsalParts(
            new MessageHistory(jdbc, journal),
            bodies,
            new DeliveryHistory(jdbc, tickets, references, journal),
            tickets,
            references,
            rules,
            connectors,
            connectors::definition,
            name -> new DeliveryInput(name, contents),
            admission,
            new MaskedValues(admission.products()),
            reading);
    return new Rehearsals(
        parts, properties.directory(), admission.identifiers(), admission.clock());
  }

  /** What translating takes; the queue among it is never used here. */
  @Bean
  AdmissionParts rehearsalAdmission(
      IntakeQueue queue,
      ProductCatalog products,
      Sealer sealer,
      Identifiers identifiers,
      Clock clock) {
    return new AdmissionParts(
        queue, products, sealer, identifiers, new ChannelSightings(), null, clock, Tracing.OFF);
  }
}

package io.tickethub;

import io.micrometer.core.instrument.MeterRegistry;
import io.tickethub.alert.AlertKind;
import io.tickethub.alert.Alerts;
import io.tickethub.assessment.AssessmentPlaces;
import io.tickethub.broker.Audience;
import io.tickethub.connector.ConnectorProperties;
import io.tickethub.connector.Connectors;
import io.tickethub.delivery.DeadLetters;
import io.tickethub.delivery.DeliveryStore;
import io.tickethub.delivery.Dispatchers;
import io.tickethub.intake.Explanation;
import io.tickethub.intake.HubMessages;
import io.tickethub.intake.IntakeQueue;
import io.tickethub.intake.MassFaultLoop;
import io.tickethub.intake.MessageReplay;
import io.tickethub.intake.Pipeline;
import io.tickethub.intake.Records;
import io.tickethub.intake.Rules;
import io.tickethub.intake.TimerLoop;
import io.tickethub.journal.BodyRetention;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.MassFaultStore;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.MessageLedger;
import io.tickethub.journal.NodeName;
import io.tickethub.journal.Sealer;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketReports;
import io.tickethub.journal.TicketStore;
import io.tickethub.journal.TicketTimers;
import io.tickethub.journal.WaitingMessages;
import io.tickethub.plan.PlanFile;
import io.tickethub.privacy.BodyCipher;
import io.tickethub.privacy.EncryptionKey;
import io.tickethub.privacy.SecretFile;
import io.tickethub.product.ProductCatalog;
import io.tickethub.replay.EditedReplay;
import io.tickethub.routing.MassFaults;
import io.tickethub.routing.Ownership;
import io.tickethub.routing.Repeats;
import io.tickethub.routing.Router;
import io.tickethub.service.CallBacks;
import io.tickethub.service.ClockExplanation;
import io.tickethub.service.TimeLimits;
import io.tickethub.storage.RetentionProperties;
import io.tickethub.storage.SteadyClock;
import io.tickethub.trace.Tracing;
import jakarta.jms.ConnectionFactory;
import java.time.Clock;
import java.util.function.IntConsumer;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts that belong to no package alone. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HubProperties.class)
class HubConfiguration {

  private static final int NODE_NAME_BYTES = 4;

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  NodeName nodeName(HubProperties properties) {
    return new NodeName(
        properties.node().isBlank()
            ? "node-" + SecretFile.read(properties.data().resolve("node"), NODE_NAME_BYTES)
            : properties.node());
  }

  @Bean
  Identifiers identifiers(Clock clock, SteadyClock steady, NodeName node) {
    return new Identifiers(clock, node.number(), steady.instant());
  }

  @Bean
  BodyCipher bodyCipher(HubProperties properties) {
    return new BodyCipher(EncryptionKey.find(properties.encryptionKey(), System::getenv));
  }

  @Bean
  ProductCatalog productCatalog(ConnectorProperties properties) {
    ProductCatalog products = ProductCatalog.read(properties.directory().resolve("products"));
    products
        .failures()
        .forEach(
            (folder, cause) ->
                LoggerFactory.getLogger(ProductCatalog.class)
                    .error("product adapter {} is left out: {}", folder, cause));
    return products;
  }

  @Bean
  HubMessages hubMessages(Identifiers identifiers, Sealer sealer) {
    return new HubMessages(identifiers, sealer);
  }

  @Bean
  MassFaultLoop massFaultLoop(
      MassFaultStore massFaults,
      TicketStore tickets,
      IntakeQueue queue,
      HubMessages messages,
      TransactionTemplate transactions,
      Clock clock) {
    return new MassFaultLoop(massFaults, tickets, queue, messages, transactions, clock);
  }

  @Bean
  Rules rules(ConnectorProperties properties, ProductCatalog products, Alerts alerts) {
    Ownership ownership = Ownership.read(properties.routes().resolve("ownership.yaml"), products);
    IntConsumer unknownYear =
        year ->
            alerts.open(
                AlertKind.HOLIDAYS_UNKNOWN,
                Integer.toString(year),
                "working days of %d are plain weekdays, and limits in it are provisional: its holidays are not known; put %d.json into %s and restart"
                    .formatted(year, year, properties.routes().resolve("calendars")));
    return new Rules(
        ownership,
        Router.read(properties.routes().resolve("participants.yaml"), ownership, products),
        TimeLimits.read(properties.routes().resolve("time-limits.yaml"), products, unknownYear),
        CallBacks.read(properties.routes().resolve("call-backs.yaml"), products, unknownYear),
        Repeats.read(properties.routes().resolve("repeats.yaml"), products),
        MassFaults.read(properties.routes().resolve("mass-faults.yaml"), products));
  }

  @Bean
  PlanFile planFile(ConnectorProperties connectors) {
    return new PlanFile(connectors.routes().resolve("plans.yaml"));
  }

  @Bean
  AssessmentPlaces assessmentPlaces(HubProperties hub, ConnectorProperties connectors) {
    return new AssessmentPlaces(
        connectors.routes().resolve("assessment.yaml"), hub.data().resolve("assessments"));
  }

  @Bean(destroyMethod = "close")
  IntakeQueue intakeQueue(
      @Qualifier("brokerConnections") ConnectionFactory connections,
      Sealer sealer,
      Alerts alerts,
      NodeName node) {
    return new IntakeQueue(connections, sealer, alerts, node.value());
  }

  @Bean
  Records records(
      MessageJournal journal,
      MessageLedger ledger,
      WaitingMessages waiting,
      TicketStore tickets,
      TicketTimers timers,
      TicketReferences references,
      TicketReports reports,
      MassFaultStore massFaults,
      DeliveryStore deliveries,
      DeadLetters deadLetters,
      Identifiers identifiers) {
    return new Records(
        journal,
        ledger,
        waiting,
        tickets,
        timers,
        references,
        reports,
        massFaults,
        deliveries,
        deadLetters,
        identifiers);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  DiskWatch diskWatch(HubProperties properties, NodeName node, Alerts alerts) {
    return new DiskWatch(properties.data(), properties.diskReserve(), node.value(), alerts);
  }

  @Bean
  Pipeline pipeline(
      HubProperties properties,
      Rules rules,
      Records records,
      Connectors connectors,
      Dispatchers dispatchers,
      IntakeQueue queue,
      TransactionTemplate transactions,
      Clock clock,
      MeterRegistry meters,
      Tracing tracing) {
    Pipeline.Settings settings =
        new Pipeline.Settings(
            properties.pipeline().consumers(),
            properties.pipeline().batch(),
            properties.pipeline().waitForTicket());
    return new Pipeline(
        settings,
        rules,
        records,
        connectors,
        dispatchers,
        queue,
        transactions,
        clock,
        meters,
        tracing);
  }

  @Bean
  TimerLoop timerLoop(TicketTimers timers, IntakeQueue queue, HubMessages messages, Clock clock) {
    return new TimerLoop(timers, queue, messages, clock);
  }

  @Bean
  ClockExplanation clockExplanation(Rules rules) {
    return new ClockExplanation(rules.timeLimits(), rules.callBacks());
  }

  @Bean
  Explanation explanation(Rules rules, TicketStore tickets) {
    return new Explanation(rules, tickets);
  }

  @Bean
  MessageReplay messageReplay(MessageJournal journal, DeadLetters deadLetters, IntakeQueue queue) {
    return new MessageReplay(journal, deadLetters, queue);
  }

  /** A connector's manifest goes before the setting for all. */
  @Bean
  BodyRetention bodyRetention(
      RetentionProperties properties, ObjectProvider<Connectors> connectors) {
    return new ManifestRetention((int) properties.bodies().toDays(), connectors::getObject);
  }

  /** Connectors say what a stored message means. */
  @Bean
  MessageReplay.Translator translator(Connectors connectors) {
    return connectors::translate;
  }

  @Bean
  EditedReplay.Admitter editedAdmitter(Connectors connectors) {
    return (original, body, externalId) ->
        connectors.admitEdited(original, body, externalId).message();
  }

  @Bean
  HubLifecycle hubLifecycle(
      Connectors connectors,
      Pipeline pipeline,
      TimerLoop timers,
      MassFaultLoop massFaults,
      Rules rules,
      Alerts alerts,
      ConnectionFactory brokerConnections,
      Audience audience,
      Sealer sealer) {
    return new HubLifecycle(
        connectors,
        pipeline,
        timers,
        massFaults,
        rules.timeLimits(),
        alerts,
        brokerConnections,
        audience,
        sealer);
  }
}

package io.tickethub.reconcile;

import io.tickethub.connector.Connectors;
import io.tickethub.delivery.ConnectorControls;
import io.tickethub.intake.IntakeBacklog;
import io.tickethub.intake.IntakeQueue;
import io.tickethub.intake.Rules;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.NodeName;
import io.tickethub.journal.Sealer;
import io.tickethub.journal.TicketStore;
import io.tickethub.product.MaskedTicket;
import io.tickethub.product.ProductCatalog;
import jakarta.jms.ConnectionFactory;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class ReconcileConfiguration {

  @Bean
  Reconciliations reconciliations(
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      Sealer sealer,
      Identifiers identifiers,
      NodeName node,
      Clock clock,
      TicketStore tickets,
      Rules rules,
      ProductCatalog products,
      ConnectorControls controls,
      Connectors connectors,
      IntakeQueue queue,
      @Qualifier("brokerConnections") ConnectionFactory brokerConnections) {
    RunStore runs = new RunStore(jdbc);
    DriftStore drifts = new DriftStore(jdbc, sealer);
    Tellings tellings = new Tellings(jdbc);
    Repairer repairer = new Repairer(queue, identifiers, sealer, clock);
    RunSteps steps =
        new RunSteps(
            runs,
            drifts,
            new Statements(jdbc, sealer),
            new Comparison(new MaskedTicket(products), identifiers),
            new Confirmation(tickets, tellings, new Judge(rules, products, clock), controls),
            tellings,
            repairer,
            tickets,
            connectors,
            new IntakeBacklog(brokerConnections),
            transactions,
            clock);
    Reconciler reconciler = new Reconciler(runs, steps, connectors, identifiers, node, clock);
    return new Reconciliations(
        runs, drifts, steps, repairer, reconciler, tickets, transactions, identifiers, node, clock);
  }
}

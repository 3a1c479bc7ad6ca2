package io.tickethub.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.tickethub.journal.Sealer;
import io.tickethub.journal.TicketReferences;
import java.time.Clock;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What all dispatchers of a node share.
 *
 * @param node this node's name, under which it holds leases
 */
public record DispatcherParts(
    String node,
    DeliveryStore store,
    DeliveryLoader loader,
    DeadLetters deadLetters,
    TicketReferences references,
    ConnectorControls controls,
    Sealer sealer,
    TransactionTemplate transactions,
    Clock clock,
    MeterRegistry meters) {}

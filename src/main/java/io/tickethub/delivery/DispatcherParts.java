package io.tickethub.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.tickethub.alert.Alerts;
import io.tickethub.journal.Sealer;
import io.tickethub.journal.TicketReferences;
import io.tickethub.storage.SteadyClock;
import io.tickethub.trace.Tracing;
import java.time.Clock;
import java.time.Duration;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What all dispatchers of a node share.
 *
 * @param node this node's name, under which it holds leases
 * @param clock tells what time it is
 * @param steady says what is due and leased
 */
public record DispatcherParts(
    String node,
    DeliveryStore store,
    AttemptStore attempts,
    DeliveryLoader loader,
    DeadLetters deadLetters,
    TicketReferences references,
    ConnectorControls controls,
    Alerts alerts,
    Sealer sealer,
    TransactionTemplate transactions,
    Clock clock,
    SteadyClock steady,
    MeterRegistry meters,
    Tracing tracing) {

  /** How long a delivery is under way before another node may take it over. */
  static final Duration LEASE = Duration.ofMinutes(2);
}

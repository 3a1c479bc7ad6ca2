package io.tickethub.connector.channel;

import io.tickethub.intake.IntakeQueue;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.Sealer;
import io.tickethub.journal.StatementStore;
import io.tickethub.product.ProductCatalog;
import io.tickethub.trace.Tracing;
import java.time.Clock;

/** What all admissions share. */
public record AdmissionParts(
    IntakeQueue queue,
    ProductCatalog products,
    Sealer sealer,
    Identifiers identifiers,
    ChannelSightings sightings,
    StatementStore statements,
    Clock clock,
    Tracing tracing) {}

package io.tickethub.kit.rehearsal;

import io.tickethub.connector.channel.AdmissionParts;
import io.tickethub.connector.channel.DeliveryInput;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.delivery.DeliveryHistory;
import io.tickethub.intake.ConnectorDirectory;
import io.tickethub.intake.Rules;
import io.tickethub.journal.MessageBodies;
import io.tickethub.journal.MessageHistory;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketStore;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What rehearsals read and judge by.
 *
 * @param running what a connector, by its name, runs with; empty if it does not run
 * @param reading transactions in which nothing can be written
 */
record RehearsalParts(
    MessageHistory messages,
    MessageBodies bodies,
    DeliveryHistory deliveries,
    TicketStore tickets,
    TicketReferences references,
    Rules rules,
    ConnectorDirectory connectors,
    Function<String, Optional<ConnectorDefinition>> running,
    Function<String, DeliveryInput> inputs,
    AdmissionParts admission,
    MaskedValues masked,
    TransactionTemplate reading) {}

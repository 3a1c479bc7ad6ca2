package io.tickethub.intake;

import io.tickethub.delivery.DeadLetters;
import io.tickethub.delivery.DeliveryStore;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.MassFaultStore;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.MessageLedger;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketReports;
import io.tickethub.journal.TicketStore;
import io.tickethub.journal.TicketTimers;
import io.tickethub.journal.WaitingMessages;

/** The tables that a batch reads and writes. */
public record Records(
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
    Identifiers identifiers) {}

package io.tickethub.intake;

import io.tickethub.delivery.HandOver;

/** Writes what a batch decided, a statement a table. */
final class BatchWriter {

  private final Records records;

  BatchWriter(Records records) {
    this.records = records;
  }

  void write(Batch batch, int slot, HandOver deliveries) {
    records.ledger().insert(batch.newInLedger.values());
    records.ledger().renew(batch.renewedInLedger.values());
    records.ledger().countDuplicates(batch.duplicates);
    records.tickets().insert(batch.newTickets());
    records.tickets().update(batch.changedTickets());
    records.timers().write(batch.timers);
    records.reports().keep(batch.newTroubles);
    records.massFaults().write(batch.massFaults);
    records.massFaults().wake(batch.joinedParents, batch.newest(), batch.joinedUntil);
    records.references().assign(batch.learned);
    records.tickets().append(batch.events);
    records.journal().append(batch.journal);
    records.journal().settle(batch.settlements);
    records.waiting().remove(batch.noLongerWaiting);
    records.waiting().add(batch.startWaiting.values());
    deliveries.add(batch.deliveries);
    records.deliveries().repeatRegistration(batch.duplicatedMessages);
    records.deadLetters().add(batch.deadLetters);
    records.tickets().tally(slot, batch.tallyDifferences());
  }
}

package io.tickethub.intake;

import io.tickethub.intake.RepeatPass.Report;
import io.tickethub.journal.WaitingMessages.Waiting;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fetches everything the messages of a batch touch, with a fixed number of statements, and locks
 * the tickets.
 */
final class BatchLoader {

  private final Records records;
  private final RepeatPass repeats;
  private final MassFaultPass massFaults;

  BatchLoader(Records records, RepeatPass repeats, MassFaultPass massFaults) {
    this.records = records;
    this.repeats = repeats;
    this.massFaults = massFaults;
  }

  /**
   * The batch before any message takes effect.
   *
   * @param again messages may be in the journal already
   * @param steps null if nobody follows the messages
   */
  Batch load(List<IntakeMessage> messages, boolean again, BatchSteps steps) {
    Batch batch = new Batch(steps);
    if (again) {
      batch.journaled.addAll(
          records.journal().present(messages.stream().map(IntakeMessage::id).toList()));
    }
    batch.seen.putAll(
        records
            .ledger()
            .find(
                messages.stream()
                    .filter(message -> !message.kept())
                    .map(IntakeMessage::key)
                    .distinct()
                    .toList()));
    batch.dead.addAll(
        records
            .journal()
            .dead(messages.stream().filter(IntakeMessage::kept).map(IntakeMessage::id).toList()));
    Set<TicketReference> references = new LinkedHashSet<>();
    for (IntakeMessage message : messages) {
      message
          .changes()
          .forEach(
              change -> references.addAll(Naming.references(message.connector(), change.ticket())));
    }
    batch.openTicketsOf.putAll(records.tickets().openTicketsOf(customers(messages)));
    List<Waiting> waiting = records.waiting().of(references);
    if (steps != null) {
      steps.begin(messages, waiting, records.journal());
    }
    fill(batch, references, waiting, messages);
    holdBack(batch, messages);
    return batch;
  }

  private static Set<String> customers(List<IntakeMessage> messages) {
    return messages.stream()
        .flatMap(message -> message.changes().stream())
        .map(change -> change.ticket().customer())
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private void fill(
      Batch batch,
      Set<TicketReference> references,
      List<Waiting> waiting,
      List<IntakeMessage> messages) {
    for (Waiting message : waiting) {
      message
          .changes()
          .forEach(
              change -> references.addAll(Naming.references(message.connector(), change.ticket())));
      batch.waitingFor.computeIfAbsent(message.reference(), any -> new ArrayList<>()).add(message);
    }
    batch.references.putAll(records.references().resolve(references));
    List<Report> reports = unknown(messages, batch);
    batch.troubles.putAll(repeats.claim(reports));
    batch.gathering.putAll(massFaults.find(reports));
    Collection<Long> ids = new HashSet<>(batch.references.values());
    ids.addAll(batch.troubles.values());
    batch.openTicketsOf.values().forEach(ids::addAll);
    batch.loaded(records.tickets().lock(ids));
  }

  /** The reports of tickets that nobody has named before. */
  private static List<Report> unknown(List<IntakeMessage> messages, Batch batch) {
    List<Report> reports = new ArrayList<>();
    for (IntakeMessage message : messages) {
      if (!message.changes().isEmpty()
          && message.changes().get(0) instanceof Change.Open open
          && firstReferences(message).stream().noneMatch(batch.references::containsKey)) {
        reports.add(new Report(open, message.connector()));
      }
    }
    return reports;
  }

  /**
   * The answer to an enrichment ends the wait for it; whose introduction is still unsent will see
   * the new content anyway.
   */
  private void holdBack(Batch batch, List<IntakeMessage> messages) {
    Set<Long> answered = new HashSet<>();
    for (IntakeMessage message : messages) {
      for (TicketReference reference : firstReferences(message)) {
        Long id = batch.references.get(reference);
        Ticket ticket = id == null ? null : batch.ticket(id);
        if (ticket != null && ticket.awaitedUntil().containsKey(message.connector())) {
          answered.add(id);
        }
      }
    }
    batch.introductionsHeld.putAll(records.deliveries().releaseHeld(answered));
  }

  private static List<TicketReference> firstReferences(IntakeMessage message) {
    return message.changes().isEmpty()
        ? List.of()
        : Naming.references(message.connector(), message.changes().get(0).ticket());
  }
}

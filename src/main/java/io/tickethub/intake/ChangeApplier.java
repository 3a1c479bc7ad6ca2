package io.tickethub.intake;

import io.tickethub.delivery.DeliveryStore.NewDelivery;
import io.tickethub.intake.Consequences.Consequence;
import io.tickethub.intake.RepeatPass.Match;
import io.tickethub.intake.RepeatPass.Report;
import io.tickethub.journal.TicketReferences.Learned;
import io.tickethub.routing.Told;
import io.tickethub.ticket.CallBackStep;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.ChangeProcessor.Ties;
import io.tickethub.ticket.LimitNotice;
import io.tickethub.ticket.Origin;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketLinks.Related;
import io.tickethub.ticket.TicketReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lets changes take effect on a ticket, and decides which systems must know. */
final class ChangeApplier {

  private final Consequences consequences;
  private final RepeatPass repeats;
  private final MassFaultPass massFaults;
  private final Records records;
  private final ConnectorDirectory connectors;

  ChangeApplier(Rules rules, Records records, ConnectorDirectory connectors) {
    this.consequences = new Consequences(rules);
    this.repeats = new RepeatPass(rules.repeats(), records.reports());
    this.massFaults = new MassFaultPass(rules.massFaults(), records.massFaults());
    this.records = records;
    this.connectors = connectors;
  }

  /**
   * Applies the changes of one message.
   *
   * @param known the ticket they are about; empty to open a new one, then the first change is its
   *     report
   * @return the ticket's id
   */
  long apply(List<Change> changes, Origin origin, Optional<Long> known, Batch batch) {
    return apply(changes, origin, known, NewerFacts.NONE, batch);
  }

  /** Applies the changes of a message after {@code newer} was said. */
  long apply(
      List<Change> changes, Origin origin, Optional<Long> known, NewerFacts newer, Batch batch) {
    long ticketId = known.orElseGet(() -> open((Change.Open) changes.get(0), origin, batch));
    for (Change change : known.isPresent() ? changes : changes.subList(1, changes.size())) {
      if (change instanceof Change.Open report) {
        report
            .asUpdates(batch.ticket(ticketId), origin.system())
            .forEach(update -> apply(ticketId, update, origin, newer, batch));
      } else {
        apply(ticketId, change, origin, newer, batch);
      }
    }
    learnNames(ticketId, changes, origin, batch);
    return ticketId;
  }

  /** The ticket that a report is about: one of the same trouble that is open, or a new one. */
  private long open(Change.Open open, Origin origin, Batch batch) {
    Report report = new Report(open, origin.system());
    Optional<Match> match = repeats.match(report, origin.receivedAt(), batch);
    long id =
        match
            .filter(Match::isOpen)
            .map(known -> reportedAgain(known, open, origin, batch))
            .orElseGet(() -> openNew(report, match, origin, batch));
    repeats.reported(report, id, batch);
    return id;
  }

  private long reportedAgain(Match known, Change.Open open, Origin origin, Batch batch) {
    Ticket before = known.ticket();
    Set<String> unsent = batch.introductionsHeld.getOrDefault(before.id(), Set.of());
    keep(consequences.reportedAgain(before, open, origin, known.rule(), unsent), origin, batch);
    return before.id();
  }

  private long openNew(Report report, Optional<Match> earlier, Origin origin, Batch batch) {
    long id = records.tickets().nextId();
    String number = records.tickets().number(id, origin.receivedAt());
    batch.learn(
        new Learned(new TicketReference(TicketReference.HUB, number), id, origin.receivedAt()));
    Set<String> unsent = batch.introductionsHeld.getOrDefault(id, Set.of());
    Ties ties = ties(earlier, massFaults.parentOf(report, batch));
    keep(consequences.open(id, number, report.open(), origin, unsent, ties), origin, batch);
    massFaults.opened(batch.ticket(id), batch);
    return id;
  }

  private static Ties ties(Optional<Match> earlier, Optional<Related> parent) {
    if (earlier.isEmpty() && parent.isEmpty()) {
      return Ties.NONE;
    }
    return new Ties(
        earlier
            .map(match -> new Related(match.ticket().id(), match.ticket().number()))
            .orElse(null),
        parent.orElse(null),
        earlier
            .map(match -> "follows %s: %s".formatted(match.ticket().number(), match.rule()))
            .orElse(null));
  }

  /** What batches must know of reports before they take effect. */
  RepeatPass repeats() {
    return repeats;
  }

  MassFaultPass massFaults() {
    return massFaults;
  }

  private void apply(long ticketId, Change change, Origin origin, NewerFacts newer, Batch batch) {
    if (change instanceof Change.TimeDue due) {
      batch.strikes(ticketId, due.occurredAt(), origin);
      return;
    }
    if (!newer.contradict(change, batch.ticket(ticketId))) {
      apply(ticketId, change, origin, batch);
      return;
    }
    if (change instanceof Change.Update update) {
      apply(ticketId, newer.harmless(update), origin, batch);
    }
    Set<String> unsent = batch.introductionsHeld.getOrDefault(ticketId, Set.of());
    keep(consequences.late(batch.ticket(ticketId), change, origin, unsent), origin, batch);
  }

  private void apply(long ticketId, Change change, Origin origin, Batch batch) {
    Ticket before = batch.ticket(ticketId);
    Optional<String> contradiction = contradictoryNames(ticketId, change, origin, batch);
    Set<String> unsent = batch.introductionsHeld.getOrDefault(ticketId, Set.of());
    keep(consequences.apply(before, change, origin, contradiction, unsent), origin, batch);
  }

  /** What time limits came to takes effect. */
  void limits(Ticket before, List<LimitNotice> notices, Origin origin, Batch batch) {
    Set<String> unsent = batch.introductionsHeld.getOrDefault(before.id(), Set.of());
    keep(consequences.limits(before, notices, origin, unsent), origin, batch);
  }

  /** What the rules of call-backs came to takes effect. */
  void callBack(Ticket before, CallBackStep step, Origin origin, Batch batch) {
    Set<String> unsent = batch.introductionsHeld.getOrDefault(before.id(), Set.of());
    keep(consequences.callBack(before, step, origin, unsent), origin, batch);
  }

  private void keep(Consequence consequence, Origin origin, Batch batch) {
    Ticket ticket = consequence.ticket();
    batch.put(ticket);
    batch.causedBy(ticket.id(), origin);
    batch.events.addAll(consequence.applied().events());
    int ordinal = 0;
    for (Told told : consequence.routing().told()) {
      deliver(told, ordinal++, ticket.id(), origin, batch);
    }
  }

  private void deliver(Told told, int ordinal, long ticketId, Origin origin, Batch batch) {
    switch (connectors.telling(told.system(), told.code())) {
      case CARRIED, WAITS ->
          batch.deliveries.add(
              new NewDelivery(
                  records.identifiers().next(),
                  ticketId,
                  told.sequence(),
                  ordinal,
                  told.system(),
                  told.code(),
                  told.rule(),
                  origin.messageId(),
                  origin.receivedAt().plus(told.holdBack()),
                  origin.receivedAt(),
                  batch.trace(origin.messageId())));
      case NOT_CARRIED, UNKNOWN -> {
        // The connector, or its absence, decides what is told; explain shows it.
      }
    }
  }

  private static Optional<String> contradictoryNames(
      long ticketId, Change change, Origin origin, Batch batch) {
    return Naming.references(origin.system(), change.ticket()).stream()
        .filter(reference -> batch.references.getOrDefault(reference, ticketId) != ticketId)
        .map(
            reference ->
                "the message names two tickets: '%s' of %s belongs to another"
                    .formatted(reference.value(), reference.scheme()))
        .findFirst();
  }

  /** The ticket goes by every name the changes give it, unless another has the name already. */
  void learnNames(long ticketId, List<Change> changes, Origin origin, Batch batch) {
    changes.stream()
        .flatMap(change -> Naming.references(origin.system(), change.ticket()).stream())
        .filter(reference -> !reference.scheme().equals(TicketReference.HUB))
        .filter(reference -> !batch.references.containsKey(reference))
        .distinct()
        .toList()
        .forEach(reference -> batch.learn(new Learned(reference, ticketId, origin.receivedAt())));
  }
}

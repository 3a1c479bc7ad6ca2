package io.tickethub.intake;

import io.tickethub.intake.IntakeMessage.SameIdOtherBytes;
import io.tickethub.journal.Arrival;
import io.tickethub.journal.MessageJournal.Settlement;
import io.tickethub.journal.MessageLedger;
import io.tickethub.journal.MessageStatus;
import io.tickethub.journal.WaitingMessages.Waiting;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Origin;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Lets one message take effect in a batch: once, on its ticket, after everything the same ticket
 * was waited for.
 */
final class MessageApplier {

  private final ChangeApplier changes;
  private final Records records;

  MessageApplier(ChangeApplier changes, Records records) {
    this.changes = changes;
    this.records = records;
  }

  void apply(IntakeMessage message, Batch batch) {
    if (message.kept()) {
      applyKept(message, batch);
      return;
    }
    if (batch.journaled.contains(message.id())) {
      batch.returnedMessages.add(message.id());
      return;
    }
    MessageLedger.Seen seen = batch.seen.get(message.key());
    if (seen == null) {
      takeEffect(message, batch, 1);
    } else if (Arrays.equals(seen.digest(), message.digest())) {
      batch.duplicates.merge(message.key(), 1, Integer::sum);
      batch.duplicatedMessages.add(seen.messageId());
    } else if (message.sameIdOtherBytes() == SameIdOtherBytes.NEW_VERSION) {
      takeEffect(message, batch, seen.version() + 1);
    } else {
      refuseReusedId(message, batch, seen);
    }
  }

  private void refuseReusedId(IntakeMessage message, Batch batch, MessageLedger.Seen seen) {
    boolean conflict = message.sameIdOtherBytes() == SameIdOtherBytes.CONFLICT;
    journal(
        message,
        batch,
        seen.version() + 1,
        conflict ? MessageStatus.CONFLICT : MessageStatus.REJECTED,
        null,
        Problem.of(
            ProblemCode.REPEATED_ID,
            "message id",
            message.externalId(),
            "the id was used before for other content"));
  }

  private void takeEffect(IntakeMessage message, Batch batch, int version) {
    remember(message, batch, version);
    if (message.problem() != null) {
      journal(message, batch, version, MessageStatus.REJECTED, null, message.problem());
      return;
    }
    Change first = message.changes().get(0);
    if (first.ticket().customer() != null) {
      applyToCustomer(message, first.ticket().customer(), batch);
      journal(message, batch, version, MessageStatus.APPLIED, null, null);
      return;
    }
    Optional<Long> known = resolve(message.connector(), first.ticket(), batch);
    if (known.isEmpty() && !(first instanceof Change.Open)) {
      startWaiting(message, batch, version);
      return;
    }
    known.ifPresent(
        ticketId -> {
          changes.learnNames(ticketId, message.changes(), origin(message), batch);
          applyWaiting(message, batch);
        });
    long ticketId = changes.apply(message.changes(), origin(message), known, batch);
    journal(message, batch, version, MessageStatus.APPLIED, ticketId, null);
    if (known.isEmpty()) {
      applyWaiting(message, batch);
    }
  }

  private void applyToCustomer(IntakeMessage message, String customer, Batch batch) {
    for (long ticketId : batch.openTicketsOf.getOrDefault(customer, List.of())) {
      changes.apply(message.changes(), origin(message), Optional.of(ticketId), batch);
    }
  }

  private void startWaiting(IntakeMessage message, Batch batch, int version) {
    Waiting waiting = waiting(message);
    batch.startWaiting(waiting);
    journal(message, batch, version, MessageStatus.WAITING, null, unknownTicket(waiting));
  }

  private static Waiting waiting(IntakeMessage message) {
    return new Waiting(
        message.id(),
        message.connector(),
        message.channel(),
        Naming.toWaitFor(message.connector(), message.changes().get(0).ticket()),
        message.changes(),
        message.receivedAt());
  }

  private static Problem unknownTicket(Waiting waiting) {
    return Problem.of(
        ProblemCode.UNKNOWN_TICKET,
        "ticket",
        waiting.reference().value(),
        "no ticket is known by this number of %s yet".formatted(waiting.reference().scheme()));
  }

  private static Origin origin(IntakeMessage message) {
    return new Origin(message.connector(), message.channel(), message.id(), message.receivedAt());
  }

  private static Optional<Long> resolve(String system, TicketKey key, Batch batch) {
    return Naming.references(system, key).stream()
        .map(batch.references::get)
        .filter(Objects::nonNull)
        .findFirst();
  }

  /**
   * A message that waited for its ticket, together with all that wait for the same name; or one
   * that gave up and is replayed.
   */
  private void applyKept(IntakeMessage message, Batch batch) {
    batch.returnedMessages.add(message.id());
    TicketKey key = message.changes().get(0).ticket();
    applyWaiting(message, batch);
    if (!batch.dead.remove(message.id())) {
      return;
    }
    if (key.customer() != null) {
      for (long ticketId : batch.openTicketsOf.getOrDefault(key.customer(), List.of())) {
        applyAgain(message, Optional.of(ticketId), batch);
      }
      batch.settlements.add(new Settlement(message.id(), MessageStatus.APPLIED, null, null));
      return;
    }
    Waiting replayed = waiting(message);
    Optional<Long> known = resolve(message.connector(), key, batch);
    if (known.isPresent() || message.changes().get(0) instanceof Change.Open) {
      batch.settleWaiting(replayed, applyAgain(message, known, batch));
    } else {
      batch.startWaiting(replayed);
      batch.settlements.add(
          new Settlement(message.id(), MessageStatus.WAITING, null, unknownTicket(replayed)));
    }
  }

  /** What has been said since must not be undone. */
  private long applyAgain(IntakeMessage message, Optional<Long> known, Batch batch) {
    NewerFacts newer =
        known.map(id -> NewerFacts.than(message.id(), history(id, batch))).orElse(NewerFacts.NONE);
    return changes.apply(message.changes(), origin(message), known, newer, batch);
  }

  private List<TicketEvent> history(long ticketId, Batch batch) {
    List<TicketEvent> history = new ArrayList<>(records.tickets().events(ticketId));
    batch.events.stream().filter(event -> event.ticketId() == ticketId).forEach(history::add);
    return history;
  }

  /**
   * What had waited for this ticket, by any of the names now known, in the order in which it came.
   */
  private void applyWaiting(IntakeMessage message, Batch batch) {
    for (Change change : message.changes()) {
      for (TicketReference reference : Naming.references(message.connector(), change.ticket())) {
        batch.takeWaitingFor(reference).forEach(waiting -> applyWaiting(waiting, batch));
      }
    }
  }

  private void applyWaiting(Waiting waiting, Batch batch) {
    Optional<Long> known = Optional.of(batch.references.get(waiting.reference()));
    Origin origin =
        new Origin(waiting.connector(), waiting.channel(), waiting.messageId(), waiting.since());
    long ticketId = changes.apply(waiting.changes(), origin, known, batch);
    batch.settleWaiting(waiting, ticketId);
  }

  private static void remember(IntakeMessage message, Batch batch, int version) {
    MessageLedger.Seen seen = new MessageLedger.Seen(version, message.digest(), message.id());
    MessageLedger.Record record =
        new MessageLedger.Record(message.key(), seen, message.receivedAt());
    boolean isNew =
        !batch.seen.containsKey(message.key()) || batch.newInLedger.containsKey(message.key());
    (isNew ? batch.newInLedger : batch.renewedInLedger).put(message.key(), record);
    batch.seen.put(message.key(), seen);
  }

  private static void journal(
      IntakeMessage message,
      Batch batch,
      int version,
      MessageStatus status,
      Long ticketId,
      Problem problem) {
    batch.journal.add(
        new Arrival(
            message.id(),
            message.connector(),
            message.channel(),
            message.externalId(),
            version,
            status,
            ticketId,
            problem,
            message.provenance(),
            message.encryptedBody(),
            message.size(),
            message.receivedAt()));
  }

  /** Keeps a message that no rule could apply; a person has to look at it. */
  static void bury(IntakeMessage message, Batch batch, Problem problem) {
    if (message.kept()) {
      batch.noLongerWaiting.add(message.id());
      batch.settlements.add(new Settlement(message.id(), MessageStatus.DEAD, null, problem));
      return;
    }
    MessageLedger.Seen seen = batch.seen.get(message.key());
    int version = seen == null ? 1 : seen.version() + 1;
    remember(message, batch, version);
    journal(message, batch, version, MessageStatus.DEAD, null, problem);
  }
}

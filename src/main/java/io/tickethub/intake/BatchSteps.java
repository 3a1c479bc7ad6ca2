package io.tickethub.intake;

import io.tickethub.journal.Arrival;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.MessageJournal.Settlement;
import io.tickethub.journal.Provenance;
import io.tickethub.journal.WaitingMessages.Waiting;
import io.tickethub.ticket.Ticket;
import io.tickethub.trace.Step;
import io.tickethub.trace.Tracing;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The steps of a batch's messages. Each message has one of its own, in its own trace; all last as
 * long as the batch.
 */
final class BatchSteps {

  private final Tracing tracing;
  private final int size;
  private final Map<Long, Step> steps = new HashMap<>();

  private BatchSteps(Tracing tracing, int size) {
    this.tracing = tracing;
    this.size = size;
  }

  /** Null if nobody follows messages. */
  static BatchSteps begin(Tracing tracing, List<IntakeMessage> messages) {
    if (!tracing.isOn()) {
      return null;
    }
    BatchSteps begun = new BatchSteps(tracing, messages.size());
    messages.stream()
        .filter(message -> !message.kept())
        .forEach(
            message ->
                begun.begin(
                    message.id(),
                    message.connector(),
                    message.channel(),
                    message.provenance().trace()));
    return begun;
  }

  /** Begins those of messages that are in the journal already: its steps go on from there. */
  void begin(List<IntakeMessage> messages, List<Waiting> waiting, MessageJournal journal) {
    Map<Long, Waiting> earlier = new LinkedHashMap<>();
    Stream.concat(
            messages.stream().filter(IntakeMessage::kept).map(BatchSteps::waiting),
            waiting.stream())
        .forEach(message -> earlier.put(message.messageId(), message));
    if (earlier.isEmpty()) {
      return;
    }
    Map<Long, Provenance> provenance = journal.provenance(earlier.keySet());
    earlier.forEach(
        (id, message) ->
            begin(
                id,
                message.connector(),
                message.channel(),
                provenance.getOrDefault(id, Provenance.NONE).trace()));
  }

  private static Waiting waiting(IntakeMessage message) {
    return new Waiting(message.id(), message.connector(), message.channel(), null, List.of(), null);
  }

  private void begin(long id, String connector, String channel, String context) {
    steps.computeIfAbsent(
        id,
        any ->
            tracing
                .apply(context)
                .with("hub.message", Identifiers.text(id))
                .with("hub.connector", connector)
                .with("hub.channel", channel)
                .with("hub.batch.size", size));
  }

  /** From what a message leads to, its trace goes on; null for none. */
  String context(long messageId) {
    Step step = steps.get(messageId);
    return step == null ? null : step.context();
  }

  /** The batch is written. A message of which it holds nothing is one that came before. */
  void end(Batch batch, List<IntakeMessage> messages) {
    for (Arrival arrival : batch.journal) {
      end(arrival.id(), arrival.status().text(), arrival.ticketId(), batch);
    }
    for (Settlement settlement : batch.settlements) {
      end(settlement.id(), settlement.status().text(), settlement.ticketId(), batch);
    }
    messages.stream()
        .filter(message -> !message.kept())
        .forEach(message -> end(message.id(), "duplicate", null, batch));
  }

  private void end(long id, String outcome, Long ticketId, Batch batch) {
    Step step = steps.remove(id);
    if (step != null) {
      Ticket ticket = ticketId == null ? null : batch.ticket(ticketId);
      step.with("hub.outcome", outcome)
          .with("hub.ticket", ticket == null ? null : ticket.number())
          .end();
    }
  }

  /** Nothing of the batch is written. */
  void fail(Throwable cause) {
    steps.values().forEach(step -> step.fail(cause.getClass().getSimpleName()));
  }
}

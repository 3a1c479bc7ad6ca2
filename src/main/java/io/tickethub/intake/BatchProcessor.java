package io.tickethub.intake;

import io.tickethub.delivery.DeadLetters;
import io.tickethub.delivery.Dispatchers;
import io.tickethub.delivery.HandOver;
import io.tickethub.journal.MessageJournal.Settlement;
import io.tickethub.journal.MessageStatus;
import io.tickethub.journal.WaitingMessages.Waiting;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.trace.Tracing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies a batch of messages in one database transaction: all of it is durable when a method
 * returns, none of it if it throws.
 */
final class BatchProcessor {

  private static final int MOST_WAITING = 200;

  private final Records records;
  private final Dispatchers dispatchers;
  private final TransactionTemplate transactions;
  private final Tracing tracing;
  private final BatchLoader loader;
  private final BatchWriter writer;
  private final ChangeApplier changes;
  private final MessageApplier applier;
  private final LimitPass limits;
  private final CallBackPass callBacks;

  BatchProcessor(
      Rules rules,
      Records records,
      ConnectorDirectory connectors,
      Dispatchers dispatchers,
      TransactionTemplate transactions,
      Tracing tracing) {
    this.records = records;
    this.dispatchers = dispatchers;
    this.transactions = transactions;
    this.tracing = tracing;
    this.writer = new BatchWriter(records);
    ChangeApplier changes = new ChangeApplier(rules, records, connectors);
    this.changes = changes;
    this.loader = new BatchLoader(records, changes.repeats(), changes.massFaults());
    this.applier = new MessageApplier(changes, records);
    this.limits = new LimitPass(rules.timeLimits(), records, changes);
    this.callBacks = new CallBackPass(rules.callBacks(), records, changes);
  }

  /**
   * What a batch led to.
   *
   * @param messages the ids of those it held
   * @param tickets those the batch touched, by id
   * @param outcomes how many messages of each connector and channel came to what
   */
  record Result(
      List<Long> messages,
      List<TicketEvent> events,
      Map<Long, Ticket> tickets,
      Map<TrafficMeters.Key, Long> outcomes) {}

  /**
   * Applies messages in their order.
   *
   * @param slot this consumer's number, by which it keeps its own counts
   * @param again messages that may have been applied before, in a run that died before it could say
   *     so: what they led to then is part of the result
   */
  Result process(List<IntakeMessage> messages, int slot, boolean again) {
    BatchSteps steps = BatchSteps.begin(tracing, messages);
    try (HandOver deliveries = dispatchers.handOver()) {
      Batch batch = write(messages, slot, again, steps, deliveries);
      if (steps != null) {
        steps.end(batch, messages);
      }
      deliveries.begin(batch.tickets(), batch.eventsByKey());
      return result(messages, batch);
    }
  }

  private Batch write(
      List<IntakeMessage> messages,
      int slot,
      boolean again,
      BatchSteps steps,
      HandOver deliveries) {
    try {
      return transactions.execute(status -> apply(messages, slot, again, steps, deliveries));
    } catch (RuntimeException | Error e) {
      if (steps != null) {
        steps.fail(e);
      }
      throw e;
    }
  }

  private Batch apply(
      List<IntakeMessage> messages,
      int slot,
      boolean again,
      BatchSteps steps,
      HandOver deliveries) {
    Batch batch = loader.load(messages, again, steps);
    messages.forEach(message -> applier.apply(message, batch));
    limits.settle(batch);
    callBacks.settle(batch);
    changes.repeats().settle(batch);
    changes.massFaults().settle(batch);
    writer.write(batch, slot, deliveries);
    if (again) {
      batch.earlierEvents.addAll(eventsOfEarlierRun(batch));
    }
    return batch;
  }

  private List<TicketEvent> eventsOfEarlierRun(Batch batch) {
    Set<Long> messages = new HashSet<>(batch.duplicatedMessages);
    messages.addAll(batch.returnedMessages);
    batch.events.forEach(event -> messages.remove(event.messageId()));
    return records.tickets().eventsOfMessages(messages);
  }

  private static Result result(List<IntakeMessage> messages, Batch batch) {
    List<TicketEvent> events = new ArrayList<>(batch.earlierEvents);
    events.addAll(batch.events);
    return new Result(
        messages.stream().map(IntakeMessage::id).toList(),
        events,
        batch.tickets(),
        TrafficMeters.count(batch));
  }

  /** Keeps a message that cannot be applied, for a person to look at. */
  void bury(IntakeMessage message, RuntimeException cause) {
    transactions.executeWithoutResult(
        status -> {
          Batch batch = new Batch(null);
          batch.seen.putAll(records.ledger().find(List.of(message.key())));
          Problem problem = Problem.of(ProblemCode.INTERNAL, String.valueOf(cause.getMessage()));
          MessageApplier.bury(message, batch, problem);
          batch.deadLetters.add(
              letter(message.id(), message.connector(), message.channel(), problem));
          writer.write(batch, 0, dispatchers.handOver());
        });
  }

  /**
   * Some of the messages whose ticket has become known; they are to come through the queue again.
   */
  List<Waiting> released() {
    return records.waiting().released(MOST_WAITING);
  }

  /** Gives up messages that have waited since before {@code limit}; returns how many. */
  int giveUpWaiting(Instant limit) {
    Integer count =
        transactions.execute(
            status -> {
              List<Waiting> expired = records.waiting().waitingSinceBefore(limit, MOST_WAITING);
              List<Settlement> settlements = new ArrayList<>();
              List<DeadLetters.Letter> letters = new ArrayList<>();
              for (Waiting waiting : expired) {
                Problem problem =
                    Problem.of(
                        ProblemCode.UNKNOWN_TICKET,
                        "ticket",
                        waiting.reference().value(),
                        "no ticket became known by this number of " + waiting.reference().scheme());
                settlements.add(
                    new Settlement(waiting.messageId(), MessageStatus.DEAD, null, problem));
                letters.add(
                    letter(waiting.messageId(), waiting.connector(), waiting.channel(), problem));
              }
              records.waiting().remove(expired.stream().map(Waiting::messageId).toList());
              records.journal().settle(settlements);
              records.deadLetters().add(letters);
              return expired.size();
            });
    return count == null ? 0 : count;
  }

  private static DeadLetters.Letter letter(
      long messageId, String connector, String channel, Problem problem) {
    return new DeadLetters.Letter(
        DeadLetters.Kind.MESSAGE,
        messageId,
        null,
        null,
        connector,
        channel,
        problem.code().code(),
        problem.sentence());
  }
}

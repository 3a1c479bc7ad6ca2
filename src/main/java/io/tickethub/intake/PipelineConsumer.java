package io.tickethub.intake;

import io.tickethub.journal.Identifiers;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.trace.Step;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * One consumer of the intake queue. It takes what is there, up to a batch; applies it in one
 * database transaction; publishes the events and acknowledges in one broker transaction. A death
 * between the two brings the batch again, and the ledger knows it.
 */
final class PipelineConsumer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PipelineConsumer.class);
  private static final long IDLE_MILLISECONDS = 500;

  /** A message waits at most so long for others, that under load a transaction has much to do. */
  private static final long GATHER_MILLISECONDS = 10;

  private static final long TROUBLE_MILLISECONDS = 1_000;
  private static final int MOST_BYTES = 16 << 20;
  private static final int MOST_ATTEMPTS = 3;

  /** Class of SQLSTATE. */
  private static final String PROGRAM_LIMIT_EXCEEDED = "54";

  private final ConnectionFactory connections;
  private final IntakeCodec codec;
  private final BatchProcessor processor;
  private final EventTopic topic = new EventTopic();
  private final Predicate<String> listened;
  private final Consumer<BatchProcessor.Result> applied;
  private final int slot;
  private final int mostMessages;
  private final Clock clock;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);

  PipelineConsumer(
      ConnectionFactory connections,
      IntakeCodec codec,
      BatchProcessor processor,
      Predicate<String> listened,
      int slot,
      int mostMessages,
      Clock clock,
      Consumer<BatchProcessor.Result> applied) {
    this.connections = connections;
    this.codec = codec;
    this.processor = processor;
    this.listened = listened;
    this.slot = slot;
    this.mostMessages = mostMessages;
    this.clock = clock;
    this.applied = applied;
    this.thread = new Thread(this::run, "pipeline-" + slot);
    this.thread.start();
  }

  private void run() {
    while (running()) {
      try (Connection connection = connections.createConnection();
          Session session = connection.createSession(Session.SESSION_TRANSACTED);
          MessageConsumer consumer = session.createConsumer(session.createQueue(IntakeQueue.NAME));
          MessageProducer producer = session.createProducer(session.createTopic(EventTopic.NAME))) {
        producer.setDeliveryMode(DeliveryMode.PERSISTENT);
        connection.start();
        consume(session, consumer, producer);
      } catch (JMSException e) {
        if (running()) {
          LOG.warn("the broker does not answer, trying again: {}", e.getMessage());
          pause();
        }
      } catch (RuntimeException | Error e) {
        // Nobody else would take over this consumer's part of the queue.
        LOG.error("the pipeline stumbled, trying again", e);
        pause();
      }
    }
  }

  private void consume(Session session, MessageConsumer consumer, MessageProducer producer)
      throws JMSException {
    Instant begin = clock.instant();
    while (running()) {
      Message first = consumer.receive(IDLE_MILLISECONDS);
      if (first == null) {
        continue;
      }
      List<BatchProcessor.Result> results = apply(gather(first, consumer, begin));
      if (results == null) {
        session.rollback();
        return;
      }
      publish(results, session, producer);
      session.commit();
      results.forEach(applied);
    }
  }

  /** What is committed already: who subscribes from here on can look it up. */
  private void publish(
      List<BatchProcessor.Result> results, Session session, MessageProducer producer)
      throws JMSException {
    if (!listened.test(EventTopic.NAME)) {
      return;
    }
    for (BatchProcessor.Result result : results) {
      for (TicketEvent event : result.events()) {
        if (result.tickets().containsKey(event.ticketId())) {
          topic.send(event, result.tickets().get(event.ticketId()), session, producer);
        }
      }
    }
  }

  /**
   * What is to be applied at once.
   *
   * @param again an earlier run may have applied some of it without coming to say so. The broker's
   *     own mark of a redelivery does not outlive the broker, so whatever was received before this
   *     run began is suspected too.
   */
  private record Gathered(List<IntakeMessage> messages, boolean again) {}

  private Gathered gather(Message first, MessageConsumer consumer, Instant begin)
      throws JMSException {
    List<IntakeMessage> batch = new ArrayList<>();
    boolean again = false;
    long bytes = 0;
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GATHER_MILLISECONDS);
    for (Message message = first; message != null; ) {
      again |= message.getJMSRedelivered();
      for (IntakeMessage opened : codec.open((BytesMessage) message)) {
        batch.add(opened);
        again |= opened.receivedAt().isBefore(begin);
        bytes += opened.encryptedBody().length;
      }
      boolean full = batch.size() >= mostMessages || bytes > MOST_BYTES;
      message = full ? null : next(consumer, end);
    }
    return new Gathered(batch, again);
  }

  private static Message next(MessageConsumer consumer, long end) throws JMSException {
    long milliseconds = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    return milliseconds > 0 ? consumer.receive(milliseconds) : consumer.receiveNoWait();
  }

  /** Null if the consumer was stopped before the batch could be applied. */
  private List<BatchProcessor.Result> apply(Gathered gathered) {
    List<IntakeMessage> batch = gathered.messages();
    boolean again = gathered.again();
    for (int attempt = 1; running(); ) {
      try {
        return List.of(process(batch, again));
      } catch (RuntimeException e) {
        if (isOutage(e)) {
          LOG.warn("the database does not answer, messages wait in the queue: {}", e.getMessage());
          again = true;
          pause();
        } else if (attempt < MOST_ATTEMPTS) {
          attempt++;
        } else if (batch.size() > 1) {
          LOG.warn("a batch of {} cannot be applied, going on message by message", batch.size(), e);
          return applySingly(batch);
        } else if (buried(batch.get(0), e)) {
          return List.of();
        } else {
          again = true;
          pause();
        }
      }
    }
    return null;
  }

  /** What a message leads to in somebody's adapter is that message's trouble, even an error. */
  private BatchProcessor.Result process(List<IntakeMessage> batch, boolean again) {
    try {
      return processor.process(batch, slot, again);
    } catch (StackOverflowError | LinkageError | AssertionError e) {
      throw new IllegalStateException(e.toString(), e);
    }
  }

  /** One bad message must not harm the others. */
  private List<BatchProcessor.Result> applySingly(List<IntakeMessage> batch) {
    List<BatchProcessor.Result> results = new ArrayList<>();
    for (IntakeMessage message : batch) {
      List<BatchProcessor.Result> single = apply(new Gathered(List.of(message), true));
      if (single == null) {
        return null;
      }
      results.addAll(single);
    }
    return results;
  }

  private boolean buried(IntakeMessage message, RuntimeException cause) {
    try {
      processor.bury(message, cause);
      said(LOG.atError(), message)
          .setCause(cause)
          .log(
              "{}/{}: a message cannot be applied and waits as a dead letter",
              message.connector(),
              message.channel());
      return true;
    } catch (DataAccessException | TransactionException e) {
      said(LOG.atWarn(), message)
          .log("a message can neither be applied nor buried, trying again: {}", e.getMessage());
      return false;
    }
  }

  /** A line of the log with what it is about, for programs that read it. */
  private static LoggingEventBuilder said(LoggingEventBuilder line, IntakeMessage message) {
    return line.addKeyValue("hub.connector", message.connector())
        .addKeyValue("hub.channel", message.channel())
        .addKeyValue("hub.message", Identifiers.text(message.id()))
        .addKeyValue("trace.id", Step.traceId(message.provenance().trace()));
  }

  private static boolean isOutage(RuntimeException e) {
    return e instanceof TransactionException
        || e instanceof DataAccessResourceFailureException && !isTooLarge(e)
        || e instanceof RecoverableDataAccessException
        || e instanceof NonTransientDataAccessResourceException;
  }

  /** Spring counts it among the outages, but the database is well: a value is too large for it. */
  private static boolean isTooLarge(RuntimeException e) {
    return NestedExceptionUtils.getRootCause(e) instanceof SQLException cause
        && String.valueOf(cause.getSQLState()).startsWith(PROGRAM_LIMIT_EXCEEDED);
  }

  private boolean running() {
    return stopping.getCount() > 0;
  }

  private void pause() {
    try {
      stopping.await(TROUBLE_MILLISECONDS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping.countDown();
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopping.countDown();
    thread.join();
  }
}

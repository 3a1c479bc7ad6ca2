package io.tickethub.intake;

import io.tickethub.ticket.TicketEvent;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;

/**
 * One consumer of the intake queue. It takes what is there, up to a batch; applies it in one
 * database transaction; publishes the events and acknowledges in one broker transaction. A death
 * between the two brings the batch again, and the ledger knows it.
 */
final class PipelineConsumer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PipelineConsumer.class);
  private static final long IDLE_MILLISECONDS = 500;
  private static final long GATHER_MILLISECONDS = 1;
  private static final long TROUBLE_MILLISECONDS = 1_000;
  private static final int MOST_BYTES = 16 << 20;

  private final ConnectionFactory connections;
  private final IntakeCodec codec;
  private final BatchProcessor processor;
  private final EventTopic topic = new EventTopic();
  private final Consumer<BatchProcessor.Result> applied;
  private final int slot;
  private final int mostMessages;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);

  PipelineConsumer(
      ConnectionFactory connections,
      IntakeCodec codec,
      BatchProcessor processor,
      int slot,
      int mostMessages,
      Consumer<BatchProcessor.Result> applied) {
    this.connections = connections;
    this.codec = codec;
    this.processor = processor;
    this.slot = slot;
    this.mostMessages = mostMessages;
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
      } catch (RuntimeException e) {
        LOG.error("the pipeline stumbled, trying again", e);
        pause();
      }
    }
  }

  private void consume(Session session, MessageConsumer consumer, MessageProducer producer)
      throws JMSException {
    while (running()) {
      Message first = consumer.receive(IDLE_MILLISECONDS);
      if (first == null) {
        continue;
      }
      boolean again = first.getJMSRedelivered();
      List<IntakeMessage> batch = gather(first, consumer);
      List<BatchProcessor.Result> results = apply(batch, again);
      if (results == null) {
        session.rollback();
        return;
      }
      for (BatchProcessor.Result result : results) {
        for (TicketEvent event : result.events()) {
          if (result.tickets().containsKey(event.ticketId())) {
            topic.send(event, result.tickets().get(event.ticketId()), session, producer);
          }
        }
      }
      session.commit();
      results.forEach(applied);
    }
  }

  private List<IntakeMessage> gather(Message first, MessageConsumer consumer) throws JMSException {
    List<IntakeMessage> batch = new ArrayList<>();
    long bytes = 0;
    for (Message message = first; message != null; ) {
      IntakeMessage decoded = codec.decode((BytesMessage) message);
      batch.add(decoded);
      bytes += decoded.encryptedBody().length;
      boolean full = batch.size() >= mostMessages || bytes > MOST_BYTES;
      message = full ? null : consumer.receive(GATHER_MILLISECONDS);
    }
    return batch;
  }

  /** Null if the consumer was stopped before the batch could be applied. */
  private List<BatchProcessor.Result> apply(List<IntakeMessage> batch, boolean again) {
    boolean maybeAppliedBefore = again;
    for (int attempt = 1; running(); attempt++) {
      try {
        return List.of(processor.process(batch, slot, maybeAppliedBefore));
      } catch (RuntimeException e) {
        if (isOutage(e)) {
          LOG.warn("the database does not answer, messages wait in the queue: {}", e.getMessage());
          maybeAppliedBefore = true;
          pause();
        } else if (attempt >= 3) {
          LOG.warn("a batch of {} cannot be applied, going on message by message", batch.size(), e);
          return applySingly(batch, maybeAppliedBefore);
        }
      }
    }
    return null;
  }

  /** One bad message must not harm the others. */
  private List<BatchProcessor.Result> applySingly(List<IntakeMessage> batch, boolean again) {
    List<BatchProcessor.Result> results = new ArrayList<>();
    for (IntakeMessage message : batch) {
      while (true) {
        try {
          results.add(processor.process(List.of(message), slot, again));
          break;
        } catch (RuntimeException e) {
          if (!running()) {
            return null;
          }
          if (!isOutage(e) && buried(message, e)) {
            break;
          }
          pause();
        }
      }
    }
    return results;
  }

  private boolean buried(IntakeMessage message, RuntimeException cause) {
    try {
      processor.bury(message, cause);
      LOG.error(
          "{}/{}: a message cannot be applied and waits as a dead letter",
          message.connector(),
          message.channel(),
          cause);
      return true;
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("a message can neither be applied nor buried, trying again: {}", e.getMessage());
      return false;
    }
  }

  private static boolean isOutage(RuntimeException e) {
    return e instanceof CannotCreateTransactionException
        || e instanceof TransactionException
        || e instanceof DataAccessResourceFailureException
        || e instanceof RecoverableDataAccessException
        || e instanceof NonTransientDataAccessResourceException;
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

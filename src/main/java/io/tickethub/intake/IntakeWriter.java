package io.tickethub.intake;

import io.tickethub.intake.IntakeQueue.Entry;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the intake queue whatever waits, in one transaction of the broker: one fsync, however
 * many senders. Two writers take turns: while one waits for the disk, the other gathers.
 */
final class IntakeWriter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IntakeWriter.class);
  private static final int MOST_ENTRIES = 200;
  private static final long IDLE_MILLISECONDS = 200;

  private final ConnectionFactory connections;
  private final BlockingQueue<Entry> entries;
  private final Thread thread;
  private Connection connection;
  private Session session;
  private MessageProducer producer;
  private volatile boolean closed;

  IntakeWriter(ConnectionFactory connections, BlockingQueue<Entry> entries, String name) {
    this.connections = connections;
    this.entries = entries;
    this.thread = new Thread(this::run, name);
    this.thread.start();
  }

  private void run() {
    List<Entry> batch = new ArrayList<>();
    while (gather(batch)) {
      write(batch);
      batch.clear();
    }
    disconnect();
    entries.drainTo(batch);
    refuse(batch, new IllegalStateException("the hub is stopping"));
  }

  /** Waits for entries; false if the writer was closed and nothing waits any more. */
  private boolean gather(List<Entry> batch) {
    try {
      while (batch.isEmpty()) {
        Entry first = entries.poll(IDLE_MILLISECONDS, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          entries.drainTo(batch, MOST_ENTRIES - 1);
        } else if (closed) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * A connection may have died since it was last used, so a failure on one that was not opened just
   * now is tried once more. Should the first attempt have succeeded after all, the ledger knows the
   * messages.
   */
  private void write(List<Entry> batch) {
    boolean connected = session != null;
    try {
      commit(batch);
    } catch (JMSException | RuntimeException e) {
      disconnect();
      if (connected) {
        write(batch);
      } else {
        LOG.debug("{} entries could not be kept", batch.size(), e);
        refuse(batch, e);
      }
    }
  }

  private void commit(List<Entry> batch) throws JMSException {
    connect();
    for (Entry entry : batch) {
      for (IntakeCodec.Encoded message : entry.messages()) {
        producer.send(message.in(session));
      }
    }
    session.commit();
    batch.forEach(entry -> entry.done().complete(null));
  }

  private static void refuse(List<Entry> batch, Exception cause) {
    batch.forEach(entry -> entry.done().completeExceptionally(cause));
  }

  private void connect() throws JMSException {
    if (session == null) {
      connection = connections.createConnection();
      session = connection.createSession(Session.SESSION_TRANSACTED);
      producer = session.createProducer(session.createQueue(IntakeQueue.NAME));
      producer.setDeliveryMode(DeliveryMode.PERSISTENT);
      producer.setDisableMessageTimestamp(true);
    }
  }

  private void disconnect() {
    if (connection != null) {
      try {
        connection.close();
      } catch (JMSException e) {
        LOG.debug("closing a broken connection: {}", e.toString());
      }
    }
    connection = null;
    session = null;
    producer = null;
  }

  /** Writes what waits and stops. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

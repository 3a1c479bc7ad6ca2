package io.tickethub.intake;

import io.tickethub.intake.IntakeCodec.Encoded;
import io.tickethub.intake.IntakeQueue.Entry;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** Below what Artemis stores as a file of its own (100 KiB). */
  private static final int MOST_PARCEL_BYTES = 64 << 10;

  private final ConnectionFactory connections;
  private final IntakeCodec codec;
  private final BlockingQueue<Entry> entries;
  private final IntakeWatch watch;
  private final Thread thread;
  private Connection connection;
  private Session session;
  private MessageProducer producer;
  private volatile boolean closed;

  IntakeWriter(
      ConnectionFactory connections,
      IntakeCodec codec,
      BlockingQueue<Entry> entries,
      IntakeWatch watch,
      String name) {
    this.connections = connections;
    this.codec = codec;
    this.entries = entries;
    this.watch = watch;
    this.thread = new Thread(this::run, name);
    this.thread.start();
  }

  private void run() {
    List<Entry> batch = new ArrayList<>();
    while (gather(batch)) {
      try {
        write(batch);
      } catch (Error e) {
        LOG.error("writing to the intake queue failed, its senders have to send again", e);
        disconnect();
        watch.refused(this, new IllegalStateException(e.toString(), e));
        refuse(batch, new IllegalStateException(e.toString(), e));
      }
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
    watch.begins(this);
    try {
      commit(batch);
      watch.kept(this);
    } catch (JMSException | RuntimeException e) {
      disconnect();
      if (connected) {
        write(batch);
      } else {
        LOG.debug("{} entries could not be kept", batch.size(), e);
        watch.refused(this, e);
        refuse(batch, e);
      }
    }
  }

  private void commit(List<Entry> batch) throws JMSException {
    connect();
    for (List<Encoded> parcel : parcels(batch)) {
      producer.send(codec.parcel(parcel, session));
    }
    session.commit();
    batch.forEach(entry -> entry.done().complete(null));
  }

  private static Collection<List<Encoded>> parcels(List<Entry> batch) {
    List<List<Encoded>> full = new ArrayList<>();
    Map<Integer, List<Encoded>> filling = new TreeMap<>();
    Map<Integer, Integer> lengths = new HashMap<>();
    for (Entry entry : batch) {
      for (Encoded message : entry.messages()) {
        int partition = message.partition();
        if (lengths.merge(partition, message.length(), Integer::sum) > MOST_PARCEL_BYTES
            && filling.containsKey(partition)) {
          full.add(filling.remove(partition));
          lengths.put(partition, message.length());
        }
        filling.computeIfAbsent(partition, any -> new ArrayList<>()).add(message);
      }
    }
    full.addAll(filling.values());
    return full;
  }

  private static void refuse(List<Entry> batch, Exception cause) {
    batch.forEach(entry -> entry.done().completeExceptionally(cause));
  }

  private void connect() throws JMSException {
    if (session == null) {
      connection = connections.createConnection();
      connection.setExceptionListener(e -> watch.lost());
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

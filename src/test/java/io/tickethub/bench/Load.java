package io.tickethub.bench;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Senders at work, each with a connection of its own, one message after the other. */
final class Load {

  static final String QUEUE = "bench.in";
  static final String USER = "bench";

  private Load() {}

  /** One connection. */
  interface Sender extends AutoCloseable {
    /** Returns when there is a receipt. */
    void send(Report report) throws IOException, JMSException;

    @Override
    void close() throws IOException, JMSException;
  }

  /** Opens a connection. */
  @FunctionalInterface
  interface Connector {
    Sender open() throws IOException, JMSException;
  }

  static Connector byHttp(URI url) {
    return () -> new HttpSender(url);
  }

  static Connector byJms(String brokerUrl, String password) {
    return () -> new JmsSender(brokerUrl, password);
  }

  /** Messages of a ticket form a group, so that several consumers keep their order. */
  private static final class JmsSender implements Sender {
    private final ActiveMQConnectionFactory connections;
    private final Connection connection;
    private final Session session;
    private final MessageProducer producer;

    private JmsSender(String brokerUrl, String password) throws JMSException {
      connections = new ActiveMQConnectionFactory(brokerUrl, USER, password);
      connection = connections.createConnection();
      session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
      producer = session.createProducer(session.createQueue(QUEUE));
      producer.setDeliveryMode(DeliveryMode.PERSISTENT);
    }

    @Override
    public void send(Report report) throws JMSException {
      BytesMessage message = session.createBytesMessage();
      message.writeBytes(report.body());
      message.setStringProperty("JMSXGroupID", report.ticket());
      producer.send(message);
    }

    @Override
    public void close() throws JMSException {
      connection.close();
      connections.close();
    }
  }

  /**
   * Sends the lists at once, each over a connection of its own.
   *
   * @param connectors take turns
   */
  static void send(List<List<Report>> lists, List<Connector> connectors)
      throws InterruptedException {
    List<Callable<Long>> senders = new ArrayList<>();
    for (int i = 0; i < lists.size(); i++) {
      List<Report> reports = lists.get(i);
      Connector connector = connectors.get(i % connectors.size());
      senders.add(
          () -> {
            try (Sender sender = connector.open()) {
              for (Report report : reports) {
                sender.send(report);
              }
            }
            return (long) reports.size();
          });
    }
    sum(senders);
  }

  /** Sends over so many connections for a while; returns receipts a second. */
  static double rate(
      Connector connector, int connections, Duration duration, Supplier<Report> reports)
      throws InterruptedException {
    List<Callable<Long>> senders = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      senders.add(
          () -> {
            try (Sender sender = connector.open()) {
              long end = System.nanoTime() + duration.toNanos();
              long sent = 0;
              while (System.nanoTime() - end < 0) {
                sender.send(reports.get());
                sent++;
              }
              return sent;
            }
          });
    }
    return sum(senders) * 1e9 / duration.toNanos();
  }

  private static long sum(List<Callable<Long>> senders) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(senders.size());
    try {
      long sum = 0;
      for (Future<Long> sender : threads.invokeAll(senders)) {
        sum += sender.get();
      }
      return sum;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a sender failed: " + e.getCause(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}

package io.tickethub.standin;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a system talks JMS: it connects again whenever the connection is gone, and keeps a message
 * until the broker has it.
 */
final class BrokerClient implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerClient.class);

  private final ActiveMQConnectionFactory connections;
  private final List<Thread> consumers = new ArrayList<>();
  private Connection sending;
  private Session session;
  private volatile boolean closed;

  BrokerClient(String url, String user, String password) {
    connections = new ActiveMQConnectionFactory(url, user, password);
    connections.setReconnectAttempts(0);
    connections.setCallTimeout(5_000);
    connections.setConnectionTTL(10_000);
    connections.setClientFailureCheckPeriod(3_000);
  }

  /** Handles a message; throwing puts it back. */
  @FunctionalInterface
  interface Handler {
    void handle(Message message) throws Exception;
  }

  /** Sends a text; when this returns, the broker has it. */
  synchronized void send(String queue, String text, String replyTo, String correlationId)
      throws JMSException {
    try {
      if (session == null) {
        sending = connections.createConnection();
        session = sending.createSession(Session.AUTO_ACKNOWLEDGE);
      }
      try (MessageProducer producer = session.createProducer(session.createQueue(queue))) {
        TextMessage message = session.createTextMessage(text);
        if (replyTo != null) {
          Queue reply = session.createQueue(replyTo);
          message.setJMSReplyTo(reply);
          message.setJMSCorrelationID(correlationId);
        }
        producer.send(message);
      }
    } catch (JMSException e) {
      disconnect();
      throw e;
    }
  }

  private void disconnect() {
    if (sending != null) {
      try {
        sending.close();
      } catch (JMSException e) {
        LOG.debug("closing a broken connection: {}", e.toString());
      }
    }
    sending = null;
    session = null;
  }

  /** Consumes a queue, one message at a time, each in a transaction. */
  void consume(String queue, Handler handler) {
    Thread thread =
        new Thread(
            () ->
                keepConsuming(
                    queue, session -> session.createConsumer(session.createQueue(queue)), handler),
            "consume-" + queue);
    thread.start();
    consumers.add(thread);
  }

  /** Consumes a topic by a durable subscription, one message at a time, each in a transaction. */
  void subscribe(String topic, String client, Handler handler) {
    connections.setClientID(client);
    Opening opening =
        session -> session.createDurableConsumer(session.createTopic(topic), "events");
    Thread thread = new Thread(() -> keepConsuming(topic, opening, handler), "subscribe-" + topic);
    thread.start();
    consumers.add(thread);
  }

  private interface Opening {
    MessageConsumer open(Session session) throws JMSException;
  }

  private void keepConsuming(String queue, Opening opening, Handler handler) {
    while (!closed) {
      try (Connection connection = connections.createConnection();
          Session consuming = connection.createSession(Session.SESSION_TRANSACTED);
          MessageConsumer consumer = opening.open(consuming)) {
        connection.start();
        while (!closed) {
          Message message = consumer.receive(500);
          if (message != null) {
            handler.handle(message);
            consuming.commit();
          }
        }
      } catch (Exception e) {
        LOG.debug("{}: connecting again: {}", queue, e.toString());
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    consumers.forEach(Thread::interrupt);
    synchronized (this) {
      disconnect();
    }
    connections.close();
  }
}

package io.tickethub.harness;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A JMS client that sends whatever it likes, to the hub's broker or another. */
public final class JmsCaller implements AutoCloseable {

  private static final long PATIENCE_MILLISECONDS = 20_000;

  private final ConnectionFactory connections;
  private final Connection connection;
  private final Session session;

  public JmsCaller(String url, String user, String password) throws JMSException {
    this(new ActiveMQConnectionFactory(url, user, password));
  }

  public JmsCaller(ConnectionFactory connections) throws JMSException {
    this.connections = connections;
    connection = connections.createConnection();
    session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
    connection.start();
  }

  /** The call centre's client in these surroundings. */
  public static JmsCaller callCenter(Surroundings surroundings) throws JMSException {
    return new JmsCaller(
        surroundings.neighbours().broker(), "call-center", surroundings.neighbours().secret());
  }

  /** Makes messages of any kind. */
  public Session session() {
    return session;
  }

  public TextMessage text(String text) throws JMSException {
    return session.createTextMessage(text);
  }

  /** Sends a message; {@code replyTo} null if no answer is wanted. */
  public void send(String queue, Message message, String replyTo, String correlationId)
      throws JMSException {
    if (replyTo != null) {
      message.setJMSReplyTo(session.createQueue(replyTo));
    }
    if (correlationId != null) {
      message.setJMSCorrelationID(correlationId);
    }
    try (MessageProducer producer = session.createProducer(session.createQueue(queue))) {
      producer.send(message);
    }
  }

  /** Waits for the answer with this correlation id. */
  public TextMessage receive(String queue, String correlationId) throws JMSException {
    String selector = "JMSCorrelationID = '%s'".formatted(correlationId);
    try (MessageConsumer consumer = session.createConsumer(session.createQueue(queue), selector)) {
      Message message = consumer.receive(PATIENCE_MILLISECONDS);
      if (message == null) {
        throw new AssertionError("no answer to " + correlationId);
      }
      return (TextMessage) message;
    }
  }

  /** Waits for a bytes message. */
  public byte[] receiveBytes(String queue) throws JMSException {
    return receive(queue).getBody(byte[].class);
  }

  /** Waits for any message. */
  public Message receive(String queue) throws JMSException {
    try (MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
      Message message = consumer.receive(PATIENCE_MILLISECONDS);
      if (message == null) {
        throw new AssertionError("nothing in " + queue);
      }
      return message;
    }
  }

  @Override
  public void close() throws JMSException {
    connection.close();
    if (connections instanceof ActiveMQConnectionFactory artemis) {
      artemis.close();
    }
  }
}

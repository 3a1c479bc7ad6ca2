package io.tickethub.kit.contract;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Puts messages into a queue. */
final class QueueSender implements Sender {

  private final Supplier<ConnectionFactory> broker;
  private final String queue;
  private final Charset charset;

  QueueSender(Supplier<ConnectionFactory> broker, String queue, String charset) {
    this.broker = broker;
    this.queue = queue;
    this.charset = Charset.forName(charset);
  }

  @Override
  public Told send(byte[] body, Map<String, String> properties) {
    return send(bytes(body), properties);
  }

  @Override
  public Told sendOtherwise(byte[] body, Map<String, String> properties) {
    return send(session -> session.createTextMessage(new String(body, charset)), properties);
  }

  /** All at once, so that whoever takes several at a time has them before it. */
  @Override
  public void sendAll(List<Outgoing> messages) {
    try (Connection connection = broker.get().createConnection();
        Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
      MessageProducer producer = session.createProducer(session.createQueue(queue));
      for (Outgoing message : messages) {
        producer.send(made(session, bytes(message.body()), message.properties()));
      }
      session.commit();
    } catch (JMSException e) {
      throw untaken(e);
    }
  }

  private interface Maker {
    Message make(Session session) throws JMSException;
  }

  private static Maker bytes(byte[] body) {
    return session -> {
      BytesMessage message = session.createBytesMessage();
      message.writeBytes(body);
      return message;
    };
  }

  private Told send(Maker maker, Map<String, String> properties) {
    try (Connection connection = broker.get().createConnection();
        Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
      session.createProducer(session.createQueue(queue)).send(made(session, maker, properties));
      return Told.NOTHING;
    } catch (JMSException e) {
      throw untaken(e);
    }
  }

  private static Message made(Session session, Maker maker, Map<String, String> properties)
      throws JMSException {
    Message message = maker.make(session);
    for (Map.Entry<String, String> property : properties.entrySet()) {
      set(session, message, property.getKey(), property.getValue());
    }
    return message;
  }

  private BrokenContractException untaken(JMSException e) {
    return new BrokenContractException("the queue %s takes no message: %s".formatted(queue, e));
  }

  private static void set(Session session, Message message, String name, String value)
      throws JMSException {
    switch (name) {
      case "JMSReplyTo" -> message.setJMSReplyTo(session.createQueue(value));
      case "JMSCorrelationID" -> message.setJMSCorrelationID(value);
      default -> message.setStringProperty(name, value);
    }
  }
}

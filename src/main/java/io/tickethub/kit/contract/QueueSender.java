package io.tickethub.kit.contract;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.nio.charset.Charset;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Puts messages into a queue of the hub's broker. */
final class QueueSender implements Sender {

  private final HubHolder hub;
  private final String queue;
  private final Charset charset;

  QueueSender(HubHolder hub, String queue, String charset) {
    this.hub = hub;
    this.queue = queue;
    this.charset = Charset.forName(charset);
  }

  @Override
  public Told send(byte[] body, Map<String, String> properties) {
    return send(
        session -> {
          BytesMessage message = session.createBytesMessage();
          message.writeBytes(body);
          return message;
        },
        properties);
  }

  @Override
  public Told sendOtherwise(byte[] body, Map<String, String> properties) {
    return send(session -> session.createTextMessage(new String(body, charset)), properties);
  }

  private interface Maker {
    Message make(Session session) throws JMSException;
  }

  private Told send(Maker maker, Map<String, String> properties) {
    try (Connection connection = hub.part(ActiveMQConnectionFactory.class).createConnection();
        Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
      Message message = maker.make(session);
      for (Map.Entry<String, String> property : properties.entrySet()) {
        set(session, message, property.getKey(), property.getValue());
      }
      Queue destination = session.createQueue(queue);
      session.createProducer(destination).send(message);
      return Told.NOTHING;
    } catch (JMSException e) {
      throw new BrokenContractException("the queue %s takes no message: %s".formatted(queue, e));
    }
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

package io.tickethub.kit.contract;

import io.tickethub.kit.contract.server.Received;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Fetches what the hub puts into a queue. */
final class QueueTarget {

  private final Supplier<ConnectionFactory> broker;
  private final String queue;
  private final Charset charset;
  private final List<Received> received = new ArrayList<>();

  QueueTarget(Supplier<ConnectionFactory> broker, String queue, String charset) {
    this.broker = broker;
    this.queue = queue;
    this.charset = Charset.forName(charset);
  }

  /** Everything that was put there, in order. */
  synchronized List<Received> received() {
    try (Connection connection = broker.get().createConnection();
        Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
      connection.start();
      for (Message message = consumer.receiveNoWait();
          message != null;
          message = consumer.receiveNoWait()) {
        received.add(new Received("PUT", queue, properties(message), body(message), true));
      }
    } catch (JMSException e) {
      throw new BrokenContractException("the queue %s cannot be read: %s".formatted(queue, e));
    }
    return List.copyOf(received);
  }

  private byte[] body(Message message) throws JMSException {
    if (message instanceof TextMessage text) {
      return text.getText().getBytes(charset);
    }
    if (message instanceof BytesMessage binary) {
      byte[] bytes = new byte[(int) binary.getBodyLength()];
      binary.readBytes(bytes);
      return bytes;
    }
    throw new BrokenContractException("the queue %s got neither text nor bytes".formatted(queue));
  }

  private static Map<String, String> properties(Message message) throws JMSException {
    Map<String, String> properties = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Enumeration<?> names = message.getPropertyNames(); names.hasMoreElements(); ) {
      String name = String.valueOf(names.nextElement());
      properties.put(name, String.valueOf(message.getObjectProperty(name)));
    }
    if (message.getJMSCorrelationID() != null) {
      properties.put("JMSCorrelationID", message.getJMSCorrelationID());
    }
    return properties;
  }
}

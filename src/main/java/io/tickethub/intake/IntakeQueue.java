package io.tickethub.intake;

import io.tickethub.journal.Sealer;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.List;

/** Where messages are safe: when {@code put} returns, they are fsynced. Thread-safe. */
public final class IntakeQueue {

  static final String NAME = "hub.intake";

  private final ConnectionFactory connections;
  private final IntakeCodec codec;

  /** {@code connections} pools sessions and producers. */
  public IntakeQueue(ConnectionFactory connections, Sealer sealer) {
    this.connections = connections;
    this.codec = new IntakeCodec(sealer);
  }

  /** Keeps one message. */
  public void put(IntakeMessage message) {
    send(List.of(message), false);
  }

  /** Keeps all of the messages or none. */
  public void putAll(List<IntakeMessage> messages) {
    send(messages, true);
  }

  private void send(List<IntakeMessage> messages, boolean transacted) {
    try (Connection connection = connections.createConnection();
        Session session =
            connection.createSession(
                transacted, transacted ? Session.SESSION_TRANSACTED : Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = session.createProducer(session.createQueue(NAME))) {
      producer.setDeliveryMode(DeliveryMode.PERSISTENT);
      producer.setDisableMessageTimestamp(true);
      for (IntakeMessage message : messages) {
        producer.send(codec.encode(message, session));
      }
      if (transacted) {
        session.commit();
      }
    } catch (JMSException e) {
      throw new IntakeUnavailableException(
          "the hub cannot keep messages now: " + e.getMessage(), e);
    }
  }
}

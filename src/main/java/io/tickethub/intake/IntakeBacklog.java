package io.tickethub.intake;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.time.Instant;
import java.util.Enumeration;
import java.util.Optional;

/** What waits in the intake queue to be applied. */
public final class IntakeBacklog {

  private final ConnectionFactory connections;

  public IntakeBacklog(ConnectionFactory connections) {
    this.connections = connections;
  }

  /**
   * Since when the first of it waits; empty if nothing does.
   *
   * @throws IntakeUnavailableException if the broker does not answer
   */
  public Optional<Instant> oldest() {
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
        QueueBrowser browser = session.createBrowser(session.createQueue(IntakeQueue.NAME))) {
      connection.start();
      Enumeration<?> waiting = browser.getEnumeration();
      return waiting.hasMoreElements()
          ? Optional.of(Instant.ofEpochMilli(((Message) waiting.nextElement()).getJMSTimestamp()))
          : Optional.empty();
    } catch (JMSException e) {
      throw new IntakeUnavailableException("the broker does not answer: " + e.getMessage(), e);
    }
  }
}

package io.tickethub.tmf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.journal.TicketStore;
import io.tickethub.journal.TicketStore.EventKey;
import io.tickethub.storage.NodeLock;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Takes what happened to tickets from the event topic, for as long as there are listeners: from a
 * durable subscription, so nothing is missed while the hub is down. One node at a time.
 */
final class TicketEventFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TicketEventFeed.class);
  private static final String TOPIC = "hub.events";
  private static final String SUBSCRIPTION = "hub-tmf621";
  private static final long IDLE_MILLISECONDS = 500;
  private static final long REST_MILLISECONDS = 1_000;
  private static final int MOST_AT_ONCE = 100;

  private final ConnectionFactory connections;
  private final NodeLock turn;
  private final ListenerStore listeners;
  private final Notifications notifications;
  private final TicketStore tickets;
  private final Runnable kept;
  private final JsonMapper json = new JsonMapper();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "tmf621-events");

  /** {@code kept} is run when there is something new to be told. */
  TicketEventFeed(
      ConnectionFactory connections,
      NodeLock turn,
      ListenerStore listeners,
      Notifications notifications,
      TicketStore tickets,
      Runnable kept) {
    this.connections = connections;
    this.turn = turn;
    this.listeners = listeners;
    this.notifications = notifications;
    this.tickets = tickets;
    this.kept = kept;
  }

  void start() {
    thread.start();
  }

  /** From now on events are kept for the listener that {@code addition} adds. */
  synchronized void subscribe(Runnable addition) {
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
      consumer(session).close();
      addition.run();
    } catch (JMSException e) {
      throw TmfException.unavailable("the broker does not answer, nothing was registered");
    }
  }

  private static MessageConsumer consumer(Session session) throws JMSException {
    return session.createSharedDurableConsumer(session.createTopic(TOPIC), SUBSCRIPTION);
  }

  private void run() {
    while (running()) {
      try {
        if (turn.isHeld() && !listeners.active().isEmpty()) {
          consume();
        } else {
          rest();
        }
      } catch (JMSException e) {
        LOG.debug("the broker does not answer, trying again: {}", e.getMessage());
        rest();
      } catch (DataAccessException | TransactionException e) {
        LOG.debug("the database does not answer, trying again: {}", e.getMessage());
        rest();
      } catch (RuntimeException | Error e) {
        LOG.error("keeping notifications stumbled, trying again", e);
        rest();
      }
    }
  }

  private void consume() throws JMSException {
    boolean unwanted;
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession(Session.SESSION_TRANSACTED);
        MessageConsumer consumer = consumer(session)) {
      connection.start();
      do {
        Message message = consumer.receive(IDLE_MILLISECONDS);
        for (int count = 0; message != null; count++) {
          keep((BytesMessage) message);
          message = count < MOST_AT_ONCE ? consumer.receiveNoWait() : null;
        }
        session.commit();
        kept.run();
        unwanted = listeners.active().isEmpty();
      } while (running() && turn.isHeld() && !unwanted);
    }
    if (unwanted) {
      unsubscribe();
    }
  }

  private synchronized void unsubscribe() throws JMSException {
    if (!listeners.active().isEmpty()) {
      return;
    }
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
      session.unsubscribe(SUBSCRIPTION);
    }
  }

  private void keep(BytesMessage message) throws JMSException {
    byte[] body = new byte[(int) message.getBodyLength()];
    message.readBytes(body);
    JsonNode data;
    try {
      data = json.readTree(body).path("data");
    } catch (IOException e) {
      LOG.warn("an event of the topic is no JSON and is left out");
      return;
    }
    Ticket ticket = tickets.findByNumber(data.path("ticket").asText()).orElse(null);
    if (ticket == null) {
      return;
    }
    EventKey key = new EventKey(ticket.id(), data.path("sequence").asInt());
    TicketEvent event = tickets.events(List.of(key)).get(key);
    if (event != null) {
      notifications.of(ticket, event);
    }
  }

  private boolean running() {
    return stopping.getCount() > 0;
  }

  private void rest() {
    try {
      stopping.await(REST_MILLISECONDS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping.countDown();
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopping.countDown();
    if (thread.isAlive()) {
      thread.join();
    }
  }
}

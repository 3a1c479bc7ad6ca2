package io.tickethub.bench;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;

/** Raw JMS: the broker alone, emptied in batches so that it does not fill up. */
class BrokerProgram {

  private static final int BATCH = 200;

  @Bean
  SmartLifecycle drain(ActiveMQConnectionFactory connections) {
    return new Drain(connections);
  }

  private static final class Drain implements SmartLifecycle, Runnable {
    private final ActiveMQConnectionFactory connections;
    private final Thread thread = new Thread(this, "drain");
    private volatile boolean running;

    private Drain(ActiveMQConnectionFactory connections) {
      this.connections = connections;
    }

    @Override
    public void run() {
      try (Connection connection = connections.createConnection();
          Session session = connection.createSession(Session.SESSION_TRANSACTED);
          MessageConsumer consumer = session.createConsumer(session.createQueue(Load.QUEUE))) {
        connection.start();
        while (running) {
          Message message = consumer.receive(500);
          for (int i = 1; i < BATCH && message != null; i++) {
            message = consumer.receiveNoWait();
          }
          session.commit();
        }
      } catch (JMSException e) {
        if (running) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public void start() {
      running = true;
      thread.start();
    }

    @Override
    public void stop() {
      running = false;
    }

    @Override
    public boolean isRunning() {
      return running;
    }
  }
}

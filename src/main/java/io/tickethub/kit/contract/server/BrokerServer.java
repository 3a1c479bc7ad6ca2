package io.tickethub.kit.contract.server;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.postoffice.RoutingStatus;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerPlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;

/** A broker that is not the hub's, reached by TCP. It forgets everything when it goes down. */
public final class BrokerServer implements SystemServer {

  private static final String SUITE = "contract-suite";

  private final String suitePassword = UUID.randomUUID().toString();
  private final String password;
  private final int port;
  private EmbeddedActiveMQ broker;
  private volatile Mood mood = Mood.OK;

  /** {@code password}: of every account; null lets anybody in. */
  public BrokerServer(String password) {
    this.password = password;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    up();
  }

  /** Where clients find it, and that they do not wait for long before they try again. */
  public String url() {
    return address() + "?retryInterval=100&reconnectAttempts=0";
  }

  private String address() {
    return "tcp://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** Connections of the suite, whatever the mood. */
  public ConnectionFactory connections() {
    return new ActiveMQConnectionFactory(url(), SUITE, suitePassword);
  }

  @Override
  public synchronized void up() {
    if (broker != null) {
      return;
    }
    try {
      ConfigurationImpl configuration = new ConfigurationImpl();
      configuration.setName("contract-" + port);
      configuration.setPersistenceEnabled(false);
      configuration.setJMXManagementEnabled(false);
      configuration.addAcceptorConfiguration("tcp", address());
      configuration.registerBrokerPlugin(new Loser());
      EmbeddedActiveMQ started = new EmbeddedActiveMQ();
      started.setConfiguration(configuration);
      started.setSecurityManager(new Accounts());
      started.start();
      broker = started;
    } catch (Exception e) {
      throw new IllegalStateException("the broker does not start", e);
    }
  }

  @Override
  public synchronized void down() {
    if (broker != null) {
      try {
        broker.stop();
      } catch (Exception e) {
        throw new IllegalStateException("the broker does not stop", e);
      }
      broker = null;
    }
  }

  /** New credentials count at once: who is logged in is thrown out. */
  @Override
  public void mood(Mood next) {
    if (next == Mood.LOCKED || next == Mood.UNAVAILABLE) {
      down();
    }
    mood = next;
    if (next != Mood.UNAVAILABLE) {
      up();
    }
  }

  /** A broker cannot say that it will never take a message. */
  @Override
  public boolean canBe(Mood wanted) {
    return switch (wanted) {
      case OK, UNAVAILABLE, LOSING_REPLIES -> true;
      case LOCKED -> password != null;
      case REFUSING, SILENT, IMPERSONATED -> false;
    };
  }

  /** What is in its queues the suite fetches itself. */
  @Override
  public List<Received> received() {
    return List.of();
  }

  @Override
  public void close() {
    down();
  }

  private final class Accounts implements ActiveMQSecurityManager {
    @Override
    public boolean validateUser(String user, String given) {
      return SUITE.equals(user)
          ? suitePassword.equals(given)
          : mood != Mood.LOCKED && (password == null || password.equals(given));
    }

    @Override
    public boolean validateUserAndRole(
        String user, String given, Set<Role> roles, CheckType checkType) {
      return validateUser(user, given);
    }
  }

  /** Cuts the sender's connection once it has a message, where answers are lost. */
  private final class Loser implements ActiveMQServerPlugin {
    @Override
    public void afterSend(
        ServerSession session,
        Transaction transaction,
        Message message,
        boolean direct,
        boolean noAutoCreateQueue,
        RoutingStatus result) {
      if (mood == Mood.LOSING_REPLIES && !SUITE.equals(session.getUsername())) {
        session.getRemotingConnection().destroy();
      }
    }
  }
}

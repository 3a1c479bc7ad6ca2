package io.tickethub.broker;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.postoffice.Bindings;
import org.apache.activemq.artemis.core.postoffice.PostOffice;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServer.SERVER_STATE;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Artemis of the hub's own. The hub reaches it inside the process; others only at a port the
 * operator opened, each by its rights.
 */
final class EmbeddedBroker implements AutoCloseable {

  /**
   * Number of the broker inside this process, so that several hubs in one test process do not meet.
   */
  private static final java.util.concurrent.atomic.AtomicInteger NEXT =
      new java.util.concurrent.atomic.AtomicInteger();

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final String HUB = "hub";

  /** Where nothing ever goes; without it Artemis warns at every queue. */
  private static final SimpleString UNUSED = SimpleString.of("hub.unused");

  /**
   * The default of 3.33 ms lets one sender do about 285 durable sends a second, 0 is worse;
   * measured, 100 µs gives 6 to 10 times the default.
   */
  private static final int JOURNAL_BUFFER_NANOSECONDS = 100_000;

  private static final long ADDRESS_BYTES = 32L << 20;
  private static final long ALL_BYTES = 96L << 20;

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Between two starts of a broker that does not stay. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(15);

  private final int number = NEXT.getAndIncrement();
  private final BrokerProperties.Embedded embedded;
  private final String password;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "broker-watch"));
  private EmbeddedActiveMQ server;
  private long launchedAt;
  private Duration rest = Duration.ZERO;

  private EmbeddedBroker(BrokerProperties.Embedded embedded, String password) {
    this.embedded = embedded;
    this.password = password;
  }

  static EmbeddedBroker start(BrokerProperties.Embedded embedded) {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    EmbeddedBroker broker = new EmbeddedBroker(embedded, HexFormat.of().formatHex(random));
    try {
      broker.launch();
    } catch (Exception e) {
      throw new IllegalStateException(
          "the embedded Artemis in %s does not start: %s"
              .formatted(embedded.directory(), e.getMessage()),
          e);
    }
    LOG.info(
        "embedded Artemis is ready{}",
        embedded.port() == 0 ? "" : " on %s:%d".formatted(embedded.host(), embedded.port()));
    broker.watch.scheduleWithFixedDelay(
        broker::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return broker;
  }

  private void launch() throws Exception {
    launchedAt = System.nanoTime();
    server = new EmbeddedActiveMQ();
    server.setConfiguration(configuration());
    server.setSecurityManager(security());
    server.start();
  }

  /**
   * A broker that cannot write stops itself, for what it has in memory may be other than what it
   * has on disk. It is started again from the disk until it stays.
   */
  private synchronized void look() {
    if (watch.isShutdown() || server.getActiveMQServer().getState() == SERVER_STATE.STARTED) {
      return;
    }
    if (System.nanoTime() - launchedAt < rest.toNanos()) {
      return;
    }
    boolean stayed = System.nanoTime() - launchedAt > LONGEST_REST.multipliedBy(4).toNanos();
    rest = stayed || rest.isZero() ? LOOK : rest.multipliedBy(2);
    rest = rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    LOG.error(
        "the embedded Artemis has stopped, which it does when it cannot write; starting it again");
    try {
      server.stop();
    } catch (Exception e) {
      LOG.debug("what is left of the broker that stopped", e);
    }
    try {
      launch();
      LOG.warn("the embedded Artemis runs again");
    } catch (Exception e) {
      LOG.warn("the embedded Artemis does not start, trying again: {}", e.getMessage());
    }
  }

  private Configuration configuration() throws Exception {
    Path directory = embedded.directory().toAbsolutePath();
    Configuration configuration =
        new ConfigurationImpl()
            .setName("ticket-hub")
            .setPersistenceEnabled(true)
            .setJournalDirectory(directory.resolve("journal").toString())
            .setBindingsDirectory(directory.resolve("bindings").toString())
            .setPagingDirectory(directory.resolve("paging").toString())
            .setLargeMessagesDirectory(directory.resolve("large-messages").toString())
            .setNodeManagerLockDirectory(directory.toString())
            .setJournalType(JournalType.NIO)
            .setJournalBufferTimeout_NIO(JOURNAL_BUFFER_NANOSECONDS)
            .setJournalSyncTransactional(true)
            .setJournalSyncNonTransactional(true)
            .setJournalDatasync(true)
            .setJournalFileSize(10 << 20)
            .setJournalMinFiles(4)
            .setJournalPoolFiles(10)
            .setGlobalMaxSize(ALL_BYTES)
            .setMaxDiskUsage(95)
            .setSecurityEnabled(true)
            .setJMXManagementEnabled(false)
            .setGracefulShutdownEnabled(false)
            .setMessageExpiryScanPeriod(-1)
            .addAcceptorConfiguration(
                new TransportConfiguration(
                    InVMAcceptorFactory.class.getName(), Map.of("serverId", number)));
    if (embedded.port() != 0) {
      Map<String, Object> parameters = new TreeMap<>();
      parameters.put("host", embedded.host());
      parameters.put("port", embedded.port());
      parameters.put("protocols", "CORE");
      configuration.addAcceptorConfiguration(
          new TransportConfiguration(NettyAcceptorFactory.class.getName(), parameters, "outside"));
    }
    configuration.addAddressSetting("#", addressSettings());
    rights().forEach(configuration::putSecurityRoles);
    return configuration;
  }

  /**
   * Order outlives a failure only without a redelivery delay; nothing is ever given up by the
   * broker.
   */
  private static AddressSettings addressSettings() {
    return new AddressSettings()
        .setMaxDeliveryAttempts(-1)
        .setDeadLetterAddress(UNUSED)
        .setExpiryAddress(UNUSED)
        .setRedeliveryDelay(0)
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
        .setMaxSizeBytes(ADDRESS_BYTES)
        .setPageSizeBytes(4 << 20)
        .setDefaultGroupBuckets(256)
        .setDefaultConsumerWindowSize(2 << 20)
        .setAutoDeleteQueues(false)
        .setAutoDeleteAddresses(false);
  }

  private ActiveMQJAASSecurityManager security() {
    SecurityConfiguration users = new SecurityConfiguration();
    users.addUser(HUB, password);
    users.addRole(HUB, HUB);
    for (BrokerProperties.User user : embedded.users()) {
      users.addUser(user.name(), user.password());
      users.addRole(user.name(), user.name());
    }
    return new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users);
  }

  private Map<String, Set<Role>> rights() {
    Map<String, Set<Role>> rights = new TreeMap<>();
    rights.put("#", new HashSet<>(Set.of(everything())));
    for (BrokerProperties.User user : embedded.users()) {
      for (String address : user.send()) {
        roles(rights, address).add(role(user.name(), true, false));
      }
      for (String address : user.consume()) {
        roles(rights, address).add(role(user.name(), false, true));
      }
    }
    return rights;
  }

  private static Set<Role> roles(Map<String, Set<Role>> rights, String address) {
    return rights.computeIfAbsent(address, any -> new HashSet<>(Set.of(everything())));
  }

  private static Role everything() {
    return new Role(HUB, true, true, true, true, true, true, true, true, true, true, false, false);
  }

  /** Who consumes may come before anybody sent: the queue is made then. */
  private static Role role(String name, boolean send, boolean consume) {
    return new Role(
        name, send, consume, consume, false, consume, consume, false, consume, consume, false,
        false, false);
  }

  synchronized ActiveMQServer server() {
    return server.getActiveMQServer();
  }

  /**
   * Whether a message to the address would go to any queue; asked in the way messages go, which
   * knows of wildcards and diverts. True if it is not known.
   */
  boolean hasListeners(String address) {
    PostOffice office = server().getPostOffice();
    try {
      return office == null
          || hears(
              office.getAddressManager().getBindingsForRoutingAddress(SimpleString.of(address)));
    } catch (Exception e) {
      LOG.debug("not known who listens to {}", address, e);
      return true;
    }
  }

  private static boolean hears(Bindings bindings) {
    return bindings != null && !bindings.getBindings().isEmpty();
  }

  String url() {
    return "vm://" + number;
  }

  String username() {
    return HUB;
  }

  String password() {
    return password;
  }

  @Override
  public void close() throws Exception {
    watch.shutdown();
    synchronized (this) {
      server.stop();
    }
  }
}

package io.tickethub.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tickethub.harness.ClassicBroker;
import io.tickethub.harness.Heap;
import io.tickethub.harness.JmsCaller;
import io.tickethub.harness.ManifestConnector;
import io.tickethub.harness.TemplateWorld;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A connector of templates whose system has another vendor's broker, with its client in lib. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignBrokerIT {

  private static final String NAME = "classic";
  private static final int RELOADS = 3;

  private Path directory;
  private ClassicBroker broker;
  private TemplateWorld world;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    this.directory = directory;
    broker = new ClassicBroker(directory.resolve("broker"));
    broker.start();
    world = new TemplateWorld(directory);
    world.add(
        ManifestConnector.named(
                NAME,
                """
                settings:
                  broker: {type: text, description: the broker}
                  user: {type: text, description: user}
                  password: {type: secret, description: password}
                jms-broker:
                  connection-factory: %s
                  properties: {brokerURL: "{{broker}}", clientIDPrefix: ticket-hub}
                  user: "{{user}}"
                  password: "{{password}}"
                delivery: {first-retry: 100ms, longest-retry: 500ms, breaker-open: 500ms}
                inbound:
                  news:
                    route: {template: jms-in, queue: news}
                    format: json
                    headers: [kind-of-news]
                    mapping: mapping/news.jsonata
                outbound:
                  told:
                    route: {template: jms-out, queue: told}
                    tells: [introduced]
                    format: json
                    mapping: mapping/told.jsonata
                    headers: {JMSXGroupID: ticket.number, kind-of-news: code}
                    idempotency: key
                """
                    .formatted(ClassicBroker.CLIENT))
            .with(
                "mapping/news.jsonata",
                "$message.headers.'kind-of-news' = 'report' ? change : $reject('kind-of-news', 'is missing', '')")
            .with("mapping/told.jsonata", "{\"ticket\": ticket.number, \"key\": key}"));
    ClassicBroker.putClient(folder().resolve("lib"));
    world.setting(NAME, "broker", broker.url());
    world.setting(NAME, "user", ClassicBroker.USER);
    world.secret(NAME, "password", ClassicBroker.PASSWORD);
    world.start();
  }

  @AfterAll
  void stop() throws Exception {
    world.close();
    broker.close();
  }

  private Path folder() {
    return directory.resolve("connectors").resolve(NAME);
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100));
  }

  @Test
  void theClientComesFromTheConnectorsOwnFolder() {
    assertThatThrownBy(() -> Class.forName(ClassicBroker.CLIENT))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void messagesGoInAndOutAndCarryTheirKeyAsAProperty() throws Exception {
    try (JmsCaller caller = new JmsCaller(broker.client())) {
      reports(caller, "C-1");
      world.number("C-1");
      world.opens("C-2");

      Message told = told(caller, "C-2");
      String key = "%s-1-introduced".formatted(world.number("C-2"));
      assertThat(((TextMessage) told).getText()).contains(key);
      assertThat(properties(told))
          .contains(
              "Content_HYPHEN_Type",
              "Idempotency_HYPHEN_Key",
              "JMSXGroupID",
              "kind_HYPHEN_of_HYPHEN_news");
      assertThat(told.getStringProperty("Idempotency_HYPHEN_Key")).isEqualTo(key);
    }
  }

  @Test
  void theBrokerMayBeAwayForAWhile() throws Exception {
    broker.stop();
    world.opens("A-1");
    String number = world.number("A-1");
    patiently()
        .until(
            () ->
                world
                    .hub()
                    .database()
                    .queryForList(
                        "SELECT attempt FROM delivery WHERE connector = ? AND attempt > 1",
                        Integer.class,
                        NAME),
            failed -> !failed.isEmpty());

    broker.start();
    try (JmsCaller caller = new JmsCaller(broker.client())) {
      assertThat(told(caller, "A-1").getBody(String.class)).contains(number);
      reports(caller, "A-2");
      world.number("A-2");
    }
  }

  @Test
  void aPasswordThatIsNoLongerTakenIsNoOutage() throws Exception {
    broker.stop();
    broker.start("another");
    world.opens("P-1");
    String number = world.number("P-1");
    patiently()
        .untilAsserted(
            () ->
                assertThat(
                        world
                            .hub()
                            .database()
                            .queryForList("SELECT failure_kind FROM delivery", String.class))
                    .contains("credential"));

    broker.stop();
    broker.start();
    world.hub().post("/api/connectors/%s/resume".formatted(NAME));
    try (JmsCaller caller = new JmsCaller(broker.client())) {
      assertThat(told(caller, "P-1").getBody(String.class)).contains(number);
    }
  }

  @Test
  void aReloadLeavesNoConnectionThreadOrClassBehind() throws Exception {
    try (JmsCaller caller = new JmsCaller(broker.client())) {
      world.opens("R-1");
      told(caller, "R-1");
    }
    int connections = awaitConnections();
    List<String> threads = clientThreads();

    for (int reload = 1; reload <= RELOADS; reload++) {
      int next = version() + 1;
      Files.writeString(folder().resolve("README.md"), "reload %d".formatted(reload));
      patiently().until(this::version, version -> version == next);
      try (JmsCaller caller = new JmsCaller(broker.client())) {
        world.opens("R-1-" + reload);
        told(caller, "R-1-" + reload);
      }
    }

    patiently()
        .untilAsserted(
            () -> {
              assertThat(broker.connections()).isEqualTo(connections);
              assertThat(clientThreads()).hasSameSizeAs(threads);
              assertThat(Heap.instances())
                  .containsEntry("io.tickethub.connector.folder.LibraryLoader$ChildFirst", 1L);
            });
  }

  private void reports(JmsCaller caller, String ticket) throws IOException, JMSException {
    TextMessage report = caller.text(new String(TemplateWorld.report(ticket), UTF_8));
    report.setStringProperty("kind_HYPHEN_of_HYPHEN_news", "report");
    caller.send("news", report, null, null);
  }

  /** What the system is told of a ticket; what it was told of others before is passed over. */
  private Message told(JmsCaller caller, String ticket) throws JMSException {
    String number = world.number(ticket);
    Message told = caller.receive("told");
    while (!told.getBody(String.class).contains(number)) {
      told = caller.receive("told");
    }
    return told;
  }

  private static Set<String> properties(Message message) throws JMSException {
    return new TreeSet<>(
        Collections.list((java.util.Enumeration<?>) message.getPropertyNames()).stream()
            .map(String::valueOf)
            .toList());
  }

  /** One to listen and one to send. */
  private int awaitConnections() {
    return patiently().until(broker::connections, count -> count == 2);
  }

  private int version() throws Exception {
    return world.hub().get("/api/connectors/" + NAME).path("version").asInt();
  }

  /** Of the client in lib; the broker and the test's own client have theirs from elsewhere. */
  private static List<String> clientThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains("ActiveMQ"))
        .sorted()
        .toList();
  }
}

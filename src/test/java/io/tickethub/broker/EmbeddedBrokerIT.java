package io.tickethub.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tickethub.harness.Ports;
import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.JMSSecurityRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Artemis of the hub's own, and who may do what in it. */
class EmbeddedBrokerIT {

  @TempDir static Path directory;
  static EmbeddedBroker broker;
  static int port;

  @BeforeAll
  static void start() throws IOException {
    port = Ports.free(1).get(0);
    broker =
        EmbeddedBroker.start(
            new BrokerProperties.Embedded(
                directory,
                "127.0.0.1",
                port,
                List.of(
                    new BrokerProperties.User(
                        "desk", "secret", List.of("requests"), List.of("tasks", "hub.events")))));
    try (JMSContext hub = hub()) {
      hub.createProducer().send(hub.createQueue("tasks"), "first task");
      hub.createProducer().send(hub.createTopic("hub.events"), "nobody listens yet");
      hub.createConsumer(hub.createQueue("requests")).close();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    broker.close();
  }

  private static JMSContext hub() {
    return new ActiveMQConnectionFactory(broker.url())
        .createContext(broker.username(), broker.password());
  }

  private static JMSContext outside(String user, String password) {
    return new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port).createContext(user, password);
  }

  private static JMSContext desk() {
    return outside("desk", "secret");
  }

  @Test
  void aUserSendsToItsQueueAndConsumesFromItsQueue() throws Exception {
    try (JMSContext desk = desk();
        JMSContext hub = hub()) {
      desk.createProducer().send(desk.createQueue("requests"), "a request");

      assertThat(hub.createConsumer(hub.createQueue("requests")).receiveBody(String.class, 5_000))
          .isEqualTo("a request");
      assertThat(desk.createConsumer(desk.createQueue("tasks")).receiveBody(String.class, 5_000))
          .isEqualTo("first task");
    }
  }

  @Test
  void aUserHearsTheTopicItMayConsumeFrom() {
    try (JMSContext desk = desk();
        JMSContext hub = hub()) {
      var listener = desk.createConsumer(desk.createTopic("hub.events"));
      hub.createProducer().send(hub.createTopic("hub.events"), "an event");

      assertThat(listener.receiveBody(String.class, 5_000)).isEqualTo("an event");
    }
  }

  @Test
  void itKnowsWhetherAnybodyListensToATopic() {
    try (JMSContext hub = hub()) {
      hub.createProducer().send(hub.createTopic("heard.news"), "to nobody");
      assertThat(broker.hasListeners("heard.news")).isFalse();
      assertThat(broker.hasListeners("heard.of.never")).isFalse();

      var listener = hub.createConsumer(hub.createTopic("heard.news"));
      assertThat(broker.hasListeners("heard.news")).isTrue();
      listener.close();
      hub.createProducer().send(hub.createTopic("heard.news"), "to nobody any more");
      await().until(() -> !broker.hasListeners("heard.news"));
    }
  }

  @Test
  void whoWillComeBackAndWhoListensToManyTopicsListensToo() {
    try (JMSContext hub = hub()) {
      hub.createSharedDurableConsumer(hub.createTopic("heard.durably"), "absent").close();
      assertThat(broker.hasListeners("heard.durably")).isTrue();

      hub.createProducer().send(hub.createTopic("heard.by.pattern.too"), "to nobody");
      assertThat(broker.hasListeners("heard.by.pattern.too")).isFalse();
      var listener = hub.createConsumer(hub.createTopic("heard.by.pattern.#"));
      assertThat(broker.hasListeners("heard.by.pattern.too")).isTrue();
      listener.close();
      await().until(() -> !broker.hasListeners("heard.by.pattern.too"));
    }
  }

  @Test
  void aWrongPasswordIsRefused() {
    assertThatThrownBy(() -> outside("desk", "guess").close())
        .isInstanceOf(JMSSecurityRuntimeException.class);
  }

  @Test
  void nobodyEntersWithoutAName() {
    assertThatThrownBy(() -> outside(null, null).close()).isInstanceOf(JMSRuntimeException.class);
  }

  @Test
  void aUserMayNotSendToAnotherQueue() {
    try (JMSContext desk = desk()) {
      for (Destination forbidden :
          List.of(
              desk.createQueue("hub.intake"),
              desk.createQueue("tasks"),
              desk.createTopic("hub.events"))) {
        assertThatThrownBy(() -> desk.createProducer().send(forbidden, "x"))
            .isInstanceOf(JMSRuntimeException.class);
      }
    }
  }

  @Test
  void aUserMayNotConsumeFromAnotherQueue() {
    try (JMSContext hub = hub()) {
      hub.createProducer().send(hub.createQueue("others"), "private");
    }
    for (String forbidden : List.of("others", "requests", "hub.intake")) {
      try (JMSContext desk = desk()) {
        assertThatThrownBy(() -> desk.createConsumer(desk.createQueue(forbidden)).close())
            .as(forbidden)
            .isInstanceOf(JMSRuntimeException.class);
      }
    }
  }

  @Test
  void whatWasSentOutlivesTheBroker(@TempDir Path own) throws Exception {
    BrokerProperties.Embedded embedded =
        new BrokerProperties.Embedded(own, "127.0.0.1", 0, List.of());
    EmbeddedBroker first = EmbeddedBroker.start(embedded);
    try (JMSContext hub = context(first)) {
      hub.createProducer().send(hub.createQueue("kept"), "still here");
    }
    first.close();
    EmbeddedBroker second = EmbeddedBroker.start(embedded);
    try (JMSContext hub = context(second)) {
      assertThat(hub.createConsumer(hub.createQueue("kept")).receiveBody(String.class, 5_000))
          .isEqualTo("still here");
    } finally {
      second.close();
    }
  }

  @Test
  void aBrokerThatStoppedBecauseItCouldNotWriteIsStartedAgain(@TempDir Path own) throws Exception {
    EmbeddedBroker broker =
        EmbeddedBroker.start(new BrokerProperties.Embedded(own, "127.0.0.1", 0, List.of()));
    try {
      try (JMSContext hub = context(broker)) {
        hub.createProducer().send(hub.createQueue("kept"), "still here");
      }
      broker.server().getStorageManager().criticalError(new IOException("no space left"));

      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .untilAsserted(
              () -> {
                try (JMSContext hub = context(broker)) {
                  assertThat(
                          hub.createConsumer(hub.createQueue("kept"))
                              .receiveBody(String.class, 5_000))
                      .isEqualTo("still here");
                }
              });
    } finally {
      broker.close();
    }
  }

  private static JMSContext context(EmbeddedBroker of) {
    return new ActiveMQConnectionFactory(of.url()).createContext(of.username(), of.password());
  }
}

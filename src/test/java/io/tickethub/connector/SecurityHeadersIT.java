package io.tickethub.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.harness.Caller.Answer;
import io.tickethub.harness.HubUnderTest;
import io.tickethub.harness.Letters;
import jakarta.jms.Message;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueRequestor;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from outside does not steer the hub. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityHeadersIT {

  private static final String ECHO = "/in/echo/message";
  private static final String TRANSPORT = "/in/partner-transport/progress";
  private static final String REQUESTS = "call-center.request";

  private HubUnderTest hub;
  private ServerSocket trap;

  @BeforeAll
  void start(@TempDir Path directory, @TempDir Path connectors) throws Exception {
    trap = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    trap.setSoTimeout(1);
    HubUnderTest.copyOfConnectors(connectors);
    addEcho(connectors.resolve("echo"));
    hub = HubUnderTest.alone(directory, "--hub.connectors.directory=" + connectors);
  }

  /** A connector that answers with the names of all headers it sees before and after the hub. */
  private static void addEcho(Path folder) throws Exception {
    Files.createDirectories(folder.resolve("routes"));
    Files.createDirectories(folder.resolve("mapping"));
    Files.writeString(
        folder.resolve("connector.yaml"),
        """
        name: echo
        titles: {en: Echo, zh: 回声}
        owner: {team: tests, contact: tests@example.test}
        inbound:
          message:
            format: json
            mapping: mapping/message.jsonata
            headers: [X-Allowed]
        """);
    Files.writeString(
        folder.resolve("mapping/message.jsonata"),
        "{\"type\": \"urge\", \"ticket\": {\"hub\": \"none\"}, \"note\": \"echo\"}");
    Files.writeString(
        folder.resolve("routes/echo.camel.yaml"),
        """
        - route:
            id: echo
            from:
              uri: servlet:/echo/message
              parameters: {httpMethodRestrict: POST}
              steps:
                - setVariable: {name: before, simple: "before ${headers}"}
                - to: {uri: hub:in/message}
                - setBody: {simple: "${variable.before} after ${headers}"}
        """);
  }

  @AfterAll
  void stop() throws Exception {
    hub.close();
    trap.close();
  }

  private String trapUrl() {
    return "http://127.0.0.1:%d/stolen".formatted(trap.getLocalPort());
  }

  private void assertNobodyCalledTheTrap() {
    assertThatThrownBy(trap::accept).isInstanceOf(SocketTimeoutException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CamelHttpUri",
        "camelhttpuri",
        "CAMELHTTPURI",
        "cAmElFileName",
        "CamelSqlQuery",
        "CamelJmsDestinationName",
        "CamelServletContextPath",
        "CamelToEndpoint",
        "org.apache.camel.anything",
        "operationName",
        "OPERATIONNAME",
        "breadcrumbId",
        "SOAPAction",
        "X-Unknown",
        "Authorization",
        "Cookie"
      })
  void aHeaderThatIsNotAllowedReachesNoRoute(String name) throws Exception {
    Answer answer = hub.caller().post(ECHO, body(), Map.of(name, trapUrl(), "X-Allowed", "yes"));

    assertThat(seen(answer))
        .contains("x-allowed=yes")
        .doesNotContain(name.toLowerCase(Locale.ROOT) + "=", "camelhttpuri", trapUrl());
    assertNobodyCalledTheTrap();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?CamelHttpUri=x&operationName=y&X-Allowed=z",
        "?%43amelHttpUri=x",
        "?camel.http.uri=x",
        "?X-Allowed=a&X-Allowed=b"
      })
  void aQueryReachesNoRoute(String query) throws Exception {
    String seen = seen(hub.caller().post(ECHO + query, body(), Map.of()));

    assertThat(seen)
        .doesNotContain(
            "x-allowed", "operationname", "camelhttpuri", "camel.http.uri", "camelhttpquery");
  }

  @Test
  void aFormReachesNoRouteAsHeaders() throws Exception {
    Answer answer =
        hub.caller()
            .post(
                ECHO,
                "CamelHttpUri=x&X-Allowed=y".getBytes(UTF_8),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));

    assertThat(seen(answer)).doesNotContain("x-allowed", "camelhttpuri");
  }

  private static byte[] body() {
    return "{\"a\": \"%s\"}".formatted(Letters.id("A")).getBytes(UTF_8);
  }

  private static String seen(Answer answer) {
    assertThat(answer.text()).startsWith("before {").contains("after {");
    return answer.text().toLowerCase(Locale.ROOT);
  }

  @Test
  void propertiesOfAJmsMessageChangeNothing() throws Exception {
    String ticket = Letters.id("10000");
    String correlation = Letters.id("COR");
    TextMessage message = hub.callCenter().text(Letters.hospitalReport(Letters.id("CC"), ticket));
    message.setStringProperty("CamelJmsDestinationName", "stolen.a");
    message.setStringProperty("camelJmsDestinationname", "stolen.a");
    message.setStringProperty("CamelHttpUri", trapUrl());
    message.setStringProperty("Camel_DOT_HttpUri", trapUrl());
    message.setStringProperty("Camel_HYPHEN_HttpUri", trapUrl());
    message.setStringProperty("CamelFileName", "../../stolen");
    message.setStringProperty("operationName", "delete");

    hub.callCenter().send(REQUESTS, message, "call-center.reply", correlation);

    assertThat(hub.callCenter().receive("call-center.reply", correlation).getText())
        .contains("<Result>ACCEPTED</Result>", ticket);
    assertThat(queues()).noneMatch(queue -> queue.startsWith("stolen"));
    assertNobodyCalledTheTrap();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "call-center.task",
        "hub.intake",
        "stolen.b",
        "call-center.reply.*",
        "call-center.replyy",
        "topic:call-center.reply"
      })
  void anAnswerIsNotSentWhereTheManifestDoesNotAllow(String place) throws Exception {
    String ticket = Letters.id("10000");
    String message = Letters.id("CC");

    hub.callCenter()
        .send(
            REQUESTS,
            hub.callCenter().text(Letters.hospitalReport(message, ticket)),
            place,
            Letters.id("COR"));

    String next = Letters.id("10000");
    hub.open(next, Letters.hospitalReport(Letters.id("CC"), next));
    assertThat(hub.hub().get("/api/tickets?number=" + ticket)).isEmpty();
    assertThat(hub.rejected("call-center", 1))
        .anySatisfy(
            kept -> {
              assertThat(new String(hub.body(kept.get("id").asText()), UTF_8)).contains(message);
              assertThat(kept.at("/problem/field").asText()).isEqualTo("JMSReplyTo");
              assertThat(kept.at("/problem/code").asText()).isEqualTo("invalid-value");
            });
    assertThat(queues())
        .doesNotContain("stolen.b", "call-center.replyy", "topic:call-center.reply");
  }

  /** The queues of the hub's broker. */
  private List<String> queues() throws Exception {
    try (QueueConnection connection =
        hub.hub().part(ActiveMQConnectionFactory.class).createQueueConnection()) {
      connection.start();
      QueueSession session = connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
      Message question = session.createMessage();
      JMSManagementHelper.putOperationInvocation(question, "broker", "getQueueNames");
      QueueRequestor requestor =
          new QueueRequestor(session, ActiveMQJMSClient.createQueue("activemq.management"));
      Object answer = JMSManagementHelper.getResult(requestor.request(question));
      return Stream.of((Object[]) answer).map(String::valueOf).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE a SYSTEM \"%s\"><a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"%s\">]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY %% x SYSTEM \"%s\"> %%x;]><a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!-- %s -->]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!-- %s -->]><a>&b;</a>",
        "<?xml-stylesheet href=\"%s\"?><Progress xmlns=\"urn:transport-hotline\"/>",
        "<Progress xmlns=\"urn:transport-hotline\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:transport-hotline %s\"/>",
        "<Progress xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:noNamespaceSchemaLocation=\"%s\"/>",
        "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"%s\"/></a>"
      })
  void xmlLeadsNowhere(String text) throws Exception {
    byte[] body = text.formatted(trapUrl()).getBytes(UTF_8);

    Answer web = hub.postSigned(TRANSPORT, "application/xml", body);
    String correlation = Letters.id("COR");
    hub.callCenter()
        .send(
            REQUESTS,
            hub.callCenter().text(new String(body, UTF_8)),
            "call-center.reply",
            correlation);

    assertThat(web.status()).isBetween(400, 422);
    assertThat(web.text()).contains("<Rejection").doesNotContain("root:", "haha");
    assertThat(hub.callCenter().receive("call-center.reply", correlation).getText())
        .contains("<Result>REJECTED</Result>")
        .doesNotContain("root:", "haha");
    assertNobodyCalledTheTrap();
  }

  @Test
  void everyListenerIsOnLoopbackUnlessConfigured() {
    assertThat(listens("127.0.0.2", hub.hub().url().getPort())).isFalse();
    assertThat(listens("127.0.0.2", URI.create(hub.surroundings().neighbours().broker()).getPort()))
        .isFalse();
    assertThat(listens("127.0.0.1", hub.hub().url().getPort())).isTrue();
  }

  private static boolean listens(String address, int port) {
    try (Socket socket = new Socket(address, port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aMessageNeverDecidesTheStatusOfItsAnswer() throws Exception {
    byte[] body = Letters.transportFeedback(Letters.id("P"), "T-1", "text").getBytes(UTF_8);
    Map<String, String> headers = hub.signature(body);
    headers.put("CamelHttpResponseCode", "299");
    headers.put("X-HTTP-Method-Override", "DELETE");

    Answer answer = hub.caller().post(TRANSPORT, body, headers);

    assertThat(answer.status()).isEqualTo(202);
    await()
        .untilAsserted(
            () -> {
              JsonNode kept =
                  hub.hub().get("/api/messages?connector=partner-transport&status=waiting");
              assertThat(kept).isNotEmpty();
            });
  }
}

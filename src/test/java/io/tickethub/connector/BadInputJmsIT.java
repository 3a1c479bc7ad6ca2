package io.tickethub.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.harness.HubUnderTest;
import io.tickethub.harness.JmsCaller;
import io.tickethub.harness.Letters;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the call centre is told of a JMS message that is wrong, and that its queue goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputJmsIT {

  private static final String REQUESTS = "call-center.request";
  private static final String REPLIES = "call-center.reply";

  private HubUnderTest hub;
  private JmsCaller callCenter;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    hub = HubUnderTest.alone(directory);
    callCenter = hub.callCenter();
  }

  @AfterAll
  void stop() throws Exception {
    hub.close();
  }

  static Stream<Arguments> wrong() {
    String good = Letters.hospitalReport("CC-BAD", "10000-BAD");
    return Stream.of(
        Arguments.of("malformed", "hello"),
        Arguments.of("malformed", ""),
        Arguments.of("schema", good.replace("urn:tickethub:call-center", "urn:other")),
        Arguments.of("schema", good.replace("<Action>", "<Mood>bad</Mood><Action>")),
        Arguments.of("schema", good.replace("10000-BAD", "10000 BAD")),
        Arguments.of("schema", good.replace(" messageId=\"CC-BAD\"", "")),
        Arguments.of(
            "missing-field", good.replaceAll("<Time>.*</ServiceRequest>", "</ServiceRequest>")),
        Arguments.of("unknown-code", good.replace("<Product>YY", "<Product>ZZ")),
        Arguments.of("unknown-code", good.replace("OPEN", "SHUT")),
        Arguments.of("invalid-value", good.replaceAll("<Time>[^<]*", "<Time>tomorrow")),
        Arguments.of("invalid-value", good.replace("H-0770-03", "?")),
        Arguments.of("too-large", good.replace("PACS", "x".repeat(300_000))));
  }

  @ParameterizedTest(name = "{0} ({index})")
  @MethodSource("wrong")
  void aWrongMessageIsAnsweredWhereItsSenderAsked(String code, String text) throws Exception {
    String correlation = Letters.id("COR");

    callCenter.send(REQUESTS, callCenter.text(text), REPLIES, correlation);

    String answer = callCenter.receive(REPLIES, correlation).getText();
    assertThat(answer)
        .contains("<Result>REJECTED</Result>")
        .contains("<Code>%s</Code>".formatted(code))
        .contains("<Reason>");
  }

  @Test
  void bytesThatAreNoTextAreAnsweredAndKept() throws Exception {
    byte[] bytes = new byte[] {'<', 'a', '>', (byte) 0xff, (byte) 0xfe};
    BytesMessage message = callCenter.session().createBytesMessage();
    message.writeBytes(bytes);
    String correlation = Letters.id("COR");

    callCenter.send(REQUESTS, message, REPLIES, correlation);

    assertThat(callCenter.receive(REPLIES, correlation).getText())
        .contains("<Code>undecodable</Code>");
    assertThat(kept("undecodable")).hasSize(1);
    assertThat(hub.body(kept("undecodable").get(0).get("id").asText())).isEqualTo(bytes);
  }

  @Test
  void aWrongMessageIsKeptWithLineAndField() throws Exception {
    String text =
        Letters.hospitalReport(Letters.id("CC"), Letters.id("10000"))
            .replace("<PreDiagnosis>UNSOLVED", "\n\n<PreDiagnosis>WHO KNOWS");
    String correlation = Letters.id("COR");

    callCenter.send(REQUESTS, callCenter.text(text), REPLIES, correlation);

    callCenter.receive(REPLIES, correlation);
    JsonNode kept =
        kept("unknown-code").stream()
            .filter(message -> message.at("/problem/line").asInt() == 4)
            .findFirst()
            .orElseThrow();
    assertThat(kept.get("channel").asText()).isEqualTo("request");
    assertThat(kept.at("/problem/field").asText()).endsWith("/Report/PreDiagnosis");
    assertThat(hub.body(kept.get("id").asText())).isEqualTo(text.getBytes(UTF_8));
  }

  private List<JsonNode> kept(String code) {
    return hub.rejected("call-center", 1).stream()
        .filter(message -> message.at("/problem/code").asText().equals(code))
        .toList();
  }

  /** Kinds of messages that carry neither text nor bytes. */
  enum Strange {
    OBJECT,
    MAP,
    STREAM,
    EMPTY;

    Message of(Session session) throws JMSException {
      switch (this) {
        case OBJECT:
          return session.createObjectMessage(new ArrayList<>(List.of("gadget")));
        case MAP:
          MapMessage map = session.createMapMessage();
          map.setString("action", "OPEN");
          return map;
        case STREAM:
          StreamMessage stream = session.createStreamMessage();
          stream.writeString("OPEN");
          return stream;
        default:
          return session.createMessage();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMessageOfAStrangeKindIsAnsweredAndHoldsNothingUp(Strange kind) throws Exception {
    String correlation = Letters.id("COR");
    String ticket = Letters.id("10000");

    callCenter.send(REQUESTS, kind.of(callCenter.session()), REPLIES, correlation);
    callCenter.send(REQUESTS, kind.of(callCenter.session()), null, null);
    String number = hub.open(ticket, Letters.hospitalReport(Letters.id("CC"), ticket));

    assertThat(number).isNotBlank();
    assertThat(callCenter.receive(REPLIES, correlation).getText())
        .contains("<Result>REJECTED</Result>", "<Code>malformed</Code>", "text and bytes");
  }

  @Test
  void everyStrangeMessageIsKeptThatItCame() throws Exception {
    int before = strange().size();

    callCenter.send(REQUESTS, callCenter.session().createMapMessage(), null, null);
    callCenter.send(REQUESTS, callCenter.session().createMapMessage(), null, null);

    await().untilAsserted(() -> assertThat(strange()).hasSize(before + 2));
  }

  private List<JsonNode> strange() throws Exception {
    JsonNode found = hub.hub().get("/api/messages?status=rejected&limit=1000");
    return StreamSupport.stream(found.spliterator(), false)
        .filter(message -> message.at("/problem/detail").asText().contains("text and bytes"))
        .toList();
  }

  @Test
  void aHundredPoisonedMessagesDoNotKeepGoodOnesFromTheirTickets() throws Exception {
    String first = Letters.id("10000");
    String last = Letters.id("10000");

    String firstNumber = hub.open(first, Letters.hospitalReport(Letters.id("CC"), first));
    for (int i = 0; i < 100; i++) {
      callCenter.send(REQUESTS, callCenter.text("poison " + i), null, null);
    }
    String lastNumber = hub.open(last, Letters.hospitalReport(Letters.id("CC"), last));

    assertThat(firstNumber).isNotEqualTo(lastNumber);
    assertThat(hub.rejected("call-center", 100)).hasSizeGreaterThanOrEqualTo(100);
  }

  @Test
  void aGoodMessageInBytesIsAsGoodAsInText() throws Exception {
    String ticket = Letters.id("10000");
    BytesMessage message = callCenter.session().createBytesMessage();
    message.writeBytes(Letters.hospitalReport(Letters.id("CC"), ticket).getBytes(UTF_8));
    String correlation = Letters.id("COR");

    callCenter.send(REQUESTS, message, REPLIES, correlation);

    assertThat(callCenter.receive(REPLIES, correlation).getText())
        .contains("<Result>ACCEPTED</Result>", ticket);
  }
}

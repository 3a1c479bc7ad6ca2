package io.tickethub.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.harness.Caller.Answer;
import io.tickethub.harness.HubUnderTest;
import io.tickethub.harness.Letters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What systems that call the hub by HTTP are told of a message that is wrong, and what is kept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputWebIT {

  private static final String HOSPITAL = "/in/partner-hospital/progress";
  private static final String TRANSPORT = "/in/partner-transport/progress";

  private HubUnderTest hub;
  private String ticket;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    hub = HubUnderTest.amongNeighbours(directory);
    String number = Letters.id("10000");
    ticket = hub.open(number, Letters.hospitalReport(Letters.id("CC"), number));
  }

  @AfterAll
  void stop() throws Exception {
    hub.close();
  }

  static Stream<Arguments> badJson() {
    String good = Letters.hospitalComment("E-BAD", "T-1", "text");
    return Stream.of(
        Arguments.of("undecodable", latin(good.replace("text", "\u00ff")), 400, ""),
        Arguments.of("malformed", bytes(good.replace("}", "")), 400, ""),
        Arguments.of("malformed", bytes(good + good), 400, ""),
        Arguments.of("malformed", new byte[0], 400, ""),
        Arguments.of("schema", bytes(good.replace("\"text\"", "7")), 422, "$.comment"),
        Arguments.of(
            "schema", bytes(good.replace("comment\":", "Kommentar\":")), 422, "$.Kommentar"),
        Arguments.of(
            "missing-field", bytes(good.replace(", \"comment\": \"text\"", "")), 422, "$.comment"),
        Arguments.of(
            "missing-field", bytes(good.replace("\"eventId\": \"E-BAD\", ", "")), 422, "$.eventId"),
        Arguments.of(
            "unknown-code", bytes(good.replace("\"comment\",", "\"gossip\",")), 422, "$.type"),
        Arguments.of("unknown-code", bytes(state("NEARLY_DONE")), 422, "status"),
        Arguments.of(
            "invalid-value",
            bytes(state("ACCEPTED").replace("2026-11-23T01:00:00Z", "soon")),
            422,
            "occurredAt"),
        Arguments.of("repeated-key", bytes(good.replace("{", "{\"type\": \"status\", ")), 400, ""),
        Arguments.of("too-deep", bytes("{\"a\":".repeat(40) + "1" + "}".repeat(40)), 400, ""),
        Arguments.of("too-large", bytes(good.replace("text", "x".repeat(200_000))), 413, ""));
  }

  private static String state(String status) {
    return """
        {"eventId": "E-STATE", "type": "status", "ticket": "T-1", "occurredAt": "2026-11-23T01:00:00Z", "status": "%s"}"""
        .formatted(status);
  }

  @ParameterizedTest(name = "{0} at ''{3}'' ({index})")
  @MethodSource("badJson")
  void aWrongJsonMessageIsAnsweredWithAProblem(String code, byte[] body, int status, String field)
      throws Exception {
    Answer answer = hub.postSigned(HOSPITAL, "application/json", body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.field("title")).isEqualTo(code);
    assertThat(answer.field("field")).isEqualTo(field);
    assertThat(answer.field("connector")).isEqualTo("partner-hospital");
    assertThat(answer.field("channel")).isEqualTo("progress");
    assertThat(answer.field("detail")).isNotBlank().doesNotContain("io.tickethub", "com.fasterxml");
  }

  @Test
  void aWrongJsonMessageIsKeptByteForByteWithItsCause() throws Exception {
    byte[] body =
        bytes("{\n\"eventId\": \"%s\",\n\"type\" \"comment\"}".formatted(Letters.id("E")));

    hub.postSigned(HOSPITAL, "application/json", body);

    JsonNode kept = keptAs("partner-hospital", body);
    assertThat(kept.get("channel").asText()).isEqualTo("progress");
    assertThat(kept.get("status").asText()).isEqualTo("rejected");
    assertThat(kept.at("/problem/code").asText()).isEqualTo("malformed");
    assertThat(kept.at("/problem/line").asInt()).isEqualTo(3);
  }

  @Test
  void goodMessagesAroundAWrongOneTakeEffect() throws Exception {
    String before = Letters.id("before");
    String after = Letters.id("after");

    Answer first = comment(before);
    Answer wrong = hub.postSigned(HOSPITAL, "application/json", bytes("{]"));
    Answer last = comment(after);

    assertThat(List.of(first.status(), wrong.status(), last.status()))
        .containsExactly(202, 400, 202);
    hub.awaitNote(ticket, before);
    hub.awaitNote(ticket, after);
  }

  private Answer comment(String text) throws Exception {
    return hub.postSigned(
        HOSPITAL,
        "application/json",
        bytes(Letters.hospitalComment(Letters.id("E"), ticket, text)));
  }

  @Test
  void theSameIdWithOtherBytesIsKeptAsAConflict() throws Exception {
    String id = Letters.id("E");
    String first = Letters.id("first");
    hub.postSigned(HOSPITAL, "application/json", bytes(Letters.hospitalComment(id, ticket, first)));
    hub.awaitNote(ticket, first);

    hub.postSigned(
        HOSPITAL, "application/json", bytes(Letters.hospitalComment(id, ticket, "another")));

    await()
        .untilAsserted(
            () ->
                assertThat(
                        hub.hub().get("/api/messages?externalId=%s&status=conflict".formatted(id)))
                    .hasSize(1));
  }

  static Stream<Arguments> badXml() {
    String good = Letters.transportFeedback("P-BAD", "T-1", "text");
    return Stream.of(
        Arguments.of("undecodable", latin(good.replace("text", "\u00ff")), 400),
        Arguments.of("malformed", bytes(good.replace("</Text>", "")), 400),
        Arguments.of("malformed", new byte[0], 400),
        Arguments.of("schema", bytes(good.replace("urn:transport-hotline", "urn:other")), 422),
        Arguments.of(
            "schema", bytes(good.replace("<Status>", "<Colour>red</Colour><Status>")), 422),
        Arguments.of("missing-field", bytes(good.replaceAll("<Time>.*</Text>", "")), 422),
        Arguments.of("unknown-code", bytes(good.replace("<Status>0", "<Status>77")), 422),
        Arguments.of("too-large", bytes(good.replace("text", "x".repeat(200_000))), 413));
  }

  @ParameterizedTest(name = "{0} ({index})")
  @MethodSource("badXml")
  void aWrongXmlMessageIsAnsweredInThePartnersOwnWords(String code, byte[] body, int status)
      throws Exception {
    Answer answer = hub.postSigned(TRANSPORT, "application/xml", body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/xml");
    assertThat(answer.text())
        .startsWith("<Rejection xmlns=\"urn:transport-hotline\"><Code>%s</Code>".formatted(code))
        .contains("<Reason>");
  }

  static Stream<Arguments> badSoap() {
    String good = Letters.faultFeedback("N-BAD", "T-1", "text");
    return Stream.of(
        Arguments.of("malformed", bytes("hello")),
        Arguments.of("malformed", new byte[0]),
        Arguments.of("malformed", bytes(good)),
        Arguments.of("malformed", bytes(Letters.envelope(""))),
        Arguments.of("malformed", bytes(Letters.envelope(good + good))),
        Arguments.of("undecodable", latin(Letters.envelope(good.replace("text", "\u00ff")))),
        Arguments.of("unknown-code", bytes(Letters.envelope(good.replace("FEEDBACK", "GOSSIP")))),
        Arguments.of(
            "missing-field", bytes(Letters.envelope("<DispatchRequest xmlns=\"urn:fault-112\"/>"))),
        Arguments.of("schema", bytes(Letters.envelope(good.replace("F1", "F 1")))),
        Arguments.of(
            "too-deep",
            bytes(
                Letters.envelope(good)
                    .replace(
                        "<soap:Body>",
                        "<soap:Header>%s%s</soap:Header><soap:Body>"
                            .formatted("<a>".repeat(30), "</a>".repeat(30))))),
        Arguments.of(
            "too-large", bytes(Letters.envelope(good.replace("text", "x".repeat(200_000))))));
  }

  @ParameterizedTest(name = "{0} ({index})")
  @MethodSource("badSoap")
  void aWrongSoapMessageIsAnsweredWithAFault(String code, byte[] body) throws Exception {
    Answer answer = hub.postSoap(body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(500);
    assertThat(answer.header("Content-Type")).startsWith("text/xml");
    assertThat(answer.text())
        .contains("<soap:Fault><faultcode>soap:Client</faultcode><faultstring>" + code)
        .contains("<connector>fault-112</connector><channel>progress</channel>");
  }

  @Test
  void aWrongSoapMessageIsKeptWithLineAndField() throws Exception {
    String envelope =
        Letters.envelope(
            "\n" + Letters.faultFeedback(Letters.id("N"), ticket, "text").replace("FEEDBACK", "X"));

    hub.postSoap(bytes(envelope));

    JsonNode kept = keptAs("fault-112", bytes(envelope));
    assertThat(kept.at("/problem/line").asInt()).isEqualTo(2);
    assertThat(kept.at("/problem/field").asText()).endsWith("ProgressNotification/action");
  }

  @Test
  void ofWhatIsTooLargeTheBeginningIsKept() throws Exception {
    byte[] body = bytes(Letters.envelope("<a>%s</a>".formatted("y".repeat(200_000))));

    hub.postSoap(body);

    JsonNode kept =
        hub.rejected("fault-112", 1).stream()
            .filter(message -> message.at("/problem/code").asText().equals("too-large"))
            .findFirst()
            .orElseThrow();
    byte[] beginning = hub.body(kept.get("id").asText());
    assertThat(beginning).hasSize(64 << 10).startsWith("<soap:Envelope".getBytes(UTF_8));
  }

  @Test
  void whatNobodySignedIsNotKept() throws Exception {
    byte[] body = bytes(Letters.hospitalComment(Letters.id("E"), ticket, "not mine"));
    int before = hub.hub().get("/api/messages?connector=partner-hospital&limit=1000").size();

    Answer answer = hub.caller().post(HOSPITAL, body, Map.of("Content-Type", "application/json"));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.field("title")).isEqualTo("unauthenticated");
    String later = Letters.id("later");
    comment(later);
    hub.awaitNote(ticket, later);
    assertThat(hub.hub().get("/api/messages?connector=partner-hospital&limit=1000"))
        .hasSize(before + 1);
  }

  private JsonNode keptAs(String connector, byte[] body) throws Exception {
    for (JsonNode message : hub.rejected(connector, 1)) {
      if (Arrays.equals(hub.body(message.get("id").asText()), body)) {
        return message;
      }
    }
    throw new AssertionError("not kept");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}

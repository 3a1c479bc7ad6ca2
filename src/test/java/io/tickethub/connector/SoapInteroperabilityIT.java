package io.tickethub.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.HubUnderTest;
import io.tickethub.harness.Letters;
import jakarta.xml.ws.BindingProvider;
import jakarta.xml.ws.Dispatch;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.WebServiceException;
import java.io.StringReader;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import javax.xml.namespace.QName;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.staxutils.StaxUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** Apache CXF, which takes nothing but what the WSDL says, at both ends of the 112 connector. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SoapInteroperabilityIT {

  private static final String NAMESPACE = "urn:fault-112";

  private final FaultTicketing fault112 = new FaultTicketing();
  private HubUnderTest hub;
  private FaultTicketingServer server;
  private Dispatch<Source> client;

  @BeforeAll
  void start(@TempDir Path directory, @TempDir Path tomcat) throws Exception {
    server = new FaultTicketingServer(fault112, wsdl(), tomcat);
    hub =
        HubUnderTest.alone(
            directory,
            "--hub.connectors.settings.fault-112.enabled=true",
            "--hub.connectors.settings.fault-112.soap-url=" + server.url());
    client =
        Service.create(wsdl(), new QName(NAMESPACE, "ProgressListenerService"))
            .createDispatch(
                new QName(NAMESPACE, "ProgressListener"), Source.class, Service.Mode.PAYLOAD);
    client
        .getRequestContext()
        .put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, hub.hub().url() + "/in/fault-112/progress");
    client.getRequestContext().put("schema-validation-enabled", true);
  }

  private static URL wsdl() throws Exception {
    return EmbeddedHub.home().resolve("connectors/fault-112/schema/fault-112.wsdl").toUri().toURL();
  }

  @AfterAll
  void stop() throws Exception {
    hub.close();
    server.close();
  }

  private Document send(String payload) throws Exception {
    return StaxUtils.read(client.invoke(new StreamSource(new StringReader(payload))));
  }

  private String open() throws Exception {
    String ticket = Letters.id("10000");
    return hub.open(ticket, Letters.hospitalReport(Letters.id("CC"), ticket));
  }

  private void awaitHeard(String request, String ticket) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(fault112.heard(request, ticket)).isNotEmpty());
  }

  @Test
  void aClientOfTheWsdlGetsAReceipt() throws Exception {
    String ticket = open();
    String note = Letters.id("note");

    Document receipt = send(Letters.faultFeedback(Letters.id("N"), ticket, note));

    assertThat(receipt.getDocumentElement().getLocalName()).isEqualTo("ProgressReceipt");
    assertThat(receipt.getDocumentElement().getNamespaceURI()).isEqualTo(NAMESPACE);
    assertThat(receipt.getElementsByTagNameNS(NAMESPACE, "result").item(0).getTextContent())
        .isEqualTo("0");
    assertThat(receipt.getElementsByTagNameNS(NAMESPACE, "receipt").item(0).getTextContent())
        .matches("[0-9A-Z]{13}");
    hub.awaitNote(ticket, note);
  }

  @Test
  void aClientOfTheWsdlUnderstandsAFault() throws Exception {
    String unknownState =
        Letters.faultFeedback(Letters.id("N"), "TH-1", "text")
            .replace(
                "<action>FEEDBACK</action>", "<action>STATE</action><stateCode>99</stateCode>");

    WebServiceException thrown =
        catchThrowableOfType(WebServiceException.class, () -> send(unknownState));

    SoapFault fault = (SoapFault) thrown.getCause();
    assertThat(fault.getFaultCode())
        .isEqualTo(new QName("http://schemas.xmlsoap.org/soap/envelope/", "Client"));
    assertThat(fault.getReason()).contains("unknown-code", "stateCode");
    assertThat(fault.getDetail().getTextContent()).contains("fault-112", "progress");
  }

  @Test
  void aHeaderTheHubNeedNotUnderstandDoesNoHarm() throws Exception {
    String note = Letters.id("note");
    String ticket = open();
    String envelope =
        Letters.envelope(Letters.faultFeedback(Letters.id("N"), ticket, note))
            .replace(
                "<soap:Body>",
                "<soap:Header><trace xmlns=\"urn:trace\"><id>7</id></trace></soap:Header><soap:Body>");

    assertThat(hub.postSoap(envelope.getBytes(UTF_8)).status()).isEqualTo(200);
    hub.awaitNote(ticket, note);
  }

  @Test
  void aHeaderTheHubMustUnderstandIsRefused() throws Exception {
    String envelope =
        Letters.envelope(Letters.faultFeedback(Letters.id("N"), "TH-1", "text"))
            .replace(
                "<soap:Body>",
                "<soap:Header><pay xmlns=\"urn:pay\" soap:mustUnderstand=\"1\"/></soap:Header><soap:Body>");

    var answer = hub.postSoap(envelope.getBytes(UTF_8));

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).contains("<soap:Fault>", "/Envelope/Header/pay");
  }

  @Test
  void whatTheHubSendsKeepsToTheWsdl() throws Exception {
    String number = Letters.id("10000");
    String ticket = hub.open(number, Letters.hospitalReport(Letters.id("CC"), number));
    awaitHeard("DispatchRequest", ticket);

    request(Letters.urging(Letters.id("CU"), number));
    awaitHeard("UrgeRequest", ticket);

    byte[] accepted =
        """
        {"eventId": "%s", "type": "status", "ticket": "%s", "occurredAt": "%s", "status": "ACCEPTED"}"""
            .formatted(Letters.id("E"), ticket, Instant.now())
            .getBytes(UTF_8);
    hub.postSigned("/in/partner-hospital/progress", "application/json", accepted);
    awaitHeard("ProgressRequest", ticket);

    request(Letters.urging(Letters.id("CX"), number).replace("URGE", "CANCEL"));
    awaitHeard("ArchiveRequest", ticket);

    assertThat(fault112.complaints()).isEmpty();
  }

  private void request(String letter) throws Exception {
    hub.callCenter().send("call-center.request", hub.callCenter().text(letter), null, null);
  }

  @Test
  void whatAServerOfTheWsdlAnswersIsUnderstood() throws Exception {
    String ticket = open();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(hub.hub().get("/api/tickets/" + ticket).at("/ticket/references"))
                    .anySatisfy(
                        reference -> assertThat(reference.asText()).isEqualTo("F-" + ticket)));
  }

  @Test
  void aFaultOfAServerIsAFailureThatIsTriedAgain() throws Exception {
    fault112.failNext(2);

    String ticket = open();

    awaitHeard("DispatchRequest", ticket);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              JsonNode deliveries = hub.hub().get("/api/tickets/" + ticket).get("deliveries");
              assertThat(deliveries)
                  .filteredOn(delivery -> delivery.get("connector").asText().equals("fault-112"))
                  .first()
                  .satisfies(
                      delivery -> {
                        assertThat(delivery.get("attempt").asInt()).isGreaterThan(1);
                        assertThat(delivery.get("state").asText()).isEqualTo("delivered");
                      });
            });
  }
}

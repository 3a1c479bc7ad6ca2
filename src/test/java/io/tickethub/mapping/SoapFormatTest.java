package io.tickethub.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoapFormatTest {

  private static final String SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/";
  private static final String TYPES =
      """
      <definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:t="urn:t"><types>
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t" elementFormDefault="qualified">
          <xs:complexType name="Short"><xs:sequence><xs:element name="No" type="xs:int"/></xs:sequence></xs:complexType>
          <xs:element name="Notice"><xs:complexType><xs:sequence><xs:element name="No" type="xs:anyType"/></xs:sequence></xs:complexType></xs:element>
        </xs:schema></types></definitions>
      """;

  private final SoapFormat format = SoapFormat.soap11(null, "GBK", Limits.DEFAULT);

  @TempDir Path directory;

  @Test
  void thePayloadIsReadWithoutItsEnvelope() {
    assertThat(format.read(envelope("<n:Notice xmlns:n='urn:t'><n:No>1</n:No></n:Notice>")))
        .isEqualTo(Map.of("Notice", Map.of("No", "1")));
  }

  @Test
  void aFaultIsReadLikeAnyPayload() throws IOException {
    String fault =
        envelope("<e:Fault><faultcode>e:Server</faultcode><faultstring>忙</faultstring></e:Fault>");

    assertThat(strict().read(fault))
        .isEqualTo(Map.of("Fault", Map.of("faultcode", "e:Server", "faultstring", "忙")));
  }

  @Test
  void anotherVersionIsRefused() {
    String soap12 = envelope("<a/>").replace(SOAP_11, "http://www.w3.org/2003/05/soap-envelope");

    Problem problem = problem(soap12);
    assertThat(problem.code()).isEqualTo(ProblemCode.MALFORMED);
    assertThat(problem.detail()).contains("2003/05/soap-envelope").contains(SOAP_11);
    assertThat(problem("<Envelope><Body><a/></Body></Envelope>").code())
        .isEqualTo(ProblemCode.MALFORMED);
  }

  @Test
  void anEnvelopeWithoutExactlyOnePayloadIsRefused() {
    for (String body : List.of("", "text", "<a/><b/>", "<a/><a/>", "<a/>text")) {
      assertThat(problem(envelope(body)).code()).as(body).isEqualTo(ProblemCode.MALFORMED);
    }
    assertThat(problem("<e:Envelope xmlns:e='%s'/>".formatted(SOAP_11)).code())
        .isEqualTo(ProblemCode.MALFORMED);
    assertThat(
            problem(
                    "<e:Envelope xmlns:e='%s'><e:Header><a/></e:Header></e:Envelope>"
                        .formatted(SOAP_11))
                .code())
        .isEqualTo(ProblemCode.MALFORMED);
  }

  @Test
  void headersAreNotHeldAgainstThePayloadsSchema() throws IOException {
    String text =
        envelope("<n:Notice xmlns:n='urn:t'><n:No>1</n:No></n:Notice>")
            .replace(
                "<e:Body>",
                "<e:Header><w:Security xmlns:w='urn:w'><w:User>u</w:User></w:Security></e:Header><e:Body>");

    assertThat(strict().read(text)).isEqualTo(Map.of("Notice", Map.of("No", "1")));
  }

  @Test
  void thePayloadIsHeldAgainstItsSchema() throws IOException {
    Problem problem =
        Problems.of(
            () -> strict().read(envelope("\n<n:Notice xmlns:n='urn:t'><n:Name/></n:Notice>")));

    assertThat(problem.code()).isEqualTo(ProblemCode.SCHEMA);
    assertThat(problem.field()).isEqualTo("/Envelope/Body/Notice/Name");
    assertThat(problem.line()).isEqualTo(2);
    assertThat(Problems.of(() -> strict().read(envelope("<Other/>"))).code())
        .isEqualTo(ProblemCode.SCHEMA);
  }

  @Test
  void prefixesOfTheEnvelopeCountInsideThePayload() throws IOException {
    String text =
        "<e:Envelope xmlns:e='%s' xmlns:n='urn:t' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><e:Body><n:Notice><n:No i:type='n:Short'><n:No>%s</n:No></n:No></n:Notice></e:Body></e:Envelope>";

    assertThat(strict().read(text.formatted(SOAP_11, "1")))
        .isEqualTo(Map.of("Notice", Map.of("No", Map.of("No", "1"))));
    assertThat(Problems.of(() -> strict().read(text.formatted(SOAP_11, "one"))).field())
        .isEqualTo("/Envelope/Body/Notice/No/No");
  }

  @Test
  void whatIsWrittenNamesItsCharsetAndCanBeRead() {
    String text = format.write(Map.of("Notice", Map.of("No", "<1>")));

    assertThat(text).startsWith("<?xml version=\"1.0\" encoding=\"GBK\"?>");
    assertThat(format.read(text)).isEqualTo(Map.of("Notice", Map.of("No", "<1>")));
  }

  @Test
  void aWrittenFaultIsOne() {
    String text = format.fault(true, "<bad>", Map.of("code", "schema"));

    assertThat(format.read(text))
        .isEqualTo(
            Map.of(
                "Fault",
                Map.of(
                    "faultcode",
                    "soap:Client",
                    "faultstring",
                    "<bad>",
                    "detail",
                    Map.of("code", "schema"))));
    assertThat(text).contains("<soap:Fault>").contains("</soap:Fault></soap:Body>");
  }

  private SoapFormat strict() throws IOException {
    Path file = Files.writeString(directory.resolve("t.wsdl"), TYPES);
    return SoapFormat.soap11(SchemaFiles.xmlSchema(file), "UTF-8", Limits.DEFAULT);
  }

  private static String envelope(String body) {
    return "<e:Envelope xmlns:e='%s'><e:Body>%s</e:Body></e:Envelope>".formatted(SOAP_11, body);
  }

  private Problem problem(String text) {
    return Problems.of(() -> format.read(text));
  }
}

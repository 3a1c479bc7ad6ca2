package io.tickethub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.definition.DefinitionException;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class XmlFormatTest {

  private static final String SCHEMA =
      """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t" elementFormDefault="qualified">
        <xs:complexType name="Base"><xs:sequence><xs:element name="No" type="xs:int"/></xs:sequence></xs:complexType>
        <xs:complexType name="Long"><xs:complexContent><xs:extension base="t:Base">
          <xs:sequence><xs:element name="Kind"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="01"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>
        </xs:extension></xs:complexContent></xs:complexType>
        <xs:element name="Ticket" type="t:Base"/>
      </xs:schema>
      """;

  private final XmlFormat format = new XmlFormat(null, new Limits(1 << 20, 8));

  @TempDir Path directory;

  @Test
  void aDocumentTypeDeclarationIsRefused() {
    Problem problem =
        problem("<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"c\">]>\n<a>&b;</a>");

    assertThat(problem.code()).isEqualTo(ProblemCode.MALFORMED);
    assertThat(problem.detail()).isEqualTo("a document type declaration is not allowed");
    assertThat(problem.line()).isEqualTo(2);
  }

  @Test
  @Timeout(5)
  void entitiesThatExplodeAreRefusedUnread() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE a [<!ENTITY l0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      bomb.append("<!ENTITY l%d \"&l%d;&l%d;&l%d;\">".formatted(i, i - 1, i - 1, i - 1));
    }
    assertThat(problem(bomb + "]><a>&l29;</a>").code()).isEqualTo(ProblemCode.MALFORMED);
  }

  @Test
  void nothingOutsideTheMessageIsAskedFor() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(200);
      String url = "http://127.0.0.1:%d/evil".formatted(server.getLocalPort());

      problem("<!DOCTYPE a SYSTEM \"%s\"><a/>".formatted(url));
      problem("<!DOCTYPE a [<!ENTITY %% e SYSTEM \"%s\"> %%e;]><a/>".formatted(url));
      problem("<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>");
      format.read(
          "<a xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:t %s\"/>"
              .formatted(url));
      assertThat(
              new XmlFormat(schema(SCHEMA), Limits.DEFAULT)
                  .read(
                      "<Ticket xmlns=\"urn:t\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:t %s\"><No>1</No></Ticket>"
                          .formatted(url)))
          .hasToString("{Ticket={No=1}}");

      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void nestingBeyondTheLimitIsTooDeep() {
    assertThat(format.read("<a>".repeat(8) + "</a>".repeat(8))).isNotNull();
    assertThat(problem("<a>".repeat(9) + "</a>".repeat(9)).code()).isEqualTo(ProblemCode.TOO_DEEP);
    assertThat(problem("<a>".repeat(100_000)).code()).isEqualTo(ProblemCode.TOO_DEEP);
  }

  @Test
  void whatIsNoXmlIsMalformedWithItsLine() {
    for (String text :
        new String[] {
          "<a>\n<b></a>",
          "<a>\n&nbsp;</a>",
          "<a/>\n<b/>",
          "<a>\n\u0001</a>",
          "<x:a>\n</x:a>",
          "<a b='1'\nb='2'/>"
        }) {
      assertThat(problem(text).code()).as(text).isEqualTo(ProblemCode.MALFORMED);
      assertThat(problem(text).line()).as(text).isBetween(1, 2);
    }
    assertThat(problem("").code()).isEqualTo(ProblemCode.MALFORMED);
  }

  @Test
  void aBrokenSchemaNamesLineAndElementButNotTheValue() throws IOException {
    XmlFormat strict = new XmlFormat(schema(SCHEMA), Limits.DEFAULT);

    Problem problem =
        Problems.of(() -> strict.read("<Ticket xmlns=\"urn:t\">\n<No>13800001234五</No></Ticket>"));

    assertThat(problem.code()).isEqualTo(ProblemCode.SCHEMA);
    assertThat(problem.line()).isEqualTo(2);
    assertThat(problem.field()).isEqualTo("/Ticket/No");
    assertThat(problem.sentence()).doesNotContain("13800001234");
  }

  @Test
  void aMissingElementIsAMissingField() throws IOException {
    XmlFormat strict = new XmlFormat(schema(SCHEMA), Limits.DEFAULT);

    assertThat(Problems.of(() -> strict.read("<Ticket xmlns=\"urn:t\"></Ticket>")).code())
        .isEqualTo(ProblemCode.MISSING_FIELD);
  }

  @Test
  void aTypeChosenInTheMessageIsValidatedAndLeftOutOfTheTree() throws IOException {
    XmlFormat strict = new XmlFormat(schema(SCHEMA), Limits.DEFAULT);
    String text =
        "<x:Ticket xmlns:x=\"urn:t\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"x:Long\"><x:No>1</x:No><x:Kind>%s</x:Kind></x:Ticket>";

    assertThat(strict.read(text.formatted("01"))).hasToString("{Ticket={No=1, Kind=01}}");
    Problem problem = Problems.of(() -> strict.read(text.formatted("99")));
    assertThat(problem.code()).isEqualTo(ProblemCode.UNKNOWN_CODE);
    assertThat(problem.field()).isEqualTo("/Ticket/Kind");
  }

  @Test
  void whatIsWrittenKeepsToTheSchemaToo() throws IOException {
    XmlFormat strict = new XmlFormat(schema(SCHEMA), Limits.DEFAULT);

    assertThat(strict.write(tree("<Ticket xmlns='urn:t'><No>7</No></Ticket>", "urn:t")))
        .isEqualTo("<Ticket xmlns=\"urn:t\"><No>7</No></Ticket>");
    assertThat(Problems.of(() -> strict.write(tree("<Ticket><No>x</No></Ticket>", "urn:t"))).code())
        .isEqualTo(ProblemCode.SCHEMA);
  }

  @Test
  void aSchemaThatIsNoneNamesFileAndLine() {
    assertThatThrownBy(
            () ->
                schema(
                    "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n<xs:element nam=\"a\"/></xs:schema>"))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("s.xsd, line 2: ");
    assertThatThrownBy(() -> schema("<a>\n</b>"))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("s.xsd, line 2: ");
  }

  @Test
  void aSchemaMayNotReferToOtherPlaces() {
    assertThatThrownBy(
            () ->
                schema(
                    "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:include schemaLocation=\"http://127.0.0.1:9/x.xsd\"/><xs:element name=\"a\" type=\"missing\"/></xs:schema>"))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("s.xsd");
  }

  private java.util.Map<String, Object> tree(String text, String namespace) {
    java.util.Map<?, ?> element =
        (java.util.Map<?, ?>) ((java.util.Map<?, ?>) format.read(text)).get("Ticket");
    java.util.Map<Object, Object> root = new java.util.LinkedHashMap<>();
    root.put("@xmlns", namespace);
    root.putAll(element);
    return java.util.Map.of("Ticket", root);
  }

  private javax.xml.validation.Schema schema(String text) throws IOException {
    return SchemaFiles.xmlSchema(Files.writeString(directory.resolve("s.xsd"), text));
  }

  private Problem problem(String text) {
    return Problems.of(() -> format.read(text));
  }
}

package io.tickethub.connector.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.connector.ConnectorCheck;
import io.tickethub.definition.DefinitionException;
import io.tickethub.harness.FormatJar;
import io.tickethub.mapping.MappingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Formats that a connector's jars bring. */
class LibraryFormatsTest {

  @TempDir Path directory;

  private SampleConnector connector;

  @BeforeEach
  void write() throws IOException {
    connector = SampleConnector.in(directory.resolve("one"));
    connector.change("format: json", "format: lines");
  }

  private Object parsed(ConnectorDefinition definition) {
    return definition.inbound().get("news").translation().parse("any");
  }

  private void refused(String... causes) {
    assertThatThrownBy(connector::read)
        .isInstanceOf(DefinitionException.class)
        .hasMessageContainingAll(causes);
    assertThat(ConnectorCheck.check(connector.folder()).problems())
        .singleElement()
        .asString()
        .contains(causes);
  }

  @Test
  void aChannelSpeaksTheFormatOfAJar() throws IOException {
    FormatJar.compiled(
        connector.folder(),
        "lines.jar",
        "\"lines\"",
        "return java.util.Map.of(\"length\", message.length);");

    ConnectorDefinition definition = connector.read();

    assertThat(parsed(definition)).isEqualTo(Map.of("length", 3));
    assertThat(definition.inbound().get("news").form().formatName()).hasToString("lines");
  }

  @Test
  void twoConnectorsHaveVersionsOfTheirOwn() throws IOException {
    SampleConnector other = SampleConnector.in(directory.resolve("other"));
    other.change("format: json", "format: lines");
    String version = "return java.util.Map.of(\"version\", %d);";
    FormatJar.compiled(connector.folder(), "a.jar", "\"lines\"", version.formatted(1));
    FormatJar.compiled(other.folder(), "a.jar", "\"lines\"", version.formatted(2));

    assertThat(parsed(connector.read())).isEqualTo(Map.of("version", 1));
    assertThat(parsed(other.read())).isEqualTo(Map.of("version", 2));
  }

  @Test
  void aNameNobodyBringsIsRefusedWithItsLineAndTheKnownOnes() throws IOException {
    String place = connector.folder().resolve("connector.yaml") + ", line 10: inbound.news.format";
    refused(
        place,
        "'lines' is none of [json, xml, soap, soap12, delimited, fixed-width, json-lines, xml-records, json-records], and no jar in lib brings it");

    FormatJar.compiled(connector.folder(), "a.jar", "\"others\"", "return null;");
    refused(place, "'lines' is none of [json,", "nor of lib's [others]");
  }

  @Test
  void aJarMayNotRedefineWhatTheHubHas() throws IOException {
    FormatJar.compiled(connector.folder(), "a.jar", "\"json\"", "return null;");

    refused(
        connector.folder().resolve("lib/a.jar").toString(),
        "the format vendor.Lines is named 'json', which is one of the hub's own");
  }

  @Test
  void anUnusableNameIsRefused() throws IOException {
    FormatJar.compiled(connector.folder(), "a.jar", "\"My Lines\"", "return null;");
    refused("lib/a.jar: the format vendor.Lines is named 'My Lines'; a name is lower-case");

    FormatJar.compiled(connector.folder(), "a.jar", "null", "return null;");
    refused("lib/a.jar: the format vendor.Lines is named 'null'");
  }

  @Test
  void aClassThatDoesNotLoadIsRefusedWithItsJarAndCause() throws IOException {
    FormatJar.empty(connector.folder());
    refused(
        connector.folder().resolve("lib/empty.jar").toString(),
        "a format does not load",
        "vendor.Nowhere not found");
  }

  @Test
  void aClassThatFailsWhileItIsMadeIsRefusedWithTheCause() throws IOException {
    FormatJar.compiled(
        connector.folder(), "a.jar", "String.valueOf(1 / (\"\".length()))", "return null;");

    refused("lib/a.jar: a format does not load: java.lang.ArithmeticException: / by zero");
  }

  @Test
  void aTemplateCarriesFormatsOfLibIfItSaysSo() throws IOException {
    FormatJar.compiled(connector.folder(), "a.jar", "\"lines\"", "return null;");
    RouteTemplates shipped = new RouteTemplates(Path.of("connectors", "templates"));
    connector.change("format: json", "format: lines\n    route: {template: jms-in, queue: news}");
    assertThat(
            ConnectorFolder.read(
                    connector.folder(), Map.of("url", "http://127.0.0.1:9", "secret", "s"), shipped)
                .templated())
        .hasSize(1);

    connector.change("format: json", "format: lines\n    route: {template: http-json-in}");
    assertThatThrownBy(
            () ->
                ConnectorFolder.read(
                    connector.folder(),
                    Map.of("url", "http://127.0.0.1:9", "secret", "s"),
                    shipped))
        .hasMessageContaining("template 'http-json-in' carries [json], not lines");
  }

  @Test
  void aParserThatOverflowsRefusesTheMessageAlone() throws IOException {
    FormatJar.compiled(
        connector.folder(),
        "a.jar",
        "\"lines\"",
        "return message.length > 5 ? parse(message, charset) : java.util.Map.of(\"a\", 1);");
    ConnectorDefinition definition = connector.read();

    assertThatThrownBy(() -> definition.inbound().get("news").translation().parse("too long"))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining(
            "malformed: the format 'lines' cannot read it: StackOverflowError at vendor.Lines.parse");
    assertThat(parsed(definition)).isEqualTo(Map.of("a", 1));
  }
}

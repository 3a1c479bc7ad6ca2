package io.tickethub.kit.scaffold.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.definition.JsonSchemaFile;
import io.tickethub.mapping.Format;
import io.tickethub.mapping.JsonFormat;
import io.tickethub.mapping.Limits;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.SchemaFiles;
import io.tickethub.mapping.SoapFormat;
import io.tickethub.mapping.XmlFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaInferenceTest {

  private static final String ORDERED =
      "<Order xmlns='urn:a' id='%s'><No>%s</No>%s<Line>a</Line><Line>b</Line></Order>";

  @TempDir Path directory;

  private final SchemaInference inference = new SchemaInference("What lamps send", true);

  @Test
  void whatAllXmlMessagesHaveIsRequiredAndWhatSomeHaveIsNot() throws IOException {
    Format format =
        xml(
            ORDERED.formatted("1", "1", "<Note>a</Note>"),
            ORDERED.formatted("2", "2", ""),
            ORDERED.formatted("3", "3", ""));

    taken(format, "<Order xmlns='urn:a' id='9'><No>x</No><Line>a</Line></Order>");
    refused(format, "<Order xmlns='urn:a' id='9'><Line>a</Line></Order>", "No");
    refused(format, "<Order xmlns='urn:a'><No>1</No><Line>a</Line></Order>", "id");
    refused(format, "<Order xmlns='urn:b' id='9'><No>1</No><Line>a</Line></Order>", "Order");
    refused(format, "<Order xmlns='urn:a' id='9'><No>1</No><Line>a</Line><New/></Order>", "New");
  }

  @Test
  void theOrderOfXmlElementsMattersOnlyWhereOneRepeats() throws IOException {
    String any = "<A><B>%s</B><C>c</C></A>";
    Format format = xml(any.formatted("1"), any.formatted("2"), any.formatted("3"));

    taken(format, "<A><C>c</C><B>1</B></A>");

    Format mixed = xml("<A><B/><C/><B/></A>", "<A><C/><B/><C/></A>", "<A><B/></A>");

    taken(mixed, "<A><C/><C/><B/></A>");
  }

  @Test
  void fewMessagesSayLittleOfWhatMayBeLeftOut() throws IOException {
    Format format = xml("<A v='1'><B>1</B><C>c</C></A>", "<A v='1'><B>1</B><C>c</C></A>");

    taken(format, "<A><C>c</C></A>");
    refused(format, "<A><D>c</D></A>", "D");
  }

  @Test
  void textsAreFreeButForDatesOfTheSchemasOwnForm() throws IOException {
    String message = "<A><No>%d</No><At>2026-01-0%dT01:02:03+08:00</At><Day>2026130%d</Day></A>";
    Format format =
        xml(message.formatted(1, 1, 1), message.formatted(2, 2, 2), message.formatted(3, 3, 3));

    taken(format, "<A><No>A-1</No><At>2026-01-04T01:02:03Z</At><Day>x</Day></A>");
    refused(format, "<A><No>1</No><At>tomorrow</At><Day>x</Day></A>", "At");
  }

  @Test
  void whatOnlyLooksLikeADateIsText() throws IOException {
    String message = "<A><At>2026-13-4%d</At></A>";

    taken(
        xml(message.formatted(1), message.formatted(2), message.formatted(3)),
        "<A><At>whenever</At></A>");
  }

  @Test
  void textBesideElementsAndElementsOfOtherNamespacesAreTaken() throws IOException {
    Format format =
        xml(
            "<A>words <B x='1'>one</B><C/></A>",
            "<A><B x='2'>two</B><C><D/></C></A>",
            "<A><B x='3' y:z='4' xmlns:y='urn:y'/><E xmlns='urn:e'/></A>");

    taken(format, "<A>more <E xmlns='urn:other'>x</E><B x='1'/></A>");
  }

  @Test
  void messagesOfSeveralNamespacesHaveNoOneSchema() {
    assertThat(inference.xml(List.of("<A xmlns='urn:1'/>", "<A xmlns='urn:2'/>"))).isEmpty();
    assertThat(inference.xml(List.of())).isEmpty();
  }

  @Test
  void hostileMessagesTellNothing() throws IOException {
    Format format =
        xml(
            "<A><B>1</B></A>",
            "<!DOCTYPE A [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><A><Z>&e;</Z></A>",
            "<A><B>2</B>",
            "<A><B>3</B></A>",
            "<A><B>4</B></A>");

    taken(format, "<A><B>5</B></A>");
    refused(format, "<A><Z>5</Z></A>", "Z");
  }

  @Test
  void aRemarkIsAComment() throws IOException {
    String schema =
        new SchemaInference("What ----> sends", true).xml(List.of("<A/>")).orElseThrow();

    assertThat(Files.exists(file("schema.xsd", schema))).isTrue();
    assertThatCode(() -> SchemaFiles.xmlSchema(directory.resolve("schema.xsd")))
        .doesNotThrowAnyException();
  }

  @Test
  void ofSoapTheBodyHasTheSchema() throws IOException {
    String envelope =
        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Header><T xmlns='urn:t'/></s:Header>"
            + "<s:Body><urge xmlns='urn:f'>%s</urge></s:Body></s:Envelope>";
    String schema =
        inference
            .soap(
                List.of(
                    envelope.formatted("<no>1</no>"),
                    envelope.formatted("<no>2</no>"),
                    envelope.formatted("<no>3</no><why>x</why>")))
            .orElseThrow();
    Format format =
        SoapFormat.soap11(SchemaFiles.xmlSchema(file("body.xsd", schema)), "UTF-8", Limits.DEFAULT);

    taken(format, envelope.formatted("<no>4</no>"));
    refused(format, envelope.formatted("<why>x</why>"), "no");
  }

  @Test
  void whatAllJsonMessagesHaveIsRequiredAndUnknownPropertiesAreTaken() throws IOException {
    Format format =
        json(
            "{\"id\":\"1\",\"n\":1,\"who\":{\"name\":\"a\"},\"tags\":[\"x\"],\"open\":true}",
            "{\"id\":\"2\",\"n\":2.5,\"who\":{\"name\":\"b\",\"age\":\"3\"},\"tags\":[],\"open\":false}",
            "{\"id\":\"3\",\"n\":3,\"who\":{\"name\":null},\"tags\":[\"y\",1]}");

    taken(format, "{\"id\":\"4\",\"n\":-1,\"who\":{\"name\":\"c\"},\"tags\":[],\"new\":{}}");
    refused(format, "{\"n\":1,\"who\":{\"name\":\"c\"},\"tags\":[]}", "id");
    refused(format, "{\"id\":\"4\",\"n\":1,\"who\":{},\"tags\":[]}", "name");
    refused(format, "{\"id\":\"4\",\"n\":1,\"who\":\"c\",\"tags\":[]}", "who");
    refused(format, "{\"id\":\"4\",\"n\":1,\"who\":{\"name\":\"c\"},\"tags\":[{}]}", "tags");
  }

  @Test
  void dirtyJsonTellsNothing() throws IOException {
    Format format =
        json(
            "{\"id\":\"1\"}",
            "{\"id\":",
            "{\"id\":1,\"id\":2}",
            "{\"id\":\"2\"}",
            "{\"id\":\"3\"}");

    refused(format, "{\"id\":7}", "id");
    assertThat(inference.json(List.of("{"), List.of())).isEmpty();
  }

  @Test
  void theKeysOfAMessageAreRequiredHoweverFewThereAre() throws IOException {
    JsonNode schema =
        new JsonMapper()
            .readTree(
                inference.json(List.of("{\"id\":\"1\",\"x\":1}"), List.of("id")).orElseThrow());

    assertThat(schema.at("/required")).hasSize(1);
    assertThat(schema.at("/required/0").asText()).isEqualTo("id");
    assertThat(schema.at("/title").asText()).contains("1 messages");
    assertThat(schema.at("/$comment").asText()).contains("0.67");
  }

  private Format xml(String... messages) throws IOException {
    String schema = inference.xml(List.of(messages)).orElseThrow();
    return new XmlFormat(SchemaFiles.xmlSchema(file("schema.xsd", schema)), Limits.DEFAULT);
  }

  private Format json(String... messages) throws IOException {
    String schema = inference.json(List.of(messages), List.of()).orElseThrow();
    return new JsonFormat(JsonSchemaFile.read(file("schema.json", schema)), Limits.DEFAULT);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static void taken(Format format, String message) {
    assertThatCode(() -> format.read(message)).doesNotThrowAnyException();
  }

  private static void refused(Format format, String message, String about) {
    assertThatThrownBy(() -> format.read(message))
        .isInstanceOfSatisfying(
            MappingException.class, e -> assertThat(e.problem().sentence()).contains(about));
  }
}

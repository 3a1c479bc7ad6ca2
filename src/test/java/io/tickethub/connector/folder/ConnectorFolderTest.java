package io.tickethub.connector.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorFolderTest {

  @TempDir Path directory;

  private SampleConnector connector;

  @BeforeEach
  void writeFolder() throws IOException {
    connector = SampleConnector.in(directory);
  }

  @Test
  void aSoundFolderIsAConnector() {
    ConnectorDefinition definition = connector.read();

    assertThat(definition.name()).isEqualTo("sample");
    assertThat(definition.inbound()).containsOnlyKeys("news");
    assertThat(definition.outbound()).containsOnlyKeys("order", "close");
    assertThat(definition.channelFor("archived"))
        .get()
        .extracting(OutboundChannel::name)
        .isEqualTo("close");
    assertThat(definition.channelFor("noted")).isEmpty();
    assertThat(definition.routes()).hasSize(1);
    assertThat(definition.toString()).doesNotContain("127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "zone: | x: y | unknown key",
        "name: sample | name: other | name 'other' differs from the folder's",
        "titles: {en: Sample, zh: 样例} | titles: {en: Sample} | titles needs 'en' and 'zh'",
        "titles: {en: Sample, zh: 样例} | titles: {en: Sample, zh: } | line 2: titles.zh: has no value",
        "name: sample | name: | line 1: name: has no value",
        "owner: {team: nobody, contact: nobody@example.test} | owner: {team: nobody} | line 3: owner.contact: the key 'contact' is missing",
        "format: json | format: yaml | line 10: inbound.news.format: 'yaml' is none of [json, xml, soap, soap12, delimited, fixed-width, json-lines, xml-records, json-records]",
        "format: json | format: Jason Lines | line 10: inbound.news.format: 'Jason Lines' is no format; a name is lower-case letters",
        "format: json | charset: UTF-9 | the key 'format' is missing",
        "format: xml | {format: xml | line ",
        "format: xml | format: delimited | a delimited channel needs a 'schema'",
        "message-id: id | charset: UTF-9 | unknown charset 'UTF-9'",
        "message-id: id | message-id: '((' | mapping/news.jsonata, message-id, line 1",
        "message-id: id | mesage-id: id | line 13: unknown key 'mesage-id'; known are [",
        "message-id: id | same-id-other-bytes: guess | 'guess' is none of [new-version, conflict, reject]",
        "message-id: id | limits: {size: huge} | write a number and a unit: KB or MB",
        "message-id: id | expected-every: soon | write a number and a unit: ms, s, m, h or d",
        "mapping: mapping/order.jsonata | mapping: mapping/missing.jsonata | there is no file 'mapping/missing.jsonata'",
        "mapping: mapping/order.jsonata | mapping: | mapping: has no value",
        "mapping: mapping/order.jsonata | mapping: mapping | there is no file 'mapping'",
        "mapping: mapping/news.jsonata | mapping: ../../etc/passwd | '../../etc/passwd' leads out of the folder",
        "mapping: mapping/news.jsonata | mapping: mapping/../../other | leads out of the folder",
        "mapping: mapping/news.jsonata | mapping: /etc/passwd | '/etc/passwd' leads out of the folder",
        "mapping: mapping/news.jsonata | mapping: \"a\\0b\" | cannot be read",
        "schema: schema/news.schema.json | schema: routes/sample.camel.yaml | no usable JSON Schema",
        "tells: [archived] | tells: [archvied] | channel 'close' tells 'archvied', which is no event; known are [accepted, alert, archived,",
        "tells: [archived] | tells: [urged] | channels 'close' and 'order' both tell 'urged'",
        "tells: [archived] | tells: | tells: has no value",
        "idempotency: key | idempotency: ask | channel 'order' has idempotency ask but no 'ask'",
        "idempotency: key | idempotency: maybe | 'maybe' is none of [key, ask, none]",
        "idempotency: key | headers: {a: '('} | the key 'idempotency' is missing",
        "{secret: secret, | {secret: url, | signature: 'url' is no setting of type secret",
        "message-id: id | client-certificate: {} | line 13: inbound.news.client-certificate: 'subject' or 'alternative-name' is needed",
        "message-id: id | client-certificate: {subject: hotline} | client-certificate: subject cannot be 'hotline': ",
        "message-id: id | client-certificate: {subject: 'CN={{name}}'} | '{{name}}' is no setting",
        "message-id: id | client-certificate: {alternative-name: a.test} | client-certificate: alternative-name cannot be 'a.test': write dns:NAME,",
        "message-id: id | bearer-token: {issuer: i, keys: 'https://k', audience: a} | line 13: inbound.news.bearer-token: 'subject' or 'scope' is needed",
        "message-id: id | bearer-token: {issuer: i, keys: 'https://k', subject: s} | bearer-token.audience: the key 'audience' is missing",
        "message-id: id | bearer-token: {issuer: i, keys: 'file:///k', audience: a, subject: s} | bearer-token: keys cannot be 'file:///k': it is no HTTP URL",
        "message-id: id | bearer-token: {issuer: i, keys: '{{url}}', audience: a, scope: 'a  b'} | bearer-token: scope cannot be 'a  b': scopes are divided by one blank",
        "{secret: secret, | {secret: none, | signature: 'none' is no setting of type secret",
        "close: | order: | line 21: outbound: Duplicate field 'order'",
        "type: url | type: uri | 'uri' is none of [text, number, url, duration, distinguished-name, secret]",
        "codes: mapping/codes.yaml | codes: mapping/news.jsonata | news.jsonata, line 1",
        "codes: mapping/codes.yaml | zone: Asia/Fangchenggang | unknown zone 'Asia/Fangchenggang'"
      })
  void aWrongManifestIsRefusedWithPlaceAndCause(String line, String otherwise, String cause)
      throws IOException {
    connector.change(
        line.equals("zone:") ? "codes: mapping/codes.yaml" : line,
        otherwise == null ? "" : otherwise);

    assertThatThrownBy(connector::read)
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining(cause)
        .hasMessageContaining(connector.folder().toString())
        .hasMessageNotContaining("io.tickethub");
  }

  @Test
  void aHalfWrittenChannelIsRefused() throws IOException {
    connector.write("connector.yaml", SampleConnector.MANIFEST + "  later:\n");

    assertThatThrownBy(connector::read)
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("outbound.later: has no value");
  }

  @Test
  void aBrokenMappingIsRefusedWithItsLine() throws IOException {
    connector.write("mapping/order.jsonata", "{\n\"a\": 1,\n\"b\" 2}");

    assertThatThrownBy(connector::read)
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("order.jsonata, line 3: ");
  }

  @Test
  void aBrokenSchemaIsRefusedWithItsLine() throws IOException {
    connector.write("schema/news.schema.json", "{\n\"type\": }");

    assertThatThrownBy(connector::read)
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("news.schema.json, line 2: ");
  }

  @Test
  void aSchemaThatRefersToAnotherPlaceIsRefused() throws IOException {
    connector.write("schema/news.schema.json", "{\"$ref\": \"http://127.0.0.1:9/other.json\"}");

    assertThatThrownBy(connector::read)
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("http://127.0.0.1:9/other.json");
  }

  @Test
  void aLinkThatLeadsOutOfTheFolderIsRefused() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "{}");
    Path mapping = connector.folder().resolve("mapping/order.jsonata");
    Files.delete(mapping);
    Files.createSymbolicLink(mapping, secret);

    assertThatThrownBy(connector::read)
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("'mapping/order.jsonata' leads out of the folder");
  }

  @Test
  void aFolderWithoutManifestOrRoutesIsRefused() throws IOException {
    Files.delete(connector.folder().resolve("routes/sample.camel.yaml"));
    Files.delete(connector.folder().resolve("routes"));
    assertThatThrownBy(connector::read).hasMessageContaining("has no folder 'routes'");

    Files.delete(connector.folder().resolve("connector.yaml"));
    assertThatThrownBy(connector::read)
        .hasMessageEndingWith("connector.yaml: there is no such file");
  }

  @Test
  void aFolderWhoseNameIsNoNameIsRefused() throws IOException {
    Path folder = directory.resolve("Sample_1");
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("connector.yaml"),
        SampleConnector.MANIFEST.replace("name: sample", "name: Sample_1"));

    assertThatThrownBy(() -> ConnectorFolder.manifest(folder))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("lower-case letters, digits and hyphens");
  }
}

package io.tickethub.connector.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A small sound connector in a folder, to be broken by tests. */
final class SampleConnector {

  static final String MANIFEST =
      """
      name: sample
      titles: {en: Sample, zh: 样例}
      owner: {team: nobody, contact: nobody@example.test}
      settings:
        url: {type: url, description: the service}
        secret: {type: secret, description: the shared secret}
      codes: mapping/codes.yaml
      inbound:
        news:
          format: json
          schema: schema/news.schema.json
          mapping: mapping/news.jsonata
          message-id: id
          signature: {secret: secret, header: X-Signature, timestamp: X-Timestamp, id: X-Id}
      outbound:
        order:
          tells: [introduced, urged]
          format: xml
          mapping: mapping/order.jsonata
          idempotency: key
        close:
          tells: [archived]
          format: json
          mapping: mapping/order.jsonata
          idempotency: none
      """;

  private final Path folder;

  private SampleConnector(Path folder) {
    this.folder = folder;
  }

  static SampleConnector in(Path directory) throws IOException {
    SampleConnector connector = new SampleConnector(directory.resolve("sample"));
    connector.write("connector.yaml", MANIFEST);
    connector.write("mapping/codes.yaml", "tables:\n  t: {values: {a: b}, otherwise: keep}\n");
    connector.write("mapping/news.jsonata", "{\"type\": \"urge\", \"ticket\": {\"id\": id}}");
    connector.write("mapping/order.jsonata", "{\"Order\": key}");
    connector.write("schema/news.schema.json", "{\"type\": \"object\"}");
    connector.write("routes/sample.camel.yaml", "[]");
    return connector;
  }

  Path folder() {
    return folder;
  }

  void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /** The manifest with one line written otherwise. */
  void change(String line, String otherwise) throws IOException {
    if (!MANIFEST.contains(line)) {
      throw new IllegalArgumentException("the manifest has no line " + line);
    }
    write(
        "connector.yaml",
        MANIFEST.replaceFirst(
            java.util.regex.Pattern.quote(line),
            java.util.regex.Matcher.quoteReplacement(otherwise)));
  }

  ConnectorDefinition read() {
    return ConnectorFolder.read(folder, Map.of("url", "http://127.0.0.1:9", "secret", "s"));
  }
}

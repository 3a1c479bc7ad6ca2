package io.tickethub.connector.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.connector.ConnectorCheck;
import io.tickethub.harness.ManifestConnector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTemplatesTest {

  private static final String MANIFEST =
      """
      settings: {base-url: {type: url, description: the service}}
      inbound:
        news:
          route: {template: http-json-in}
          format: json
          mapping: mapping/news.jsonata
      outbound:
        order:
          tells: [introduced]
          route: {template: http-json-out, url: "{{base-url}}/api"}
          format: json
          mapping: mapping/order.jsonata
          idempotency: key
      """;

  @TempDir Path directory;

  @Test
  void aManifestWithTemplatesNeedsNoRoutes() throws IOException {
    assertThat(problems(MANIFEST)).isEmpty();
  }

  @Test
  void valuesAreFilledFromSettingsAndDefaults() throws IOException {
    List<TemplatedRoute> routes =
        ConnectorFolder.read(write(MANIFEST), Map.of("base-url", "http://127.0.0.1:9")).templated();

    assertThat(routes).extracting(TemplatedRoute::channel).containsExactly("news", "order");
    assertThat(routes.get(0).parameters())
        .containsEntry("connector", "plain")
        .containsEntry("path", "news");
    assertThat(routes.get(1).parameters())
        .containsEntry("url", "http://127.0.0.1:9/api")
        .containsEntry("ask-url", "http://127.0.0.1:9/api")
        .doesNotContainKey("oauth2-scope");
    assertThat(routes.get(1).toString()).doesNotContain("127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "http-json-in | http-in | line 7: channel 'news': there is no route template 'http-in'; known are [",
        "http-json-in | ../../x | there is no route template '../../x'; known are [",
        "http-json-in | http-json-out | template 'http-json-out' serves channels of the other direction",
        "http-json-in} | http-json-in, pth: x} | line 7: channel 'news': template 'http-json-in' has no parameter 'pth'; known are [methods, path]",
        "template: http-json-in | path: x | inbound.news.route: the key 'template' is missing",
        "http-json-out, url: | http-json-out, ask-url: | line 13: channel 'order': template 'http-json-out' needs the parameter 'url' (where it goes); known are [",
        "{{base-url}} | {{bas-url}} | line 13: channel 'order': 'url': connector.yaml has no setting 'bas-url'",
        "format: json | format: xml | template 'http-json-in' carries [json], not xml"
      })
  void aWrongRouteIsRefusedWithPlaceAndCause(String text, String otherwise, String cause)
      throws IOException {
    assertThat(MANIFEST).contains(text);

    assertThat(
            problems(
                MANIFEST.replaceFirst(Pattern.quote(text), Matcher.quoteReplacement(otherwise))))
        .singleElement()
        .asString()
        .contains(directory.resolve("plain/connector.yaml").toString(), cause);
  }

  @TestFactory
  Stream<DynamicTest> everyShippedTemplateSaysWhatItIs() {
    RouteTemplates templates = new RouteTemplates(Path.of("connectors/templates"));
    return templates.names().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> isComplete(templates.read(name))));
  }

  private static void isComplete(RouteTemplate template) {
    assertThat(template.titles()).containsOnlyKeys("en", "zh");
    assertThat(template.descriptions()).containsOnlyKeys("en", "zh");
  }

  private List<String> problems(String manifest) throws IOException {
    return ConnectorCheck.check(write(manifest)).problems();
  }

  private Path write(String manifest) throws IOException {
    return ManifestConnector.named("plain", manifest)
        .with("mapping/news.jsonata", "{\"type\": \"urge\", \"ticket\": {\"id\": id}}")
        .with("mapping/order.jsonata", "{\"key\": key}")
        .writeTo(directory);
  }
}

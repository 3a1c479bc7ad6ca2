package io.tickethub.kit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.ValidationMessage;
import io.tickethub.definition.JsonSchemaFile;
import io.tickethub.kit.quality.GradedFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratedFilesTest {

  private static final Path CONNECTORS = Path.of("connectors");

  static Stream<Arguments> shippedFiles() throws IOException {
    try (Stream<Path> files = Files.walk(CONNECTORS)) {
      return files
          .filter(Files::isRegularFile)
          .filter(
              file -> GradedFolders.find(CONNECTORS, List.of()).stream().anyMatch(file::startsWith))
          .flatMap(file -> kind(file).map(kind -> Arguments.of(file, kind)))
          .toList()
          .stream();
    }
  }

  private static Stream<ManifestFile> kind(Path file) {
    String name = file.getFileName().toString();
    return Stream.of(ManifestFile.values())
        .filter(kind -> name.endsWith(kind.pattern().replaceFirst(".*[*]", "")))
        .filter(kind -> kind.pattern().contains("*") || kind.pattern().equals(name));
  }

  @Test
  void schemasAndReferenceAreNotStale() {
    assertThat(GeneratedFiles.schemas(CONNECTORS).stale())
        .as("write them with ./hub connector schema --write")
        .isEmpty();
  }

  @Test
  void tablesInReadmesAreNotStale() {
    assertThat(GeneratedFiles.readmes(CONNECTORS).stale())
        .as("write them with ./hub connector readme --write")
        .isEmpty();
  }

  @Test
  void everyMeaningIsOfAKeyThatIsRead() {
    ManifestKeys keys = ManifestKeys.shipped();
    Map<String, Set<String>> read = new TreeMap<>();
    for (ManifestFile file : ManifestFile.values()) {
      JsonNode schema = new ManifestSchemas(keys).schema(file);
      read.put(file.reader().getSimpleName(), names(schema));
      schema.path("$defs").properties().forEach(e -> read.put(e.getKey(), names(e.getValue())));
    }

    assertThat(keys.records().keySet())
        .as("records in manifest-keys.yaml")
        .containsExactlyInAnyOrderElementsOf(read.keySet());
    read.forEach(
        (record, names) ->
            assertThat(keys.records().get(record).keySet())
                .as("keys of %s in manifest-keys.yaml", record)
                .containsExactlyInAnyOrderElementsOf(names));
  }

  private static Set<String> names(JsonNode definition) {
    Set<String> names = new TreeSet<>();
    JsonNode object = definition.has("anyOf") ? definition.path("anyOf").path(1) : definition;
    object.path("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  @ParameterizedTest
  @MethodSource("shippedFiles")
  void everyShippedFileKeepsToItsSchemaAndNamesIt(Path file, ManifestFile kind) throws IOException {
    Path schema = CONNECTORS.resolve("schema").resolve(kind.schemaName());

    assertThat(problems(schema, Files.readString(file))).isEmpty();
    if (!kind.pattern().contains("*")) {
      assertThat(Files.readAllLines(file).get(0))
          .isEqualTo(
              "# yaml-language-server: $schema="
                  + file.getParent().relativize(schema).toString().replace('\\', '/'));
    }
  }

  @Test
  void theSchemaRefusesWhatTheHubRefuses() throws IOException {
    Path schema = CONNECTORS.resolve("schema").resolve("connector.schema.json");
    String manifest = Files.readString(CONNECTORS.resolve("crm-bss/connector.yaml"));

    assertThat(problems(schema, manifest.replace("message-id:", "message-key:")))
        .anySatisfy(problem -> assertThat(problem.getMessage()).contains("message-key"));
    assertThat(problems(schema, manifest.replace("first-retry: 1s", "first-retry: soon")))
        .isNotEmpty();
    assertThat(problems(schema, manifest.replace("idempotency: key", "idempotency: perhaps")))
        .isNotEmpty();
    assertThat(problems(schema, manifest.replace("owner:", "#owner:"))).isNotEmpty();
  }

  private static Set<ValidationMessage> problems(Path schema, String yaml) throws IOException {
    JsonNode tree = new JsonMapper().valueToTree(new YAMLMapper().readTree(yaml));
    return JsonSchemaFile.read(schema).validate(tree);
  }
}

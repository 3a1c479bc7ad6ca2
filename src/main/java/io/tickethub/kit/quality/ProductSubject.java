package io.tickethub.kit.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickethub.definition.DefinitionException;
import io.tickethub.product.ProductFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A product adapter's folder under examination.
 *
 * @param raw {@code product.yaml} as written
 * @param schema of its attributes
 */
record ProductSubject(
    Path folder,
    ProductFolder product,
    JsonNode raw,
    JsonNode schema,
    String readme,
    List<ExampleCase> examples) {

  /** Throws {@link DefinitionException} if the folder cannot be read. */
  static ProductSubject read(Path folder) {
    ProductFolder product = ProductFolder.read(folder);
    YAMLMapper yaml = new YAMLMapper();
    try {
      JsonNode raw = yaml.readTree(ConnectorSubject.text(folder.resolve("product.yaml")));
      return new ProductSubject(
          folder,
          product,
          raw,
          yaml.readTree(ConnectorSubject.text(folder.resolve(raw.path("attributes").asText()))),
          ConnectorSubject.text(folder.resolve("README.md")),
          ExampleCase.folders(folder.resolve("examples")).stream()
              .map(example -> new ExampleCase("", example))
              .toList());
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /** The schema of each attribute. */
  List<Map.Entry<String, JsonNode>> attributes() {
    return List.copyOf(schema.path("properties").properties());
  }
}

package io.tickethub.kit.contract;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickethub.definition.DefinitionException;
import io.tickethub.product.ProductAdapter;
import io.tickethub.product.ProductFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The examples of a product adapter's folder. */
final class ProductExamples {

  private static final JsonMapper JSON = new JsonMapper();
  private static final YAMLMapper YAML = new YAMLMapper();

  private ProductExamples() {}

  static List<Case> cases(Path folder) {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("check", () -> read(folder)));
    for (Path example : ExampleFolders.below(folder.resolve("examples"))) {
      cases.add(new Case("example " + example.getFileName(), () -> check(read(folder), example)));
    }
    return cases;
  }

  private static ProductAdapter read(Path folder) {
    try {
      return ProductFolder.read(folder);
    } catch (DefinitionException e) {
      throw new BrokenContractException(e.getMessage());
    }
  }

  private static void check(ProductAdapter product, Path example) throws IOException {
    Map<String, Object> attributes =
        JSON.readValue(example.resolve("attributes.json").toFile(), new TypeReference<>() {});
    Path rejected = example.resolve("rejected.yaml");
    List<Map<String, String>> expected =
        Files.exists(rejected)
            ? YAML.readValue(rejected.toFile(), new TypeReference<>() {})
            : List.of();
    List<Map<String, String>> problems =
        product.check(attributes).stream()
            .map(problem -> Map.of("code", problem.code().code(), "field", problem.field()))
            .toList();
    BrokenContractException.unless(
        problems.equals(expected), "expected %s but got %s", expected, problems);
  }
}

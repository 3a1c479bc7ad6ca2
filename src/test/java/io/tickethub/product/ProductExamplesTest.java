package io.tickethub.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickethub.ticket.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The examples in the product adapters' folders: {@code attributes.json} is accepted, or refused
 * with the problems that {@code rejected.yaml} lists.
 */
class ProductExamplesTest {

  private static final Path PRODUCTS = Path.of("connectors", "products");

  @TestFactory
  Stream<DynamicNode> everyExampleHolds() throws IOException {
    return folders(PRODUCTS).stream()
        .map(
            folder ->
                DynamicContainer.dynamicContainer(
                    folder.getFileName().toString(), examples(folder)));
  }

  @TestFactory
  Stream<DynamicNode> everyProductShowsWhatItTakesAndWhatItRefuses() throws IOException {
    return folders(PRODUCTS).stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(),
                    () ->
                        assertThat(folders(folder.resolve("examples")))
                            .anyMatch(ProductExamplesTest::isRefused)
                            .anyMatch(example -> !isRefused(example))));
  }

  private static Stream<DynamicNode> examples(Path folder) {
    ProductAdapter product = ProductFolder.read(folder);
    return folders(folder.resolve("examples")).stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.getFileName().toString(), () -> check(product, example)));
  }

  private static void check(ProductAdapter product, Path example) throws IOException {
    Map<String, Object> attributes =
        new JsonMapper()
            .readValue(example.resolve("attributes.json").toFile(), new TypeReference<>() {});

    List<Map<String, String>> problems =
        product.check(attributes).stream()
            .map(problem -> Map.of("code", problem.code().code(), "field", problem.field()))
            .toList();

    assertThat(problems).isEqualTo(expected(example));
    assertThat(product.check(attributes)).extracting(Problem::detail).doesNotContainNull();
  }

  private static List<Map<String, String>> expected(Path example) throws IOException {
    return isRefused(example)
        ? new YAMLMapper()
            .readValue(example.resolve("rejected.yaml").toFile(), new TypeReference<>() {})
        : List.of();
  }

  private static boolean isRefused(Path example) {
    return Files.exists(example.resolve("rejected.yaml"));
  }

  private static List<Path> folders(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

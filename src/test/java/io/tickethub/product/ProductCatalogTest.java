package io.tickethub.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductCatalogTest {

  private static final Path SHIPPED = Path.of("connectors", "products");
  private static final String SMART_METER =
      """
      code: smart-meter
      titles: {en: Smart meter, zh: 智能电表}
      attributes: attributes.schema.json
      required: [meterNumber]
      responsible: partner-meter
      must-know: [crm-bss, noc]
      repair-limits: {gold: 2h, otherwise: 72h}
      sensitivity: personal
      masking: {meterNumber: card}
      """;

  @TempDir Path directory;

  @BeforeEach
  void copyTheShippedProducts() throws IOException {
    Files.walkFileTree(
        SHIPPED,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(directory.resolve(SHIPPED.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, directory.resolve(SHIPPED.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Test
  void theFiveProductClassesOfTheDomainAreShipped() {
    ProductCatalog catalog = ProductCatalog.read(SHIPPED);

    assertThat(catalog.failures()).isEmpty();
    assertThat(catalog.all())
        .extracting(ProductAdapter::code)
        .containsExactly("campus-card", "digital-hospital", "general", "government", "transport");
    assertThat(catalog.find("digital-hospital").orElseThrow().titles())
        .isEqualTo(Map.of("en", "Digital hospital", "zh", "数字医院"));
  }

  @Test
  void aSixthProductIsAFolder() throws IOException {
    add("smart-meter", SMART_METER, "{\"type\": \"object\"}");

    ProductAdapter product = ProductCatalog.read(directory).find("smart-meter").orElseThrow();

    assertThat(product.responsible()).contains("partner-meter");
    assertThat(product.mustKnow()).containsExactlyInAnyOrder("crm-bss", "noc");
    assertThat(product.repairLimit("gold")).contains(Duration.ofHours(2));
    assertThat(product.repairLimit("iron")).contains(Duration.ofHours(72));
    assertThat(product.repairLimit(null)).contains(Duration.ofHours(72));
    assertThat(product.masking()).isEqualTo(Map.of("meterNumber", "card"));
    assertThat(product.check(Map.of("meterNumber", "1"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          code: smart-meter      | code: meter           | code 'meter' differs from the folder's name
          code: smart-meter      | code:                 | line 1: code: has no value
          titles: {en: Smart meter, zh: 智能电表} | titles: {en: Smart meter} | titles needs 'en' and 'zh'
          attributes: attributes.schema.json      | attributes: none.json     | none.json
          required: [meterNumber]| require: [meterNumber]| line 4: unknown key 'require'
          gold: 2h               | gold: soon            | line 7: repair-limits.gold
          gold: 2h               | gold: 2               | line 7: repair-limits.gold
          sensitivity: personal  | sensitivity: secret   | sensitivity 'secret' is none of
          meterNumber: card      | meterNumber: crad     | masking 'crad' is none of
          """)
  void aBrokenFolderIsNamedWithItsCauseWhileTheOthersWork(String right, String wrong, String cause)
      throws IOException {
    add("smart-meter", SMART_METER.replace(right, wrong), "{\"type\": \"object\"}");

    ProductCatalog catalog = ProductCatalog.read(directory);

    assertThat(catalog.failures()).containsOnlyKeys("smart-meter");
    assertThat(catalog.failures().get("smart-meter")).contains("smart-meter", cause);
    assertThat(catalog.all()).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type": "object",                                | line 1: not well-formed JSON
          {"$ref": "https://schemas.example.test/meter"}    | may not refer to
          {"$ref": "file:///etc/hostname"}                  | may not refer to
          {"$ref": "http://example.test/://json-schema.org/"} | may not refer to
          {"$ref": "#/$defs/nowhere"}                       | no usable JSON Schema
          {"type": "object", "properties": {"a": {"pattern": "["}}} | no usable JSON Schema
          """)
  void aBrokenSchemaIsNamedWithItsCause(String schema, String cause) throws IOException {
    add("smart-meter", SMART_METER, schema);

    assertThat(ProductCatalog.read(directory).failures().get("smart-meter"))
        .contains("attributes.schema.json", cause);
  }

  @Test
  void aFolderWithoutAManifestIsNamed() throws IOException {
    Files.createDirectory(directory.resolve("empty"));

    assertThat(ProductCatalog.read(directory).failures().get("empty"))
        .contains("product.yaml: there is no such file");
  }

  @Test
  void withoutTheDirectoryThereAreNoProducts() {
    ProductCatalog catalog = ProductCatalog.read(directory.resolve("nowhere"));

    assertThat(catalog.all()).isEmpty();
    assertThat(catalog.failures()).isEmpty();
    assertThat(catalog.find("general")).isEmpty();
    assertThat(catalog.find(null)).isEmpty();
  }

  private void add(String name, String manifest, String schema) throws IOException {
    Path folder = Files.createDirectory(directory.resolve(name));
    Files.writeString(folder.resolve("product.yaml"), manifest);
    Files.writeString(folder.resolve("attributes.schema.json"), schema);
  }
}

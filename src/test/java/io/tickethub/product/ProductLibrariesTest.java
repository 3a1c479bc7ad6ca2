package io.tickethub.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.product.example.LeasedLineAdapter;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The worked example of a Java adapter, packed into a jar as its author would. */
class ProductLibrariesTest {

  private static final String SERVICE = "META-INF/services/" + ProductAdapter.class.getName();
  private static final String CLASS =
      LeasedLineAdapter.class.getName().replace('.', '/') + ".class";

  @TempDir Path products;

  @Test
  void aJarInAFolderBringsItsAdapterIntoTheCatalog() throws IOException {
    FileSystemUtils.copyRecursively(
        Path.of("connectors", "products", "general"), products.resolve("general"));
    jar("leased-line", SERVICE, CLASS);

    ProductCatalog catalog = ProductCatalog.read(products);

    assertThat(catalog.failures()).isEmpty();
    assertThat(catalog.all())
        .extracting(ProductAdapter::code)
        .containsExactly("general", "leased-line");
    ProductAdapter adapter = catalog.find("leased-line").orElseThrow();
    assertThat(adapter.check(Map.of("lineNumber", "ZX12345678"))).isEmpty();
    assertThat(adapter.check(Map.of("lineNumber", "ZX12345679")))
        .extracting(Problem::code)
        .containsExactly(ProblemCode.INVALID_VALUE);
    assertThat(adapter.repairLimit("gold")).contains(Duration.ofHours(2));
  }

  @Test
  void aJarThatNamesNoAdapterIsReported() throws IOException {
    jar("leased-line", CLASS);

    assertThat(ProductCatalog.read(products).failures().get("leased-line"))
        .contains("lib", "no jar names a ProductAdapter in " + SERVICE);
  }

  @Test
  void aJarThatNamesAClassItDoesNotHaveIsReported() throws IOException {
    Path library = Files.createDirectories(products.resolve("leased-line/lib"));
    try (ZipOutputStream jar =
        new ZipOutputStream(Files.newOutputStream(library.resolve("adapter.jar")))) {
      jar.putNextEntry(new ZipEntry(SERVICE));
      jar.write("io.example.Nowhere\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    assertThat(ProductCatalog.read(products).failures().get("leased-line"))
        .contains("does not load", "io.example.Nowhere");
  }

  @Test
  void aSecondAdapterOfAClassIsReported() throws IOException {
    jar("a", SERVICE, CLASS);
    jar("b", SERVICE, CLASS);

    ProductCatalog catalog = ProductCatalog.read(products);

    assertThat(catalog.find("leased-line")).isPresent();
    assertThat(catalog.failures().get("b"))
        .contains("there is another adapter of product class 'leased-line'");
  }

  private void jar(String folder, String... entries) throws IOException {
    Path library = Files.createDirectories(products.resolve(folder).resolve("lib"));
    try (OutputStream file = Files.newOutputStream(library.resolve("adapter.jar"));
        ZipOutputStream jar = new ZipOutputStream(file)) {
      for (String entry : entries) {
        jar.putNextEntry(new ZipEntry(entry));
        try (InputStream content = content(entry)) {
          content.transferTo(jar);
        }
      }
    }
  }

  private static InputStream content(String entry) {
    String name = entry.equals(SERVICE) ? "/product-adapter/" + SERVICE : "/" + CLASS;
    return ProductLibrariesTest.class.getResourceAsStream(name);
  }
}

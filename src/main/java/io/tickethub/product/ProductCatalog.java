package io.tickethub.product;

import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All product adapters, by code. */
public final class ProductCatalog {

  private final Map<String, ProductAdapter> adapters;
  private final Map<String, String> failures;

  private ProductCatalog(Map<String, ProductAdapter> adapters, Map<String, String> failures) {
    this.adapters = adapters;
    this.failures = failures;
  }

  /**
   * The folders below {@code products}, and what {@code ServiceLoader} finds. A broken folder is
   * kept out and listed.
   */
  public static ProductCatalog read(Path products) {
    Map<String, ProductAdapter> adapters = new TreeMap<>();
    Map<String, String> failures = new TreeMap<>();
    ProductLibraries.ofClassPath().forEach(adapter -> adapters.put(adapter.code(), adapter));
    for (Path folder : folders(products)) {
      try {
        for (ProductAdapter adapter : adapters(folder)) {
          add(adapters, folder, adapter);
        }
      } catch (DefinitionException e) {
        failures.put(folder.getFileName().toString(), e.getMessage());
      }
    }
    return new ProductCatalog(adapters, failures);
  }

  /** A folder is data; where data are not enough, its jars bring Java. */
  private static List<? extends ProductAdapter> adapters(Path folder) {
    return !Files.exists(folder.resolve("product.yaml")) && ProductLibraries.isIn(folder)
        ? ProductLibraries.of(folder)
        : List.of(ProductFolder.read(folder));
  }

  private static void add(
      Map<String, ProductAdapter> adapters, Path folder, ProductAdapter adapter) {
    if (adapters.putIfAbsent(adapter.code(), adapter) != null) {
      throw new DefinitionException(
          "%s: there is another adapter of product class '%s'".formatted(folder, adapter.code()));
    }
  }

  private static List<Path> folders(Path products) {
    if (!Files.isDirectory(products)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(products)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new DefinitionException(products + ": cannot be read: " + e.getMessage(), e);
    }
  }

  public Optional<ProductAdapter> find(String code) {
    return code == null ? Optional.empty() : Optional.ofNullable(adapters.get(code));
  }

  public Collection<ProductAdapter> all() {
    return adapters.values();
  }

  /** Why a folder is not in the catalog, by folder name. */
  public Map<String, String> failures() {
    return failures;
  }
}

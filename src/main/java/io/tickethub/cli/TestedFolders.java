package io.tickethub.cli;

import io.tickethub.definition.DefinitionException;
import io.tickethub.kit.quality.GradedFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folders a test is about, by their names.
 *
 * @param connectors below the directory
 * @param products below its {@code products}
 */
record TestedFolders(List<String> connectors, List<String> products) {

  private static final String PRODUCTS = "products";

  /** All of a directory, which may have no {@code products}. */
  static TestedFolders all(Path directory) {
    TestedFolders all =
        new TestedFolders(
            names(GradedFolders.connectors(directory)), names(GradedFolders.products(directory)));
    if (all.connectors().isEmpty() && all.products().isEmpty()) {
      throw new DefinitionException(
          directory + ": there is no folder with a connector.yaml in it, and none in products");
    }
    return all;
  }

  /**
   * Those of these names: {@code NAME} is a connector, or else a product adapter; {@code
   * products/NAME} is a product adapter.
   */
  static TestedFolders named(Path directory, List<String> names) {
    List<String> connectors = new ArrayList<>();
    List<String> products = new ArrayList<>();
    for (String name : names) {
      Path product = directory.resolve(PRODUCTS).resolve(name);
      if (name.startsWith(PRODUCTS + "/") && Files.isDirectory(directory.resolve(name))) {
        products.add(name.substring(PRODUCTS.length() + 1));
      } else if (Files.isDirectory(directory.resolve(name))) {
        connectors.add(name);
      } else if (Files.isDirectory(product)) {
        products.add(name);
      } else {
        throw new DefinitionException(
            "%s: there is no such folder, nor %s".formatted(directory.resolve(name), product));
      }
    }
    return new TestedFolders(connectors, products);
  }

  private static List<String> names(List<Path> folders) {
    return folders.stream().map(folder -> folder.getFileName().toString()).toList();
  }
}

package io.tickethub.kit.quality;

import io.tickethub.definition.DefinitionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the folders that can have a grade. */
public final class GradedFolders {

  private static final String PRODUCTS = "products";

  private GradedFolders() {}

  /**
   * The named folders, or all connectors and then all product adapters.
   *
   * @param names below {@code directory}: {@code NAME}, or {@code products/NAME}
   */
  public static List<Path> find(Path directory, List<String> names) {
    if (!names.isEmpty()) {
      return names.stream().map(name -> named(directory, name)).toList();
    }
    return Stream.concat(connectors(directory).stream(), products(directory).stream()).toList();
  }

  public static List<Path> connectors(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new DefinitionException(directory + ": there is no such folder");
    }
    return having(directory, "connector.yaml");
  }

  public static List<Path> products(Path directory) {
    return having(directory.resolve(PRODUCTS), "product.yaml");
  }

  private static Path named(Path directory, String name) {
    Path folder = directory.resolve(name).normalize();
    if (!folder.startsWith(directory.normalize()) || !Files.isDirectory(folder)) {
      throw new DefinitionException(folder + ": there is no such folder");
    }
    return folder;
  }

  private static List<Path> having(Path parent, String file) {
    return ExampleCase.folders(parent).stream()
        .filter(folder -> Files.exists(folder.resolve(file)))
        .toList();
  }
}

package io.tickethub.product;

import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Product adapters in Java: from the hub's own class path, and from folders' {@code lib/*.jar}. */
final class ProductLibraries {

  private ProductLibraries() {}

  /** What the hub's class path has. */
  static List<ProductAdapter> ofClassPath() {
    return ServiceLoader.load(ProductAdapter.class).stream().map(Provider::get).toList();
  }

  static boolean isIn(Path folder) {
    return !jars(folder).isEmpty();
  }

  /**
   * What a folder's jars bring, in a class loader of their own; throws {@link DefinitionException}
   * if they bring nothing or something that does not load.
   */
  static List<ProductAdapter> of(Path folder) {
    Set<Class<?>> known =
        ServiceLoader.load(ProductAdapter.class).stream()
            .map(Provider::type)
            .collect(Collectors.toSet());
    ClassLoader loader = new URLClassLoader(urls(folder), ProductAdapter.class.getClassLoader());
    try {
      List<ProductAdapter> adapters = new ArrayList<>();
      for (Provider<ProductAdapter> provider :
          ServiceLoader.load(ProductAdapter.class, loader).stream().toList()) {
        if (!known.contains(provider.type())) {
          adapters.add(provider.get());
        }
      }
      if (adapters.isEmpty()) {
        throw new DefinitionException(
            "%s: no jar names a ProductAdapter in META-INF/services/%s"
                .formatted(folder.resolve("lib"), ProductAdapter.class.getName()));
      }
      return adapters;
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new DefinitionException(
          "%s: does not load: %s".formatted(folder.resolve("lib"), e.getMessage()), e);
    }
  }

  private static URL[] urls(Path folder) {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars(folder)) {
      try {
        urls.add(jar.toUri().toURL());
      } catch (MalformedURLException e) {
        throw new DefinitionException("%s: %s".formatted(jar, e.getMessage()), e);
      }
    }
    return urls.toArray(URL[]::new);
  }

  private static List<Path> jars(Path folder) {
    Path library = folder.resolve("lib");
    if (!Files.isDirectory(library)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(library)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(library, e.getMessage()), e);
    }
  }
}

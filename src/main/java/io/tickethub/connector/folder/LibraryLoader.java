package io.tickethub.connector.folder;

import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** The classes in a connector's {@code lib/*.jar}, which nobody else sees. */
public final class LibraryLoader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LibraryLoader.class);

  private final Path copies;
  private final ChildFirst loader;

  private LibraryLoader(Path copies, ChildFirst loader) {
    this.copies = copies;
    this.loader = loader;
  }

  /**
   * The jars where they are, for whoever looks at a folder for a moment; closing may be left out.
   */
  static LibraryLoader inPlace(Path folder) {
    return new LibraryLoader(null, loader(jars(folder.resolve("lib"))));
  }

  /** Copies of the jars, for a connector that runs on while its folder changes. */
  static LibraryLoader copied(Path folder) {
    Path lib = folder.resolve("lib");
    List<Path> jars = jars(lib);
    if (jars.isEmpty()) {
      return new LibraryLoader(null, null);
    }
    try {
      Path copies = Files.createTempDirectory("hub-lib-" + folder.getFileName());
      List<Path> copied = new ArrayList<>();
      for (Path jar : jars) {
        copied.add(Files.copy(jar, copies.resolve(jar.getFileName().toString())));
      }
      return new LibraryLoader(copies, loader(copied));
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(lib, e), e);
    }
  }

  private static ChildFirst loader(List<Path> jars) {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      try {
        urls.add(jar.toUri().toURL());
      } catch (MalformedURLException e) {
        throw new DefinitionException("%s: %s".formatted(jar, e.getMessage()), e);
      }
    }
    return urls.isEmpty() ? null : new ChildFirst(urls.toArray(URL[]::new));
  }

  private static List<Path> jars(Path lib) {
    if (!Files.isDirectory(lib)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(lib)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(lib, e), e);
    }
  }

  /** Empty if the connector brings no library. */
  public Optional<ClassLoader> loader() {
    return Optional.ofNullable(loader);
  }

  /** The places in the jars, and nowhere else, where a file is. */
  List<URL> own(String name) throws IOException {
    return loader == null ? List.of() : Collections.list(loader.findResources(name));
  }

  @Override
  public void close() {
    if (loader == null) {
      return;
    }
    try {
      loader.close();
      if (copies != null) {
        FileSystemUtils.deleteRecursively(copies);
      }
    } catch (IOException e) {
      LOG.warn("a library remains open: {}", e.getMessage());
    }
  }

  /** Looks into the jars first, but for what the hub and its routes share with them. */
  private static final class ChildFirst extends URLClassLoader {

    private static final List<String> SHARED =
        List.of(
            "java.",
            "javax.",
            "jakarta.",
            "jdk.",
            "sun.",
            "org.slf4j.",
            "io.tickethub.",
            "org.apache.camel.",
            "org.springframework.");

    static {
      registerAsParallelCapable();
    }

    private ChildFirst(URL[] jars) {
      super("connector-lib", jars, LibraryLoader.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (SHARED.stream().anyMatch(name::startsWith)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> found = findLoadedClass(name);
        if (found == null) {
          try {
            found = findClass(name);
          } catch (ClassNotFoundException e) {
            return super.loadClass(name, resolve);
          }
        }
        if (resolve) {
          resolveClass(found);
        }
        return found;
      }
    }

    @Override
    public URL getResource(String name) {
      URL own = findResource(name);
      return own == null ? super.getResource(name) : own;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      Enumeration<URL> own = findResources(name);
      return own.hasMoreElements() ? own : super.getResources(name);
    }
  }
}

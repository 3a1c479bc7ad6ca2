package io.tickethub.connector.folder;

import io.tickethub.connector.folder.ConnectorManifest.Syntax;
import io.tickethub.definition.DefinitionException;
import io.tickethub.mapping.MessageFormat;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The formats that the jars of a connector's {@code lib} bring, by name. */
final class LibraryFormats {

  private static final String SERVICE = "META-INF/services/" + MessageFormat.class.getName();

  private LibraryFormats() {}

  /** Throws {@link DefinitionException} naming the jar if one does not load or is misnamed. */
  static Map<String, MessageFormat> of(Path folder, LibraryLoader libraries) {
    Path lib = folder.resolve("lib");
    String jars = lib.toString();
    try {
      List<URL> services = libraries.own(SERVICE);
      if (services.isEmpty()) {
        return Map.of();
      }
      jars = jars(lib, services);
      Map<String, MessageFormat> formats = new TreeMap<>();
      for (MessageFormat format :
          ServiceLoader.load(MessageFormat.class, libraries.loader().orElseThrow())) {
        check(jars, format);
        if (formats.put(format.name(), format) != null) {
          throw new DefinitionException(
              "%s: two formats are named '%s'".formatted(jars, format.name()));
        }
      }
      return Map.copyOf(formats);
    } catch (DefinitionException e) {
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      throw new DefinitionException(
          "%s: a format does not load: %s".formatted(jars, described(e)), e);
    }
  }

  private static void check(String jars, MessageFormat format) {
    String name = format.name();
    if (name == null || !SyntaxName.isName(name)) {
      throw new DefinitionException(
          "%s: the format %s is named '%s'; a name is lower-case letters, digits and hyphens"
              .formatted(jars, format.getClass().getName(), name));
    }
    if (Syntax.named(name).isPresent()) {
      throw new DefinitionException(
          "%s: the format %s is named '%s', which is one of the hub's own; give it another name"
              .formatted(jars, format.getClass().getName(), name));
    }
  }

  private static String jars(Path lib, List<URL> services) {
    return services.stream()
        .map(service -> service.getPath().replaceFirst("!/.*", ""))
        .map(jar -> lib.resolve(jar.substring(jar.lastIndexOf('/') + 1)).toString())
        .collect(Collectors.joining(", "));
  }

  /** Foreign code may throw anything while it is loaded. */
  private static String described(Throwable e) {
    String text = e instanceof ServiceConfigurationError ? e.getMessage() : e.toString();
    return e.getCause() == null ? text : "%s: %s".formatted(text, e.getCause());
  }
}

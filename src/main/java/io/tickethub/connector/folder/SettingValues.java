package io.tickethub.connector.folder;

import io.tickethub.connector.folder.ConnectorManifest.Setting;
import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import javax.security.auth.x500.X500Principal;
import org.springframework.boot.convert.DurationStyle;

/**
 * The values of a connector's settings: the operator's, or the manifest's defaults, secrets fetched
 * from where they are.
 */
public final class SettingValues {

  private final UnaryOperator<String> environment;

  /** {@code environment} gives the value of an environment variable, or null. */
  public SettingValues(UnaryOperator<String> environment) {
    this.environment = environment;
  }

  /**
   * The value of each setting.
   *
   * @param given what the operator configured; hyphens and capitals in names do not matter, as an
   *     environment cannot carry them
   * @throws UnconfiguredException if a required one is missing
   */
  public Map<String, String> resolve(ConnectorManifest manifest, Map<String, String> given) {
    Map<String, String> simplified = new TreeMap<>();
    given.forEach((name, value) -> simplified.put(simplify(name), value));
    checkKnown(manifest, given.keySet());
    Map<String, String> values = new TreeMap<>();
    manifest
        .settings()
        .forEach(
            (name, setting) -> {
              String value = simplified.getOrDefault(simplify(name), setting.defaultValue());
              if (value == null) {
                throw new UnconfiguredException(
                    "setting '%s' is missing (%s): give it in hub.yaml under hub.connectors.settings.%s"
                        .formatted(name, setting.description(), manifest.name()));
              }
              values.put(name, check(manifest.name(), name, setting, value));
            });
    return values;
  }

  /** A misspelt name would leave its setting at the default without a word. */
  private static void checkKnown(ConnectorManifest manifest, Set<String> given) {
    Set<String> known = new TreeSet<>();
    manifest.settings().keySet().forEach(name -> known.add(simplify(name)));
    for (String name : given) {
      if (!known.contains(simplify(name))) {
        throw new DefinitionException(
            "connector %s has no setting '%s'; it has %s"
                .formatted(manifest.name(), name, new TreeSet<>(manifest.settings().keySet())));
      }
    }
  }

  private static String simplify(String name) {
    return name.replace("-", "").toLowerCase(Locale.ROOT);
  }

  private String check(String connector, String name, Setting setting, String value) {
    try {
      String checked = value(connector, name, setting, value);
      if (checked.contains("{{") || checked.contains("}}")) {
        throw new IllegalArgumentException("double braces are placeholders of routes");
      }
      return checked;
    } catch (IllegalArgumentException e) {
      throw new DefinitionException(
          "setting '%s' of connector %s is no %s: %s"
              .formatted(name, connector, setting.type().text(), e.getMessage()));
    }
  }

  private String value(String connector, String name, Setting setting, String value) {
    return switch (setting.type()) {
      case TEXT -> value;
      case NUMBER -> String.valueOf(Long.parseLong(value.strip()));
      case URL -> url(value);
      case DURATION -> String.valueOf(DurationStyle.detectAndParse(value).toMillis());
      case DISTINGUISHED_NAME -> new X500Principal(value).toString();
      case SECRET -> secret(connector, name, value);
    };
  }

  private static String url(String value) {
    URI url = URI.create(value.strip());
    if (url.getScheme() == null || url.getRawAuthority() == null) {
      throw new IllegalArgumentException("write scheme://host or scheme://host:port");
    }
    return url.toString();
  }

  private String secret(String connector, String name, String reference) {
    if (reference.startsWith("env:")) {
      String value = environment.apply(reference.substring("env:".length()));
      if (value == null || value.isBlank()) {
        throw new UnconfiguredException(
            "setting '%s' of connector %s: the environment has no value for %s"
                .formatted(name, connector, reference.substring("env:".length())));
      }
      return value;
    }
    if (reference.startsWith("file:")) {
      try {
        return content(connector, name, Path.of(reference.substring("file:".length())));
      } catch (IOException e) {
        throw new UnconfiguredException(
            "setting '%s' of connector %s: the secret's file cannot be read: %s"
                .formatted(name, connector, e.getMessage()));
      }
    }
    throw new DefinitionException(
        "setting '%s' of connector %s is a secret: write env:NAME or file:PATH, never the secret itself"
            .formatted(name, connector));
  }

  private static String content(String connector, String name, Path file) throws IOException {
    String secret = Files.readString(file).strip();
    if (secret.isEmpty()) {
      throw new UnconfiguredException(
          "setting '%s' of connector %s: the secret's file %s is empty"
              .formatted(name, connector, file));
    }
    return secret;
  }
}

package io.tickethub.connector;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code hub.connectors}.
 *
 * @param directory holds a folder for each connector, and {@code products}
 * @param routes holds the rules of ownership and participants
 * @param watch how often the directory is looked at for what was added, changed and removed; zero
 *     for never
 * @param settings connector → setting → value; {@code enabled: false} leaves a connector out
 */
@ConfigurationProperties("hub.connectors")
public record ConnectorProperties(
    @DefaultValue("connectors") Path directory,
    @DefaultValue("routes") Path routes,
    @DefaultValue("500ms") Duration watch,
    @DefaultValue Map<String, Map<String, String>> settings) {

  private static final String ENABLED = "enabled";

  /**
   * What the operator configured for a connector; an environment variable cannot carry the hyphens
   * of its name.
   */
  Map<String, String> settingsOf(String connector) {
    Map<String, String> values = new TreeMap<>();
    settings.forEach(
        (name, given) -> {
          if (name.replace("-", "").equalsIgnoreCase(connector.replace("-", ""))) {
            values.putAll(given);
          }
        });
    values.remove(ENABLED);
    return values;
  }

  boolean isEnabled(String connector) {
    return settings.entrySet().stream()
        .filter(
            entry -> entry.getKey().replace("-", "").equalsIgnoreCase(connector.replace("-", "")))
        .noneMatch(entry -> "false".equals(entry.getValue().get(ENABLED)));
  }
}

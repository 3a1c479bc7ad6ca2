package io.tickethub;

import io.tickethub.definition.DefinitionException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.Ordered;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * A key of {@code hub} that the hub does not know is a mistake, most often of spelling: it is not
 * passed over in silence. The keys it knows are those of the {@code hub.yaml} in the jar.
 */
public final class UnknownKeys implements EnvironmentPostProcessor, Ordered {

  private static final String DEFAULTS = "class path resource [hub.yaml]";
  private static final ConfigurationPropertyName HUB = ConfigurationPropertyName.of("hub");

  /** Below these, names are the operator's. */
  private static final List<ConfigurationPropertyName> OPEN =
      Stream.of(
              "hub.connectors.settings",
              "hub.broker.embedded.users",
              "hub.tmf.clients",
              "hub.alerts.notify",
              "hub.alerts.silences",
              "hub.operations.oidc.roles",
              "hub.operations.oidc.connectors")
          .map(ConfigurationPropertyName::of)
          .toList();

  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (!application.getAllSources().contains(TicketHub.class)) {
      return;
    }
    Set<ConfigurationPropertyName> known = new TreeSet<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source.getName().contains(DEFAULTS)) {
        names(source).map(UnknownKeys::name).forEach(known::add);
      }
    }
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof OriginLookup || source instanceof CommandLinePropertySource) {
        names(source).forEach(key -> check(key, source, known));
      }
    }
  }

  private static Stream<String> names(PropertySource<?> source) {
    return source instanceof EnumerablePropertySource<?> enumerable
        ? Stream.of(enumerable.getPropertyNames())
        : Stream.empty();
  }

  private static ConfigurationPropertyName name(String key) {
    return ConfigurationPropertyName.adapt(key, '.');
  }

  private static void check(
      String key, PropertySource<?> source, Set<ConfigurationPropertyName> known) {
    ConfigurationPropertyName name = name(key);
    boolean fine =
        !HUB.isAncestorOf(name)
            || known.contains(name)
            || OPEN.stream().anyMatch(open -> open.equals(name) || open.isAncestorOf(name));
    if (!fine) {
      throw new DefinitionException(
          "%s: there is no configuration key %s; 'hub configuration' prints all"
              .formatted(place(key, source), key));
    }
  }

  @SuppressWarnings("unchecked")
  private static String place(String key, PropertySource<?> source) {
    return source instanceof OriginLookup
        ? String.valueOf(((OriginLookup<String>) source).getOrigin(key))
        : "the command line";
  }
}

package io.tickethub.connector.camel;

import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/** Checks the routes of a connector, and what they are to speak with, without starting them. */
public final class RouteCheck {

  private RouteCheck() {}

  /** Routes that do not load, channels that no route serves, a broker's client that is none. */
  public static List<String> check(ConnectorDefinition definition) {
    List<String> problems = new ArrayList<>();
    try (DefaultCamelContext context = new DefaultCamelContext(false)) {
      context.disableJMX();
      Properties settings = new Properties();
      settings.putAll(definition.settings());
      context.getPropertiesComponent().setInitialProperties(settings);
      context.build();
      new ConnectorRoutes(context, definition).load();
      problems.addAll(unserved(definition, context));
      if (definition.manifest().jmsBroker() != null) {
        new VendorClient(definition).type();
      }
    } catch (DefinitionException e) {
      problems.add(e.getMessage());
    } catch (IOException e) {
      problems.add(
          "%s: routes cannot be checked: %s".formatted(definition.folder(), e.getMessage()));
    }
    return problems;
  }

  private static List<String> unserved(ConnectorDefinition definition, ModelCamelContext context) {
    Set<String> beginnings = new TreeSet<>();
    for (RouteDefinition route : context.getRouteDefinitions()) {
      FromDefinition from = route.getInput();
      beginnings.add(filled(from.getEndpointUri(), route.getTemplateParameters()));
    }
    List<String> problems = new ArrayList<>();
    definition
        .exits()
        .forEach(
            (name, channel) -> {
              if (!beginnings.contains("hub:out/" + name)) {
                problems.add(
                    "%s: no route begins at hub:out/%s".formatted(definition.folder(), name));
              }
              if (channel.question().isPresent() && !beginnings.contains("hub:ask/" + name)) {
                problems.add(
                    "%s: no route begins at hub:ask/%s".formatted(definition.folder(), name));
              }
            });
    return problems;
  }

  /** Where a route begins that was made from a template; {@code values} are null for others. */
  private static String filled(String uri, Map<?, ?> values) {
    String filled = uri;
    if (values != null) {
      for (Map.Entry<?, ?> value : values.entrySet()) {
        filled =
            filled.replace("{{%s}}".formatted(value.getKey()), String.valueOf(value.getValue()));
      }
    }
    return filled;
  }
}

package io.tickethub.connector.camel;

import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/**
 * Where the routes of a connector come from and go to, read without starting them.
 *
 * @param endpoints all of them
 * @param sources inbound channel → the endpoint whose route leads to {@code hub:in/CHANNEL}; where
 *     the hub asks, the endpoint that it asks
 * @param targets outbound channel → the endpoints that {@code hub:out/CHANNEL} leads to, in order
 * @param questions outbound channel → the endpoints that {@code hub:ask/CHANNEL} leads to
 */
public record RouteSurvey(
    Set<Place> endpoints,
    Map<String, Place> sources,
    Map<String, List<Place>> targets,
    Map<String, List<Place>> questions) {

  /**
   * One endpoint.
   *
   * @param scheme of the component: http, ftp, jms …
   * @param address between the scheme and the parameters, without leading slashes
   */
  public record Place(String scheme, String address, Map<String, String> parameters) {

    /** Known only while a message is under way. */
    public boolean isDynamic() {
      return address.contains("${");
    }

    private static Place of(String uri) {
      int colon = uri.indexOf(':');
      int question = uri.indexOf('?');
      String address = uri.substring(colon + 1, question < 0 ? uri.length() : question);
      Map<String, String> parameters = new TreeMap<>();
      if (question >= 0) {
        for (String pair : uri.substring(question + 1).split("&")) {
          int equals = pair.indexOf('=');
          if (equals > 0 && equals < pair.length() - 1) {
            parameters.put(pair.substring(0, equals), plain(pair.substring(equals + 1)));
          }
        }
      }
      return new Place(uri.substring(0, colon), address.replaceFirst("^/+", ""), parameters);
    }

    private static String plain(String value) {
      boolean raw = value.startsWith("RAW(") && value.endsWith(")");
      return raw
          ? value.substring("RAW(".length(), value.length() - 1)
          : java.net.URLDecoder.decode(
              value.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  /** Throws {@link DefinitionException} naming the file if routes do not load. */
  public static RouteSurvey of(ConnectorDefinition definition) {
    try (DefaultCamelContext context = new DefaultCamelContext(false)) {
      context.disableJMX();
      Properties settings = new Properties();
      settings.putAll(definition.settings());
      context.getPropertiesComponent().setInitialProperties(settings);
      context.build();
      new ConnectorRoutes(context, definition).load();
      return new Reading(context).survey();
    } catch (IOException e) {
      throw new DefinitionException(
          "%s: routes cannot be read: %s".formatted(definition.folder(), e.getMessage()), e);
    }
  }

  private static final String POLL = "hub:poll/";

  /** What one context's routes say. */
  private static final class Reading {
    private final ModelCamelContext context;
    private final Map<String, List<String>> ways = new LinkedHashMap<>();

    private Reading(ModelCamelContext context) {
      this.context = context;
      for (RouteDefinition route : context.getRouteDefinitions()) {
        ways.computeIfAbsent(
                resolved(route, route.getInput().getEndpointUri()), any -> new ArrayList<>())
            .addAll(targets(route));
      }
    }

    private List<String> targets(RouteDefinition route) {
      List<String> uris = new ArrayList<>();
      List<ProcessorDefinition<?>> outputs = route.getOutputs();
      for (SendDefinition<?> send :
          ProcessorDefinitionHelper.filterTypeInOutputs(outputs, SendDefinition.class)) {
        uris.add(resolved(route, send.getEndpointUri()));
      }
      for (ToDynamicDefinition send :
          ProcessorDefinitionHelper.filterTypeInOutputs(outputs, ToDynamicDefinition.class)) {
        uris.add(resolved(route, send.getUri()));
      }
      return uris;
    }

    /** A route of a template has parameters of its own. */
    private String resolved(RouteDefinition route, String uri) {
      String text = uri;
      Map<String, Object> parameters = route.getTemplateParameters();
      if (parameters != null) {
        for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
          String value = String.valueOf(parameter.getValue());
          text =
              text.replace("{{" + parameter.getKey() + "}}", value)
                  .replace("{{?" + parameter.getKey() + "}}", value);
        }
      }
      return context.resolvePropertyPlaceholders(text);
    }

    private RouteSurvey survey() {
      Set<Place> endpoints = new LinkedHashSet<>();
      Map<String, Place> sources = new TreeMap<>();
      Map<String, List<Place>> targets = new TreeMap<>();
      Map<String, List<Place>> questions = new TreeMap<>();
      ways.forEach(
          (from, all) -> {
            addOutside(from, endpoints);
            all.forEach(to -> addOutside(to, endpoints));
            reached(from).stream()
                .filter(to -> to.startsWith("hub:in/"))
                .filter(to -> isOutside(from))
                .forEach(to -> sources.putIfAbsent(channel(to), Place.of(from)));
            if (from.startsWith(POLL)) {
              endpoints.add(Place.of(from));
              outside(from).stream()
                  .findFirst()
                  .ifPresent(asked -> sources.put(channel(from), asked));
            }
            if (from.startsWith("hub:out/")) {
              targets.put(channel(from), outside(from));
            }
            if (from.startsWith("hub:ask/")) {
              questions.put(channel(from), outside(from));
            }
          });
      return new RouteSurvey(endpoints, sources, targets, questions);
    }

    private static String channel(String uri) {
      return uri.substring(uri.indexOf('/') + 1).replaceFirst("\\?.*", "");
    }

    private static void addOutside(String uri, Set<Place> endpoints) {
      if (isOutside(uri)) {
        endpoints.add(Place.of(uri));
      }
    }

    private List<Place> outside(String from) {
      return reached(from).stream().filter(Reading::isOutside).map(Place::of).toList();
    }

    private static boolean isOutside(String uri) {
      return uri.matches("(https?|ftps?|sftp|jms|servlet):.*");
    }

    /** Everything a route leads to, through routes of its own. */
    private Set<String> reached(String from) {
      Set<String> reached = new LinkedHashSet<>();
      follow(from, reached);
      return reached;
    }

    private void follow(String from, Set<String> reached) {
      for (String to : ways.getOrDefault(from, List.of())) {
        if (reached.add(to)) {
          follow(to, reached);
        }
      }
    }
  }
}

package io.tickethub.connector.camel;

import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;

/** Where and why a route cannot be made or started. */
final class RouteProblem {

  private RouteProblem() {}

  static DefinitionException of(Exception e, DefaultCamelContext context) {
    if (e instanceof DefinitionException definition) {
      return definition;
    }
    Throwable root = e;
    String routeId = null;
    while (true) {
      if (root instanceof DefinitionException definition) {
        return definition;
      }
      routeId = routeId == null ? routeId(root) : routeId;
      if (root.getCause() == null || root.getCause() == root) {
        break;
      }
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    RouteDefinition route = routeId == null ? null : context.getRouteDefinition(routeId);
    return new DefinitionException(
        route == null
            ? "connector %s: %s".formatted(context.getName(), message)
            : "%s: route '%s': %s".formatted(place(route), routeId, message),
        e);
  }

  private static String routeId(Throwable thrown) {
    return thrown instanceof FailedToCreateRouteException making
        ? making.getRouteId()
        : thrown instanceof FailedToStartRouteException starting ? starting.getRouteId() : null;
  }

  private static String place(RouteDefinition route) {
    String location = route.getResource() == null ? "routes" : route.getResource().getLocation();
    if (!location.startsWith("file:")) {
      return location;
    }
    Path file = Path.of(URI.create(location));
    int line = line(file, route.getRouteId());
    return line == 0 ? file.toString() : "%s, line %d".formatted(file, line);
  }

  /** Where a route's id stands in its file; zero if it is nowhere. */
  private static int line(Path file, String routeId) {
    Pattern whole = Pattern.compile("(?<![\\w-])%s(?![\\w-])".formatted(Pattern.quote(routeId)));
    try {
      List<String> lines = Files.readAllLines(file);
      return 1
          + IntStream.range(0, lines.size())
              .filter(index -> whole.matcher(lines.get(index)).find())
              .findFirst()
              .orElse(-1);
    } catch (IOException e) {
      return 0;
    }
  }
}

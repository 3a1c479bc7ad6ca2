package io.tickethub.connector.camel;

import io.tickethub.definition.DefinitionException;
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
    String file =
        route.getResource() == null
            ? "routes"
            : route.getResource().getLocation().replaceFirst("^file:(//)?", "");
    return route.getLineNumber() < 1 ? file : file + ", line " + route.getLineNumber();
  }
}

package io.tickethub.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tickethub.api.RouteNumbers.Key;
import io.tickethub.api.RouteNumbers.Numbers;
import io.tickethub.connector.Connectors;
import io.tickethub.connector.RouteOperations;
import io.tickethub.connector.RouteOperations.RouteView;
import io.tickethub.connector.camel.RouteState;
import io.tickethub.connector.camel.RouteSteps;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Single routes of connectors: what goes through them, and starting and stopping them. */
@RestController
@RequestMapping("/api")
public class RouteController {

  private static final Map<String, RouteState> ACTIONS =
      Map.of(
          "start", RouteState.STARTED,
          "stop", RouteState.STOPPED,
          "pause", RouteState.PAUSED,
          "drain", RouteState.DRAINING);

  private final RouteOperations routes;
  private final RouteNumbers numbers;
  private final Connectors connectors;
  private final Audit audit;

  RouteController(
      RouteOperations routes, RouteNumbers numbers, Connectors connectors, Audit audit) {
    this.routes = routes;
    this.numbers = numbers;
    this.connectors = connectors;
    this.audit = audit;
  }

  /** A route with its numbers. */
  public record RouteLine(@JsonUnwrapped RouteView view, @JsonUnwrapped Numbers numbers) {}

  /** A route with its numbers and its steps. */
  public record RouteDetails(
      @JsonUnwrapped RouteView view, @JsonUnwrapped Numbers numbers, RouteSteps.Step steps) {}

  @GetMapping("/routes")
  public List<RouteLine> all() {
    return lines(routes.list());
  }

  @GetMapping("/connectors/{name}/routes")
  public List<RouteLine> of(@PathVariable String name) {
    require(name);
    return lines(routes.list(name));
  }

  private List<RouteLine> lines(List<RouteView> views) {
    Map<Key, Numbers> all = numbers.all();
    return views.stream()
        .map(
            view ->
                new RouteLine(
                    view, all.getOrDefault(new Key(view.connector(), view.route()), Numbers.NONE)))
        .toList();
  }

  @GetMapping("/connectors/{name}/routes/{route}")
  public RouteDetails show(@PathVariable String name, @PathVariable String route) {
    require(name);
    return found(
        () ->
            new RouteDetails(
                routes.show(name, route), numbers.of(name, route), routes.steps(name, route)));
  }

  /** Starts, stops, pauses or drains a route. */
  @PostMapping("/connectors/{name}/routes/{route}/{action:start|stop|pause|drain}")
  public RouteView order(
      @PathVariable String name,
      @PathVariable String route,
      @PathVariable String action,
      @RequestParam(defaultValue = "") String reason,
      Principal who) {
    require(name);
    Right.OPERATE.require(who, name);
    String why = Reason.required(reason);
    RouteView before = found(() -> routes.show(name, route));
    RouteView after =
        found(() -> routes.order(name, route, ACTIONS.get(action), why, who.getName()));
    audit.record(
        who.getName(),
        "route-" + action,
        "%s/%s".formatted(name, route),
        "before: %s; after: %s; reason: %s".formatted(said(before), said(after), why));
    return after;
  }

  private void require(String connector) {
    if (connectors.status(connector).isEmpty()) {
      throw new NotFoundException("there is no connector '%s'".formatted(connector));
    }
  }

  private static String said(RouteView view) {
    return view.reason() == null
        ? view.state().text()
        : "%s by %s, %s".formatted(view.state().text(), view.by(), view.reason());
  }

  private static <T> T found(Supplier<T> action) {
    try {
      return action.get();
    } catch (NoSuchElementException e) {
      throw new NotFoundException(e.getMessage());
    }
  }
}

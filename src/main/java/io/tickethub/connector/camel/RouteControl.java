package io.tickethub.connector.camel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.servlet.ServletEndpoint;
import org.apache.camel.http.common.HttpConsumer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.service.ServiceHelper;

/** Starts and stops the routes of one connector, each alone. */
public final class RouteControl {

  private static final long DRAIN_SECONDS = 20;

  /** Routes others lead to have to be there before them. */
  private static final Comparator<Route> INNER_FIRST =
      Comparator.comparingInt(route -> isInner(route) ? 0 : isOutward(route) ? 1 : 2);

  private final DefaultCamelContext context;
  private final HubComponent hub;
  private final LastExchanges last;

  RouteControl(DefaultCamelContext context, HubComponent hub, LastExchanges last) {
    this.context = context;
    this.hub = hub;
    this.last = last;
  }

  /**
   * What can be said of a route.
   *
   * @param from where it begins, without its options
   * @param channel the channel whose deliveries it carries; null if it carries none
   * @param steered a person may stop it; false for a part of other routes
   * @param inFlight exchanges in it now
   * @param last when an exchange last ended; null if none did
   */
  public record Facts(
      String id, String from, String channel, boolean steered, int inFlight, Instant last) {}

  /** In the order of their ids. */
  public List<Facts> routes() {
    return context.getRoutes().stream()
        .sorted(Comparator.comparing(Route::getId))
        .map(this::facts)
        .toList();
  }

  /** Throws {@link NoSuchElementException} if there is no such route. */
  public Facts facts(String id) {
    return facts(route(id));
  }

  private Facts facts(Route route) {
    return new Facts(
        route.getId(),
        RouteSteps.from(context.getRouteDefinition(route.getId())),
        outward(route).map(HubEndpoint::channel).orElse(null),
        !isInner(route),
        context.getInflightRepository().size(route.getId()),
        last.of(route.getId()).orElse(null));
  }

  /** The steps of a route; throws {@link NoSuchElementException} if there is no such route. */
  public RouteSteps.Step steps(String id) {
    route(id);
    return RouteSteps.of(context.getRouteDefinition(id));
  }

  private Route route(String id) {
    Route route = context.getRoute(id);
    if (route == null) {
      throw new NoSuchElementException(
          "connector '%s' has no route '%s'; it has %s"
              .formatted(
                  context.getName(), id, context.getRoutes().stream().map(Route::getId).toList()));
    }
    return route;
  }

  private static boolean isInner(Route route) {
    return route.getEndpoint().getEndpointUri().matches("(direct|seda|vm|stub):.*");
  }

  private static boolean isOutward(Route route) {
    return outward(route).isPresent();
  }

  private static Optional<HubEndpoint> outward(Route route) {
    return route.getEndpoint() instanceof HubEndpoint endpoint
        ? Optional.of(endpoint)
        : Optional.empty();
  }

  /** It answers web requests. */
  public boolean isWeb(String id) {
    return route(id).getEndpoint() instanceof ServletEndpoint;
  }

  /** Starts all that are wanted so. */
  void open(Function<String, RouteState> wanted) throws Exception {
    List<Route> routes = new ArrayList<>(context.getRoutes());
    routes.sort(INNER_FIRST);
    for (Route route : routes) {
      RouteState state = wanted.apply(route.getId());
      if (isInner(route)) {
        start(route);
      } else if (state == RouteState.STARTED || state == RouteState.DRAINING && isOutward(route)) {
        outward(route).ifPresent(hub::release);
        start(route);
      } else {
        outward(route).ifPresent(hub::hold);
      }
    }
  }

  /** Whether a route has still to be brought to what is wanted of it. */
  public boolean differs(String id, RouteState wanted) {
    Route route = route(id);
    boolean takes =
        status(id) == ServiceStatus.Started && !ServiceHelper.isSuspended(route.getConsumer());
    return switch (wanted) {
      case STARTED -> !takes || outward(route).filter(hub::isHeld).isPresent();
      case PAUSED -> takes;
      case DRAINING -> takes != isOutward(route);
      case STOPPED -> isConnected(id);
    };
  }

  private ServiceStatus status(String id) {
    return context.getRouteController().getRouteStatus(id);
  }

  /** A route that was never started is stopped. */
  private boolean isConnected(String id) {
    ServiceStatus status = status(id);
    return status == ServiceStatus.Started || status == ServiceStatus.Suspended;
  }

  /**
   * Brings a route to what is wanted of it. One that stops lets what is in flight finish, for
   * {@value #DRAIN_SECONDS} seconds at most; deliveries it would carry wait before it does.
   */
  public void bring(String id, RouteState wanted) {
    Route route = route(id);
    try {
      switch (wanted) {
        case STARTED -> {
          start(route);
          outward(route).ifPresent(hub::release);
        }
        case PAUSED -> {
          outward(route).ifPresent(hub::hold);
          if (status(id) == ServiceStatus.Started) {
            context.getRouteController().suspendRoute(id, DRAIN_SECONDS, TimeUnit.SECONDS);
          }
        }
        case DRAINING -> drain(route);
        case STOPPED -> {
          outward(route).ifPresent(hub::hold);
          if (isConnected(id)) {
            context.getRouteController().stopRoute(id, DRAIN_SECONDS, TimeUnit.SECONDS);
          }
        }
      }
    } catch (Exception e) {
      throw RouteProblem.of(e, context);
    }
  }

  /** What waits for the system is told; what the system sends is not taken. */
  private void drain(Route route) throws Exception {
    if (isOutward(route)) {
      start(route);
      outward(route).ifPresent(hub::release);
    } else if (status(route.getId()) == ServiceStatus.Started) {
      ServiceHelper.suspendService(route.getConsumer());
    }
  }

  private void start(Route route) throws Exception {
    String id = route.getId();
    Consumer consumer = route.getConsumer();
    if (status(id) == ServiceStatus.Suspended) {
      context.getRouteController().resumeRoute(id);
    } else if (status(id) == ServiceStatus.Started && ServiceHelper.isSuspended(consumer)) {
      ServiceHelper.resumeService(consumer);
    } else {
      context.getRouteController().startRoute(id);
    }
  }

  /** What of the web is there but takes nothing, by any key. */
  Map<String, HttpConsumer> closedWeb() {
    Map<String, HttpConsumer> closed = new HashMap<>();
    for (Route route : context.getRoutes()) {
      if (route.getEndpoint() instanceof ServletEndpoint endpoint && !isConnected(route.getId())) {
        closed.put(route.getId(), new HttpConsumer(endpoint, exchange -> {}));
      }
    }
    return closed;
  }
}

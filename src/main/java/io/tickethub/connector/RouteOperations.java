package io.tickethub.connector;

import io.tickethub.connector.RunningConnectors.Loaded;
import io.tickethub.connector.camel.ConnectorGates;
import io.tickethub.connector.camel.RouteControl;
import io.tickethub.connector.camel.RouteControl.Facts;
import io.tickethub.connector.camel.RouteState;
import io.tickethub.connector.camel.RouteSteps;
import io.tickethub.delivery.DeliveryLog;
import io.tickethub.delivery.Dispatchers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Single routes, as people want them. An order is kept in the database and carried out by every
 * node: at once by the one that was asked, within two seconds by the others.
 */
public final class RouteOperations implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RouteOperations.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Until then every node has begun to carry an order out. */
  private static final Duration EVERY_NODE = Duration.ofSeconds(2);

  private final RunningConnectors running;
  private final ConnectorSwap swap;
  private final ConnectorGates gates;
  private final RouteOrders orders;
  private final ConnectorSwitches switches;
  private final Dispatchers dispatchers;
  private final DeliveryLog deliveries;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "route-orders"));

  RouteOperations(
      RunningConnectors running,
      ConnectorSwap swap,
      ConnectorGates gates,
      RouteOrders orders,
      ConnectorSwitches switches,
      Dispatchers dispatchers,
      DeliveryLog deliveries,
      Clock clock) {
    this.running = running;
    this.swap = swap;
    this.gates = gates;
    this.orders = orders;
    this.switches = switches;
    this.dispatchers = dispatchers;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  /**
   * A route of a connector that runs.
   *
   * @param from where it begins
   * @param steered a person may stop it; false for a part of other routes
   * @param state what is wanted of it
   * @param reason why it does not simply run; null if it does
   * @param by who wanted that
   * @param since when
   * @param inFlight exchanges in it now, on this node
   * @param last when an exchange last ended; null if none did since the connector was brought to
   *     run
   * @param waiting what a drain has still to tell; null unless it drains deliveries
   */
  public record RouteView(
      String connector,
      String route,
      String from,
      boolean steered,
      RouteState state,
      String reason,
      String by,
      Instant since,
      int inFlight,
      Instant last,
      Long waiting) {}

  /** Reads what was ordered, and goes on carrying it out. */
  void start() {
    orders.refresh();
    switches.refresh();
    timer.scheduleWithFixedDelay(
        this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The routes of all connectors that run. */
  public List<RouteView> list() {
    return running.all().stream()
        .filter(Loaded::runs)
        .flatMap(loaded -> views(loaded).stream())
        .toList();
  }

  /** The routes of one connector; none if it does not run. */
  public List<RouteView> list(String connector) {
    return running.find(connector).filter(Loaded::runs).map(this::views).orElse(List.of());
  }

  private List<RouteView> views(Loaded loaded) {
    return loaded.context().control().routes().stream().map(facts -> view(loaded, facts)).toList();
  }

  /** Throws {@link NoSuchElementException} if there is no such route now. */
  public RouteView show(String connector, String route) {
    Loaded loaded = loaded(connector);
    return view(loaded, loaded.context().control().facts(route));
  }

  /** Throws {@link NoSuchElementException} if there is no such route now. */
  public RouteSteps.Step steps(String connector, String route) {
    return loaded(connector).context().control().steps(route);
  }

  private Loaded loaded(String connector) {
    return running
        .find(connector)
        .filter(Loaded::runs)
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "connector '%s' does not run: it has no routes now".formatted(connector)));
  }

  private RouteView view(Loaded loaded, Facts facts) {
    String connector = loaded.status().name();
    Optional<RouteOrder> order = orders.find(connector, facts.id());
    return new RouteView(
        connector,
        facts.id(),
        facts.from(),
        facts.steered(),
        order.map(RouteOrder::state).orElse(RouteState.STARTED),
        order.map(RouteOrder::reason).orElse(null),
        order.map(RouteOrder::by).orElse(null),
        order.map(RouteOrder::at).orElse(null),
        facts.inFlight(),
        facts.last(),
        order
            .filter(any -> any.state() == RouteState.DRAINING && facts.channel() != null)
            .map(drain -> waiting(loaded, facts, drain))
            .orElse(null));
  }

  /** Questions for lists and exports carry no deliveries. */
  private long waiting(Loaded loaded, Facts facts, RouteOrder drain) {
    return Optional.ofNullable(loaded.definition().outbound().get(facts.channel()))
        .map(channel -> Set.copyOf(channel.form().tells()))
        .filter(codes -> !codes.isEmpty())
        .map(codes -> deliveries.waiting(drain.connector(), codes, drain.last()))
        .orElse(0L);
  }

  /**
   * Has a route be as a person wants it; returns what it is then. A drain goes on after that.
   *
   * @throws NoSuchElementException if there is no such route now
   * @throws IllegalStateException if it is a part of other routes, or is to be paused and is
   *     stopped
   */
  public RouteView order(
      String connector, String route, RouteState state, String reason, String by) {
    Facts facts = loaded(connector).context().control().facts(route);
    if (!facts.steered()) {
      throw new IllegalStateException(
          "route '%s' begins at %s: it is a part of other routes; stop those that lead to it"
              .formatted(route, facts.from()));
    }
    if (state == RouteState.PAUSED && orders.wanted(connector, route) == RouteState.STOPPED) {
      throw new IllegalStateException(
          "route '%s' is stopped: it is not connected, and cannot stay so by a pause"
              .formatted(route));
    }
    if (state == RouteState.STARTED) {
      orders.withdraw(connector, route);
    } else {
      long last = facts.channel() == null ? 0 : deliveries.lastWaiting(connector);
      orders.give(new RouteOrder(connector, route, state, reason, by, clock.instant(), last));
    }
    LOG.warn("route {} of {} is to be {} by {}: {}", route, connector, state.text(), by, reason);
    carryOut(connector);
    boolean tells = state == RouteState.STARTED || state == RouteState.DRAINING;
    if (facts.channel() != null && tells) {
      dispatchers.hurry(connector);
    }
    return show(connector, route);
  }

  private void look() {
    try {
      orders.refresh();
      switches.refresh();
      running.names().forEach(swap::obeySwitch);
      orders.all().stream()
          .filter(order -> order.state() == RouteState.DRAINING)
          .filter(this::isDrained)
          .filter(orders::drained)
          .forEach(
              order -> LOG.info("route {} of {} is drained", order.route(), order.connector()));
      running.names().forEach(this::carryOut);
    } catch (DataAccessException e) {
      LOG.debug("what was ordered of routes cannot be read now: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("orders of routes cannot be carried out, trying again", e);
    }
  }

  private boolean isDrained(RouteOrder order) {
    Optional<Loaded> loaded = running.find(order.connector()).filter(Loaded::runs);
    if (loaded.isEmpty() || clock.instant().isBefore(order.at().plus(EVERY_NODE))) {
      return false;
    }
    return loaded.get().context().control().routes().stream()
        .filter(facts -> facts.id().equals(order.route()))
        .anyMatch(
            facts ->
                facts.inFlight() == 0
                    && (facts.channel() == null || waiting(loaded.get(), facts, order) == 0));
  }

  private void carryOut(String connector) {
    if (differing(connector).isEmpty()) {
      return;
    }
    swap.alone(
        connector, () -> differing(connector).forEach(facts -> bring(connector, facts.id())));
  }

  private List<Facts> differing(String connector) {
    return running
        .find(connector)
        .filter(Loaded::runs)
        .map(loaded -> loaded.context().control())
        .map(
            control ->
                control.routes().stream()
                    .filter(Facts::steered)
                    .filter(
                        facts -> control.differs(facts.id(), orders.wanted(connector, facts.id())))
                    .toList())
        .orElse(List.of());
  }

  /** Web requests that are on their way through end before their route stops. */
  private void bring(String connector, String route) {
    RouteControl control = loaded(connector).context().control();
    RouteState wanted = orders.wanted(connector, route);
    Runnable change = () -> control.bring(route, wanted);
    if (control.isWeb(route) && wanted != RouteState.STARTED) {
      gates.closedDuring(connector, change);
    } else {
      change.run();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

package io.tickethub.connector.camel;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicy;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.apache.camel.spi.RoutePolicy;

/**
 * Counts what goes through the routes. The meters of a route go on when its connector is swapped,
 * and are forgotten with the route.
 */
public final class RouteMeters extends MicrometerRoutePolicyFactory {

  RouteMeters(MeterRegistry meters) {
    setMeterRegistry(meters);
    getPolicyConfiguration()
        .setTimerInitiator(
            timer -> timer.publishPercentiles(0.5, 0.95, 0.99).percentilePrecision(1));
  }

  @Override
  public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
    MicrometerRoutePolicy policy = new Lasting(this);
    policy.setMeterRegistry(getMeterRegistry());
    policy.setNamingStrategy(getNamingStrategy());
    policy.setConfiguration(getPolicyConfiguration());
    return policy;
  }

  /** The meters of the whole connector belong to its next version already. */
  @Override
  protected void doShutdown() {}

  /** The old version of a route goes after the new one has taken over its meters. */
  private static final class Lasting extends MicrometerRoutePolicy {
    private Lasting(MicrometerRoutePolicyFactory factory) {
      super(factory);
    }

    @Override
    public void onRemove(Route route) {}
  }

  /** Forgets the meters of a connector's routes, but of those that remain. */
  public static void forget(MeterRegistry meters, String connector, Collection<String> remaining) {
    for (Meter meter : List.copyOf(meters.getMeters())) {
      String routeId = meter.getId().getTag("routeId");
      boolean remains =
          !remaining.isEmpty()
              && (routeId == null || routeId.isEmpty() || remaining.contains(routeId));
      if (connector.equals(meter.getId().getTag("camelContext")) && !remains) {
        meters.remove(meter);
      }
    }
  }
}

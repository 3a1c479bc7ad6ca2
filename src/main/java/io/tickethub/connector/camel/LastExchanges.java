package io.tickethub.connector.camel;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/** When something last went through each route of a connector. */
final class LastExchanges implements RoutePolicyFactory {

  private final Map<String, Instant> last = new ConcurrentHashMap<>();
  private final Clock clock;

  LastExchanges(Clock clock) {
    this.clock = clock;
  }

  /** Empty if nothing did since the connector was brought to run. */
  Optional<Instant> of(String route) {
    return Optional.ofNullable(last.get(route));
  }

  @Override
  public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
    return new RoutePolicySupport() {
      @Override
      public void onExchangeDone(Route done, Exchange exchange) {
        last.put(routeId, clock.instant());
      }
    };
  }
}

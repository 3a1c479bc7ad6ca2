package io.tickethub.connector.camel;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Takes from an exchange, before the first step of its route, what Camel's HTTP binding copied from
 * the request: a later HTTP call of the same route would follow it to where the sender likes
 * (CVE-2026-78164 and its relatives).
 */
final class HeaderCleansing implements RoutePolicyFactory {

  @Override
  public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
    return new RoutePolicySupport() {
      @Override
      public void onExchangeBegin(Route started, Exchange exchange) {
        exchange
            .getMessage()
            .getHeaders()
            .keySet()
            .removeIf(name -> startsWith(name, "CamelHttp") || startsWith(name, "CamelServlet"));
      }
    };
  }

  private static boolean startsWith(String name, String prefix) {
    return name.regionMatches(true, 0, prefix, 0, prefix.length());
  }
}

package io.tickethub.connector.camel;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why something the hub fetched could not be taken: it is fetched again at the next poll, and
 * nobody else would tell.
 */
final class PollingFailures implements RoutePolicyFactory {

  private static final Logger LOG = LoggerFactory.getLogger(PollingFailures.class);

  @Override
  public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
    return new RoutePolicySupport() {
      @Override
      public void onExchangeDone(Route done, Exchange exchange) {
        if (exchange.getException() != null
            && done.getEndpoint() instanceof ScheduledPollEndpoint) {
          LOG.warn(
              "{}: what was fetched is not taken, and fetched again: {}",
              routeId,
              FailureClassifier.describe(root(exchange.getException())));
        }
      }
    };
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }
}

package io.tickethub.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.search.Search;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What went through Camel's routes. */
@Lazy
@Component
public class RouteNumbers {

  private final MeterRegistry meters;

  RouteNumbers(MeterRegistry meters) {
    this.meters = meters;
  }

  /**
   * One route, since this node started.
   *
   * @param p50 milliseconds of an exchange, half of the last minutes' were shorter
   * @param longest milliseconds, of the last minutes
   * @param last when the last exchange ended; null if none did
   */
  public record RouteLine(
      String id,
      long total,
      long failed,
      long inFlight,
      double p50,
      double p95,
      double p99,
      double longest,
      Instant last) {}

  List<RouteLine> of(String connector, List<String> routes) {
    return routes.stream().sorted().map(route -> line(connector, route)).toList();
  }

  private RouteLine line(String connector, String route) {
    Timer timer =
        search("camel.route.policy", connector, route).timers().stream().findFirst().orElse(null);
    double last = gauge("camel.exchanges.last.timestamp", connector, route);
    return new RouteLine(
        route,
        count("camel.exchanges.total", connector, route),
        count("camel.exchanges.failed", connector, route),
        Math.round(gauge("camel.exchanges.inflight", connector, route)),
        percentile(timer, 0.5),
        percentile(timer, 0.95),
        percentile(timer, 0.99),
        timer == null ? 0 : timer.max(TimeUnit.MILLISECONDS),
        last > 0 ? Instant.ofEpochMilli((long) last) : null);
  }

  private static double percentile(Timer timer, double part) {
    return timer == null
        ? 0
        : Arrays.stream(timer.takeSnapshot().percentileValues())
            .filter(value -> Math.abs(value.percentile() - part) < 0.001)
            .mapToDouble(value -> value.value(TimeUnit.MILLISECONDS))
            .findFirst()
            .orElse(0);
  }

  private Search search(String meter, String connector, String route) {
    return meters.find(meter).tag("camelContext", connector).tag("routeId", route);
  }

  private long count(String meter, String connector, String route) {
    return Math.round(
        search(meter, connector, route).counters().stream().mapToDouble(Counter::count).sum());
  }

  private double gauge(String meter, String connector, String route) {
    return search(meter, connector, route).gauges().stream().mapToDouble(Gauge::value).sum();
  }
}

package io.tickethub.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** What goes through the connectors' routes: now, and in the last five minutes. */
@Component
public class RouteNumbers {

  private static final Duration STEP = Duration.ofSeconds(5);
  private static final int KEPT = 61;

  private final MeterRegistry meters;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "route-numbers");
            thread.setDaemon(true);
            return thread;
          });

  RouteNumbers(MeterRegistry meters) {
    this.meters = meters;
    timer.scheduleWithFixedDelay(
        this::sample, STEP.toMillis(), STEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A route's name. */
  public record Key(String connector, String route) {}

  private record Sample(long nanoseconds, Map<Key, Long> totals) {}

  /**
   * One route, on this node since it started.
   *
   * @param perSecond exchanges, of the last ten seconds or so
   * @param p50 milliseconds of an exchange, half of the last minutes' were shorter
   * @param longest milliseconds, of the last minutes
   * @param lately exchanges in each five seconds, the newest last; five minutes at most
   */
  public record Numbers(
      long total,
      long failed,
      double perSecond,
      double p50,
      double p95,
      double p99,
      double longest,
      List<Long> lately) {

    static final Numbers NONE = new Numbers(0, 0, 0, 0, 0, 0, 0, List.of());
  }

  private synchronized void sample() {
    samples.addLast(new Sample(System.nanoTime(), totals()));
    if (samples.size() > KEPT) {
      samples.removeFirst();
    }
  }

  /** Of every route through which something may have gone. */
  public synchronized Map<Key, Numbers> all() {
    Map<Key, Long> totals = totals();
    Map<Key, Long> failed = counts("camel.exchanges.failed");
    Map<Key, Timer> timers = new HashMap<>();
    meters.find("camel.route.policy").timers().stream()
        .filter(RouteNumbers::isOfRoute)
        .forEach(route -> timers.put(key(route), route));
    Map<Key, Numbers> all = new HashMap<>();
    totals.forEach(
        (key, total) ->
            all.put(key, numbers(key, total, failed.getOrDefault(key, 0L), timers.get(key))));
    return all;
  }

  /** Of one route. */
  public Numbers of(String connector, String route) {
    return all().getOrDefault(new Key(connector, route), Numbers.NONE);
  }

  private Numbers numbers(Key key, long total, long failed, Timer timer) {
    return new Numbers(
        total,
        failed,
        perSecond(key, total),
        percentile(timer, 0.5),
        percentile(timer, 0.95),
        percentile(timer, 0.99),
        timer == null ? 0 : timer.max(TimeUnit.MILLISECONDS),
        lately(key));
  }

  private double perSecond(Key key, long total) {
    Sample before = null;
    for (var newest = samples.descendingIterator(); newest.hasNext(); ) {
      before = newest.next();
      if (System.nanoTime() - before.nanoseconds() >= STEP.toNanos()) {
        break;
      }
    }
    if (before == null) {
      return 0;
    }
    double seconds = Math.max(1, (System.nanoTime() - before.nanoseconds()) / 1e9);
    return Math.max(0, total - before.totals().getOrDefault(key, 0L)) / seconds;
  }

  private List<Long> lately(Key key) {
    List<Long> lately = new ArrayList<>();
    Long before = null;
    for (Sample sample : samples) {
      long total = sample.totals().getOrDefault(key, 0L);
      if (before != null) {
        lately.add(Math.max(0, total - before));
      }
      before = total;
    }
    return List.copyOf(lately);
  }

  private Map<Key, Long> totals() {
    return counts("camel.exchanges.total");
  }

  private Map<Key, Long> counts(String meter) {
    Map<Key, Long> counts = new HashMap<>();
    Collection<Counter> counters = meters.find(meter).counters();
    counters.stream()
        .filter(RouteNumbers::isOfRoute)
        .forEach(counter -> counts.merge(key(counter), Math.round(counter.count()), Long::sum));
    return counts;
  }

  /** The whole connector is counted too. */
  private static boolean isOfRoute(Meter meter) {
    String route = meter.getId().getTag("routeId");
    return route != null && !route.isEmpty() && meter.getId().getTag("camelContext") != null;
  }

  private static Key key(Meter meter) {
    return new Key(meter.getId().getTag("camelContext"), meter.getId().getTag("routeId"));
  }

  private static double percentile(Timer timer, double part) {
    if (timer == null) {
      return 0;
    }
    for (var value : timer.takeSnapshot().percentileValues()) {
      if (Math.abs(value.percentile() - part) < 0.001) {
        return value.value(TimeUnit.MILLISECONDS);
      }
    }
    return 0;
  }

  @PreDestroy
  void close() {
    timer.shutdownNow();
  }
}

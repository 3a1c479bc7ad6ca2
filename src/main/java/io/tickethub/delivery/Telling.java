package io.tickethub.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tickethub.ticket.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one system a ticket's deliveries, one after the other, up to the first that is not told, or
 * not yet.
 */
final class Telling {

  private static final Logger LOG = LoggerFactory.getLogger(Telling.class);

  private final Outlet outlet;
  private final OutletHealth health;
  private final Clock clock;
  private final Timer taken;
  private final Counter failed;

  Telling(Outlet outlet, OutletHealth health, Clock clock, MeterRegistry meters) {
    this.outlet = outlet;
    this.health = health;
    this.clock = clock;
    this.taken =
        Timer.builder("hub.delivery")
            .description("Deliveries a system took, and how long it needed")
            .tag("connector", outlet.connector())
            .publishPercentileHistogram()
            .register(meters);
    this.failed =
        Counter.builder("hub.delivery.failures")
            .description("Attempts to deliver that failed")
            .tag("connector", outlet.connector())
            .register(meters);
  }

  void tell(List<Work> lane, BooleanSupplier stopping, Consumer<Outcome> done) {
    boolean goesOn = true;
    Outcome stuck = null;
    for (Work work : lane) {
      goesOn = goesOn && !stopping.getAsBoolean();
      Optional<Outcome> held = goesOn ? held(work) : Optional.empty();
      goesOn = goesOn && held.isEmpty() && health.mayCall();
      Outcome outcome;
      if (held.isPresent()) {
        outcome = held.get();
      } else {
        outcome = goesOn ? tell(work) : new Outcome.Untried(work, stuck);
      }
      done.accept(outcome);
      if (outcome instanceof Outcome.Failed || outcome instanceof Outcome.Held) {
        goesOn = false;
        stuck = outcome;
      }
    }
  }

  private Optional<Outcome> held(Work work) {
    return outlet
        .notBefore(work.delivery(), clock.instant())
        .map(until -> new Outcome.Held(work, until));
  }

  private Outcome tell(Work work) {
    Instant startedAt = clock.instant();
    long start = System.nanoTime();
    try {
      Delivered delivered = outlet.deliver(work.delivery());
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      health.taken(duration);
      taken.record(duration);
      return new Outcome.Taken(work, startedAt, clock.instant(), delivered);
    } catch (DeliveryFailedException e) {
      return failed(work, startedAt, start, e);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      LOG.error(
          "{}: delivering {} failed unexpectedly", outlet.connector(), work.delivery().key(), e);
      return failed(
          work,
          startedAt,
          start,
          new DeliveryFailedException(
              FailureKind.TEMPORARY, "internal", String.valueOf(e), "-", null, null));
    }
  }

  private Outcome failed(
      Work work, Instant startedAt, long start, DeliveryFailedException failure) {
    health.failed(Duration.ofNanos(System.nanoTime() - start), failure);
    failed.increment();
    LOG.info(
        "{}: {} was not taken at attempt {}: {}",
        outlet.connector(),
        work.delivery().key(),
        work.delivery().attempt(),
        failure.getMessage());
    return new Outcome.Failed(work, startedAt, clock.instant(), failure);
  }
}

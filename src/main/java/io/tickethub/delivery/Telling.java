package io.tickethub.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.tickethub.journal.Identifiers;
import io.tickethub.ticket.FailureKind;
import io.tickethub.trace.Step;
import io.tickethub.trace.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Tells one system a ticket's deliveries, one after the other, up to the first that is not told, or
 * not yet.
 */
final class Telling {

  private static final Logger LOG = LoggerFactory.getLogger(Telling.class);

  private final Outlet outlet;
  private final OutletHealth health;
  private final Clock clock;
  private final DeliveryMeters meters;
  private final Tracing tracing;

  Telling(Outlet outlet, OutletHealth health, Clock clock, MeterRegistry meters, Tracing tracing) {
    this.outlet = outlet;
    this.health = health;
    this.clock = clock;
    this.meters = new DeliveryMeters(outlet.connector(), meters);
    this.tracing = tracing;
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
    Step step = tracing.deliver(work.claimed().trace());
    try (Step.Current current = step.makeCurrent()) {
      return tell(work, step);
    }
  }

  private Outcome tell(Work work, Step step) {
    Instant startedAt = clock.instant();
    long start = System.nanoTime();
    try {
      Delivered delivered = outlet.deliver(work.delivery().traced(step.context()));
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      health.taken(duration);
      meters.taken(delivered.channel(), duration);
      describe(step, work, delivered.channel()).end();
      return new Outcome.Taken(work, startedAt, clock.instant(), delivered);
    } catch (DeliveryFailedException e) {
      return failed(work, step, startedAt, start, e);
    } catch (RuntimeException | Error e) {
      // Whatever it was, a delivery that nobody ends would hold its ticket and a place for ever.
      said(LOG.atError(), work)
          .setCause(e)
          .log("{}: delivering {} failed unexpectedly", outlet.connector(), work.delivery().key());
      return failed(
          work,
          step,
          startedAt,
          start,
          new DeliveryFailedException(
              FailureKind.TEMPORARY, "internal", String.valueOf(e), "-", null, null));
    }
  }

  private Outcome failed(
      Work work, Step step, Instant startedAt, long start, DeliveryFailedException failure) {
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    health.failed(duration, failure);
    meters.failed(failure.channel(), failure.kind(), duration);
    describe(step, work, failure.channel())
        .with("hub.failure.kind", failure.kind().code())
        .fail(failure.code());
    said(LOG.atInfo(), work)
        .addKeyValue("hub.failure", failure.code())
        .log(
            "{}: {} was not taken at attempt {}: {}",
            outlet.connector(),
            work.delivery().key(),
            work.delivery().attempt(),
            failure.getMessage());
    return new Outcome.Failed(work, startedAt, clock.instant(), failure);
  }

  private static Step describe(Step step, Work work, String channel) {
    if (step == Step.NONE) {
      return step;
    }
    OutboundDelivery delivery = work.delivery();
    return step.with("hub.connector", delivery.connector())
        .with("hub.channel", channel)
        .with("hub.ticket", delivery.ticket().number())
        .with("hub.message", Identifiers.text(work.claimed().messageId()))
        .with("hub.delivery", Identifiers.text(delivery.id()))
        .with("hub.code", delivery.code())
        .with("hub.attempt", delivery.attempt());
  }

  /** A line of the log with what it is about, for programs that read it. */
  private static LoggingEventBuilder said(LoggingEventBuilder line, Work work) {
    OutboundDelivery delivery = work.delivery();
    return line.addKeyValue("hub.connector", delivery.connector())
        .addKeyValue("hub.ticket", delivery.ticket().number())
        .addKeyValue("hub.message", Identifiers.text(work.claimed().messageId()))
        .addKeyValue("hub.delivery", Identifiers.text(delivery.id()))
        .addKeyValue("hub.attempt", delivery.attempt());
  }
}

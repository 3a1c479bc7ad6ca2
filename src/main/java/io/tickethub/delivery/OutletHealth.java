package io.tickethub.delivery;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.tickethub.alert.AlertKind;
import io.tickethub.alert.Alerts;
import io.tickethub.ticket.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a system may be told anything now, and how much: its breaker, its rate limit, its pause.
 */
public final class OutletHealth {

  private static final Logger LOG = LoggerFactory.getLogger(OutletHealth.class);

  /** Longer than any call takes: a trial without an end must not leave the breaker half open. */
  private static final Duration LONGEST_TRIAL = Duration.ofMinutes(2);

  private static final int TRIALS = 2;

  /** The steady clock for the rate limit. */
  private record ClockTime(InstantSource clock) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }

  private final String connector;
  private final ConnectorControls controls;
  private final Alerts alerts;
  private final CircuitBreaker breaker;
  private final Bucket rate;
  private final Clock clock;
  private final InstantSource steady;
  private volatile Instant tookAt;
  private volatile Instant lastTaken;
  private volatile Instant lastFailed;
  private volatile String lastFailure;

  /** {@code clock} tells when something was, {@code steady} for how long something lasts. */
  OutletHealth(
      String connector,
      DeliveryPolicy policy,
      ConnectorControls controls,
      Alerts alerts,
      Clock clock,
      InstantSource steady) {
    this.connector = connector;
    this.controls = controls;
    this.alerts = alerts;
    this.clock = clock;
    this.steady = steady;
    this.breaker =
        CircuitBreaker.of(
            connector,
            CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(20)
                .minimumNumberOfCalls(5)
                .failureRateThreshold(50)
                .permittedNumberOfCallsInHalfOpenState(TRIALS)
                .waitDurationInOpenState(policy.breakerOpen())
                .maxWaitDurationInHalfOpenState(LONGEST_TRIAL)
                .clock(steady.withZone(ZoneOffset.UTC))
                .build());
    this.breaker
        .getEventPublisher()
        .onStateTransition(
            event -> {
              LOG.info("{}: breaker {}", connector, event.getStateTransition());
              if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                alerts.open(
                    AlertKind.SYSTEM_DOWN,
                    connector,
                    "most deliveries fail, lately: " + lastFailure);
              }
            });
    this.rate =
        Bucket.builder()
            .withCustomTimePrecision(new ClockTime(steady))
            .addLimit(
                limit ->
                    limit
                        .capacity(policy.perSecond())
                        .refillGreedy(policy.perSecond(), Duration.ofSeconds(1)))
            .build();
  }

  /** How many of {@code wanted} deliveries may be started now. */
  int room(int wanted) {
    if (wanted <= 0 || controls.pause(connector).isPresent()) {
      return 0;
    }
    if (breaker.getState() == CircuitBreaker.State.OPEN) {
      if (!breaker.tryAcquirePermission()) {
        return 0;
      }
      breaker.releasePermission();
    }
    int most = breaker.getState() == CircuitBreaker.State.HALF_OPEN ? TRIALS : wanted;
    return (int) Math.min(Math.min(most, wanted), rate.getAvailableTokens());
  }

  /** Whether one more may be started at once, with nothing known to be wrong. */
  boolean admit() {
    return controls.pause(connector).isEmpty()
        && breaker.getState() == CircuitBreaker.State.CLOSED
        && rate.tryConsume(1);
  }

  void took(int deliveries) {
    if (deliveries > 0) {
      rate.tryConsume(deliveries);
    }
  }

  /**
   * Whether one more call may be made: nobody paused the connector, and the breaker lets it
   * through. Every yes needs its {@link #taken} or {@link #failed}.
   */
  boolean mayCall() {
    return controls.pause(connector).isEmpty() && breaker.tryAcquirePermission();
  }

  void taken(Duration duration) {
    lastTaken = clock.instant();
    tookAt = steady.instant();
    breaker.onSuccess(duration.toNanos(), TimeUnit.NANOSECONDS);
    if (breaker.getState() == CircuitBreaker.State.CLOSED) {
      alerts.close(AlertKind.SYSTEM_DOWN, connector, "it takes deliveries again");
    }
  }

  /** Only a temporary failure says something about the system; any other shows that it is up. */
  void failed(Duration duration, DeliveryFailedException failure) {
    lastFailed = clock.instant();
    lastFailure = failure.getMessage();
    if (failure.kind() == FailureKind.TEMPORARY) {
      breaker.onError(duration.toNanos(), TimeUnit.NANOSECONDS, failure);
    } else {
      breaker.onSuccess(duration.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  void credentialsRefused(DeliveryFailedException failure) {
    controls.pause(connector, "credentials refused: " + failure.getMessage(), "hub");
    alerts.open(
        AlertKind.CREDENTIALS_REFUSED,
        connector,
        "the connector is paused until somebody mends its credentials and resumes it: "
            + failure.getMessage());
  }

  /** The system took something lately although this or that fails. */
  boolean isOtherwiseUp(Duration lately) {
    Instant taken = tookAt;
    return taken != null
        && breaker.getState() == CircuitBreaker.State.CLOSED
        && taken.isAfter(steady.instant().minus(lately));
  }

  /** closed, open or half-open. */
  public String breakerState() {
    return breaker.getState().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** Null if nothing was ever taken. */
  public Instant lastTaken() {
    return lastTaken;
  }

  /** Null if nothing ever failed. */
  public Instant lastFailed() {
    return lastFailed;
  }

  /** In plain English; null if nothing ever failed. */
  public String lastFailure() {
    return lastFailure;
  }
}

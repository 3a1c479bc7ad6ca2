package io.tickethub.storage;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The time by which something is due or leased. While the hub runs it goes as fast as time passes,
 * whatever the machine's clock is set to: nothing becomes due a month early, nothing waits a month,
 * and no lease ends while its holder is at work. It begins at the machine's time, but never before
 * where it was on any node of the same database. For telling what time it is, take {@link Clock}.
 * Thread-safe.
 */
public final class SteadyClock implements InstantSource, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SteadyClock.class);
  private static final Duration BETWEEN_MARKS = Duration.ofSeconds(2);
  private static final Duration SET = Duration.ofMinutes(1);

  private final JdbcTemplate jdbc;
  private final Clock machine;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "steady-clock"));
  private final long begunNanos = System.nanoTime();
  private volatile Reading reading;
  private Duration apart = Duration.ZERO;

  /** Where the clock was at a moment of {@link System#nanoTime}. */
  private record Reading(Instant at, long nanos) {
    private Instant now() {
      return at.plusNanos(System.nanoTime() - nanos);
    }
  }

  /** Begins at {@code machine}'s time, or at the mark in the database if that is later. */
  public SteadyClock(JdbcTemplate jdbc, Clock machine) {
    this.jdbc = jdbc;
    this.machine = machine;
    this.reading = new Reading(machine.instant(), System.nanoTime());
    mark();
    this.apart = apart();
    if (apart.compareTo(SET) > 0) {
      LOG.warn(
          "the machine's clock is {} behind where it was when the hub last ran; what is due goes on from there",
          apart);
    }
    timer.scheduleWithFixedDelay(
        this::watch, BETWEEN_MARKS.toMillis(), BETWEEN_MARKS.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public Instant instant() {
    return reading.now();
  }

  /** A time of the machine's clock, as this one tells it. */
  public Instant of(Instant machineTime) {
    return machineTime.plus(apart());
  }

  /** For how long this clock has gone. */
  public Duration running() {
    return Duration.ofNanos(System.nanoTime() - begunNanos);
  }

  private Duration apart() {
    return Duration.between(machine.instant(), instant());
  }

  private void watch() {
    try {
      tellIfSet();
      mark();
    } catch (DataAccessException e) {
      LOG.debug("the steady clock's mark has to wait for the database: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("the steady clock's mark cannot be set, trying again", e);
    }
  }

  private void tellIfSet() {
    Duration now = apart();
    Duration step = now.minus(apart);
    if (step.abs().compareTo(SET) > 0) {
      LOG.warn(
          "the machine's clock was set {} {}; what is due and leased goes on as if it was not",
          step.isNegative() ? "forward by" : "back by",
          step.abs());
    }
    apart = now;
  }

  /** Tells the other nodes how far it is, and follows one that is further. */
  private void mark() {
    Timestamp mark =
        jdbc.queryForObject(
            """
            insert into steady_clock (mark) values (?)
            on conflict (single) do update set mark = greatest(steady_clock.mark, excluded.mark)
            returning mark
            """,
            Timestamp.class,
            Timestamp.from(instant()));
    long nanos = System.nanoTime();
    if (mark != null && mark.toInstant().isAfter(instant())) {
      reading = new Reading(mark.toInstant(), nanos);
    }
  }

  /** Leaves no mark any more. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      timer.awaitTermination(BETWEEN_MARKS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    timer.shutdownNow();
  }
}

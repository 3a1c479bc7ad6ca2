package io.tickethub.assessment;

import io.tickethub.intake.IntakeUnavailableException;
import io.tickethub.service.WorkingDays;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Publishes the month before on the first working day, and goes on with what could not be
 * announced. Every node looks; one makes the version.
 */
final class AssessmentLoop implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(AssessmentLoop.class);
  private static final Duration LOOK = Duration.ofMinutes(1);

  private final Assessments assessments;
  private final AssessmentRules rules;
  private final WorkingDays days;
  private final Clock clock;
  private ScheduledExecutorService timer;

  /** {@code days} null if nothing is published by itself. */
  AssessmentLoop(Assessments assessments, AssessmentRules rules, WorkingDays days, Clock clock) {
    this.assessments = assessments;
    this.rules = rules;
    this.days = days;
    this.clock = clock;
  }

  private void look() {
    try {
      turn();
    } catch (DataAccessException | TransactionException | IntakeUnavailableException e) {
      LOG.debug("the assessment has to wait: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("the assessment failed, trying again", e);
    }
  }

  /** One look. */
  void turn() {
    assessments.announce();
    if (days == null) {
      return;
    }
    ZonedDateTime now = clock.instant().atZone(rules.zone());
    YearMonth month = YearMonth.from(now);
    ZonedDateTime from = days.firstOf(month).atTime(rules.publishAt()).atZone(rules.zone());
    YearMonth before = month.minusMonths(1);
    if (!now.isBefore(from) && assessments.isDue(before)) {
      assessments.run(before, null, "hub");
    }
  }

  @Override
  public synchronized void start() {
    timer = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "assessment"));
    timer.scheduleWithFixedDelay(
        this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void stop() {
    timer.shutdownNow();
    timer = null;
  }

  @Override
  public synchronized boolean isRunning() {
    return timer != null;
  }
}

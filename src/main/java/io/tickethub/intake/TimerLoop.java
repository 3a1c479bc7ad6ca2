package io.tickethub.intake;

import io.tickethub.journal.TicketTimers;
import io.tickethub.journal.TicketTimers.Due;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.TicketKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Looks for time limits by which something is due, and sends each as a message of the hub's own
 * through the intake queue. What it comes to is decided there, by the ticket's history: to send one
 * twice has no second effect. Every node looks, each takes other rows.
 */
public final class TimerLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TimerLoop.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final int MOST = 200;
  private static final int MOST_PARTS = 5;

  private final TicketTimers timers;
  private final IntakeQueue queue;
  private final HubMessages messages;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "timers"));

  public TimerLoop(TicketTimers timers, IntakeQueue queue, HubMessages messages, Clock clock) {
    this.timers = timers;
    this.queue = queue;
    this.messages = messages;
    this.clock = clock;
  }

  /** Looks again and again from now on. */
  public void start() {
    timer.execute(this::review);
    timer.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Holidays may have become known while the hub was down. */
  private void review() {
    try {
      timers.reviewProvisional(clock.instant());
    } catch (DataAccessException e) {
      LOG.warn("limits in years without holidays are not looked at anew: {}", e.getMessage());
    }
  }

  private void look() {
    try {
      for (int part = 0; part < MOST_PARTS && fire() == MOST; part++) {
        LOG.debug("more is due by time limits");
      }
    } catch (DataAccessException | TransactionException | IntakeUnavailableException e) {
      LOG.debug("what is due by time limits has to wait: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("looking for what is due by time limits failed, trying again", e);
    }
  }

  /**
   * Sends what is due, a part of it if it is much: what systems say goes on beside it. Returns how
   * much.
   */
  int fire() {
    Instant now = clock.instant();
    List<Due> due = timers.claim(now, AGAIN, MOST);
    if (!due.isEmpty()) {
      queue.putAll(due.stream().map(item -> message(item, now)).toList());
    }
    return due.size();
  }

  private IntakeMessage message(Due due, Instant now) {
    String id = "timer/%s/%s/%s/%d".formatted(due.ticket(), due.limit(), due.step(), due.attempt());
    return messages.message(
        LimitPass.CHANNEL,
        id,
        new Change.TimeDue(
            new TicketKey(null, due.ticket(), Map.of(), null), due.due(), due.limit()),
        now);
  }

  @Override
  public void close() throws InterruptedException {
    timer.shutdown();
    timer.awaitTermination(10, TimeUnit.SECONDS);
  }
}

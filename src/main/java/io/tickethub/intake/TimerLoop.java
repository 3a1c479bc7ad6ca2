package io.tickethub.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickethub.intake.IntakeMessage.SameIdOtherBytes;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.Provenance;
import io.tickethub.journal.Sealer;
import io.tickethub.journal.TicketTimers;
import io.tickethub.journal.TicketTimers.Due;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.TicketKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
  private final Identifiers identifiers;
  private final Sealer sealer;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "timers"));

  public TimerLoop(
      TicketTimers timers, IntakeQueue queue, Identifiers identifiers, Sealer sealer, Clock clock) {
    this.timers = timers;
    this.queue = queue;
    this.identifiers = identifiers;
    this.sealer = sealer;
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
      List<IntakeMessage> messages = new ArrayList<>(due.size());
      due.forEach(item -> messages.add(message(item, now)));
      queue.putAll(messages);
    }
    return due.size();
  }

  private IntakeMessage message(Due due, Instant now) {
    String id = "timer/%s/%s/%s/%d".formatted(due.ticket(), due.limit(), due.step(), due.attempt());
    byte[] body = id.getBytes(UTF_8);
    return new IntakeMessage(
        identifiers.next(),
        LimitPass.SYSTEM,
        LimitPass.CHANNEL,
        id,
        SameIdOtherBytes.NEW_VERSION,
        digest(body),
        Provenance.NONE,
        now,
        List.of(
            new Change.TimeDue(
                new TicketKey(null, due.ticket(), Map.of(), null), due.due(), due.limit())),
        null,
        false,
        sealer.sealBytes(body),
        body.length);
  }

  private static byte[] digest(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    timer.shutdown();
    timer.awaitTermination(10, TimeUnit.SECONDS);
  }
}

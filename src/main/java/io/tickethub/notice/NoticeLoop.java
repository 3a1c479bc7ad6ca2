package io.tickethub.notice;

import io.tickethub.notice.NoticeStore.Pending;
import io.tickethub.storage.NodeLock;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Tells recipients, on one node at a time: each in order, and none waits for another. A message
 * that was being sent when a node died is sent again, under the same key.
 */
final class NoticeLoop implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(NoticeLoop.class);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration FORGETTING = Duration.ofSeconds(10);
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(10);
  private static final int DOUBLINGS = 12;

  private final AlertGathering gathering;
  private final NoticeStore notices;
  private final Recipients recipients;
  private final NoticeProperties properties;
  private final NodeLock turn;
  private final Clock clock;
  private final InstantSource steady;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "alert-notices"));
  private final ExecutorService senders =
      Executors.newCachedThreadPool(task -> new Thread(task, "alert-sender"));
  private volatile boolean running;

  NoticeLoop(
      AlertGathering gathering,
      NoticeStore notices,
      Recipients recipients,
      NoticeProperties properties,
      NodeLock turn,
      Clock clock,
      InstantSource steady) {
    this.gathering = gathering;
    this.notices = notices;
    this.recipients = recipients;
    this.properties = properties;
    this.turn = turn;
    this.clock = clock;
    this.steady = steady;
  }

  private void look() {
    try {
      if (recipients.all().isEmpty()) {
        gathering.forget();
      } else if (turn.isHeld()) {
        gathering.look();
        notices.due(steady.instant()).forEach(this::begin);
      }
    } catch (DataAccessException | TransactionException | RejectedExecutionException e) {
      LOG.debug("telling of alerts has to wait: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("telling of alerts stumbled, trying again", e);
    }
  }

  private void begin(Pending pending) {
    if (underWay.add(pending.recipient())) {
      senders.execute(
          () -> {
            try {
              tell(pending);
            } catch (DataAccessException | TransactionException e) {
              LOG.debug("telling of alerts has to wait: {}", e.getMessage());
            } catch (RuntimeException e) {
              LOG.error("telling {} of alerts stumbled, trying again", pending.recipient(), e);
            } finally {
              underWay.remove(pending.recipient());
            }
          });
    }
  }

  private void tell(Pending pending) {
    Optional<Recipient> recipient = recipients.find(pending.recipient());
    if (recipient.isEmpty()) {
      giveUp(pending, "nobody is called so any more in hub.alerts.notify");
    } else if (notices.claim(pending, steady.instant().plus(LEASE))) {
      try {
        recipient.get().tell(pending.key(), pending.id(), pending.message());
        notices.taken(pending.id(), pending.recipient(), clock.instant());
      } catch (NotTakenException e) {
        failed(pending, e.getMessage());
      }
    }
  }

  private void failed(Pending pending, String failure) {
    int attempts = pending.attempts() + 1;
    if (attempts >= properties.attempts()) {
      giveUp(pending, failure);
      return;
    }
    Duration rest =
        properties.firstRetry().multipliedBy(1L << Math.min(DOUBLINGS, pending.attempts()));
    notices.failed(
        pending,
        failure,
        steady.instant().plus(rest.compareTo(LONGEST_RETRY) < 0 ? rest : LONGEST_RETRY));
    LOG.warn(
        "{} was not told of alerts ({}), attempt {} of {}",
        pending.recipient(),
        failure,
        attempts,
        properties.attempts());
  }

  private void giveUp(Pending pending, String failure) {
    notices.givenUp(pending.id(), pending.recipient(), failure, clock.instant());
    LOG.error(
        "{} is not told of alerts, given up: {}; it missed: {}",
        pending.recipient(),
        failure,
        pending.message().title());
  }

  @Override
  public void start() {
    long tick = (recipients.all().isEmpty() ? FORGETTING : TICK).toMillis();
    ticks.scheduleWithFixedDelay(this::look, tick, tick, TimeUnit.MILLISECONDS);
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    ticks.shutdown();
    senders.shutdown();
    try {
      ticks.awaitTermination(5, TimeUnit.SECONDS);
      if (!senders.awaitTermination(10, TimeUnit.SECONDS)) {
        senders.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the connectors started and before they stop. */
  @Override
  public int getPhase() {
    return SmartLifecycle.DEFAULT_PHASE;
  }
}

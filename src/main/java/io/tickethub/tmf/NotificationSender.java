package io.tickethub.tmf;

import io.tickethub.alert.AlertKind;
import io.tickethub.alert.Alerts;
import io.tickethub.storage.NodeLock;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Tells each listener what waits for it, in order. One that does not answer is tried again, less
 * and less often, and given up in the end; one notification that it refuses three times is left
 * out. One node at a time.
 */
final class NotificationSender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NotificationSender.class);
  private static final int AT_ONCE = 4;
  private static final int MOST_OF_ONE = 50;
  private static final int MOST_WAITING = 100_000;
  private static final int MOST_REFUSALS = 3;
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration LONGEST_REST = Duration.ofMinutes(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** The listener is well and does not want this one. */
  private static final Set<Integer> REFUSALS = Set.of(400, 406, 409, 413, 415, 422);

  private final ListenerStore listeners;
  private final NotificationStore notifications;
  private final CallbackPolicy policy;
  private final NodeLock turn;
  private final Alerts alerts;
  private final Clock clock;
  private final Duration patience;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final ExecutorService senders =
      Executors.newFixedThreadPool(AT_ONCE, task -> new Thread(task, "tmf621-sender"));
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "tmf621-ticks"));
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(3))
          .build();

  NotificationSender(
      ListenerStore listeners,
      NotificationStore notifications,
      CallbackPolicy policy,
      NodeLock turn,
      Alerts alerts,
      Clock clock,
      Duration patience) {
    this.listeners = listeners;
    this.notifications = notifications;
    this.policy = policy;
    this.turn = turn;
    this.alerts = alerts;
    this.clock = clock;
    this.patience = patience;
  }

  void start() {
    ticks.scheduleWithFixedDelay(
        this::look, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Looks for what waits, soon. */
  void wake() {
    try {
      ticks.execute(this::look);
    } catch (RejectedExecutionException e) {
      LOG.debug("stopping");
    }
  }

  private void look() {
    try {
      if (turn.isHeld()) {
        for (Listener listener : listeners.due(clock.instant())) {
          if (underWay.add(listener.id())) {
            senders.execute(() -> tell(listener));
          }
        }
      }
    } catch (DataAccessException | TransactionException | RejectedExecutionException e) {
      LOG.debug("telling listeners has to wait: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("telling listeners stumbled, trying again", e);
    }
  }

  private void tell(Listener listener) {
    try {
      if (isTooMuch(listener)) {
        giveUp(listener, "more than %d notifications wait for it".formatted(MOST_WAITING));
        return;
      }
      boolean well = true;
      List<NotificationStore.Pending> waiting = notifications.next(listener.id(), MOST_OF_ONE);
      for (int i = 0; well && i < waiting.size(); i++) {
        well = tell(listener, waiting.get(i));
      }
    } catch (DataAccessException | TransactionException e) {
      LOG.debug("telling a listener has to wait: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("telling listener {} stumbled, trying again", listener.id(), e);
    } finally {
      underWay.remove(listener.id());
    }
  }

  private boolean isTooMuch(Listener listener) {
    return listener.failures() > 0
        && notifications.count(listener.id(), MOST_WAITING + 1) > MOST_WAITING;
  }

  /** False if the listener has to be left alone for now. */
  private boolean tell(Listener listener, NotificationStore.Pending notification) {
    String problem;
    try {
      int status = post(listener, notification);
      if (status / 100 == 2) {
        notifications.taken(notification.id());
        listeners.recovered(listener.id());
        return true;
      }
      problem = "it answers " + status;
      if (REFUSALS.contains(status)) {
        boolean dead = notification.attempts() + 1 >= MOST_REFUSALS;
        notifications.refused(notification.id(), problem, dead);
        if (dead) {
          LOG.warn("listener {} refuses a {}: {}", listener.id(), notification.type(), problem);
          return true;
        }
      }
    } catch (TmfException e) {
      problem = "its host is allowed no more";
    } catch (IOException e) {
      problem = "it does not answer (%s)".formatted(e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    failed(listener, problem);
    return false;
  }

  private int post(Listener listener, NotificationStore.Pending notification)
      throws IOException, InterruptedException {
    policy.check(listener.callback());
    HttpRequest request =
        HttpRequest.newBuilder(listener.address(notification.type()))
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(notification.body()))
            .build();
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    response.body().close();
    return response.statusCode();
  }

  private void failed(Listener listener, String problem) {
    Instant now = clock.instant();
    Instant since = listener.failingFrom() == null ? now : listener.failingFrom();
    if (since.plus(patience).isBefore(now)) {
      giveUp(listener, "for %s it takes nothing: %s".formatted(patience, problem));
      return;
    }
    long rest = Math.min(LONGEST_REST.toMillis(), 500L << Math.min(20, listener.failures()));
    long jittered = rest / 2 + ThreadLocalRandom.current().nextLong(rest / 2 + 1);
    listeners.failed(listener, now, now.plusMillis(jittered), problem);
  }

  private void giveUp(Listener listener, String problem) {
    listeners.giveUp(listener.id(), problem);
    alerts.open(
        AlertKind.LISTENER_DEAD,
        listener.id(),
        "listener of client %s is given up: %s".formatted(listener.client(), problem));
  }

  @Override
  public void close() throws InterruptedException {
    ticks.shutdown();
    senders.shutdown();
    ticks.awaitTermination(5, TimeUnit.SECONDS);
    if (!senders.awaitTermination(ANSWER.toSeconds(), TimeUnit.SECONDS)) {
      senders.shutdownNow();
    }
  }
}

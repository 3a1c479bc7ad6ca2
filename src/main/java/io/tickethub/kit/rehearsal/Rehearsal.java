package io.tickethub.kit.rehearsal;

import com.fasterxml.jackson.annotation.JsonValue;
import io.tickethub.kit.rehearsal.Differences.Group;
import io.tickethub.kit.rehearsal.Findings.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One dry run: how far it is, and what it has found. Thread-safe. */
public final class Rehearsal {

  private final String id;
  private final Order order;
  private final Instant startedAt;
  private final Progress progress = new Progress();
  private final Findings findings = new Findings();
  private volatile State state = State.RUNNING;
  private volatile Instant finishedAt;
  private volatile String cause;
  private final CountDownLatch end = new CountDownLatch(1);

  Rehearsal(String id, Order order, Instant startedAt) {
    this.id = id;
    this.order = order;
    this.startedAt = startedAt;
  }

  /** Where it stands. */
  public enum State {
    RUNNING,
    DONE,
    CANCELLED,
    FAILED;

    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is asked for.
   *
   * @param channel null for all
   */
  public record Order(String connector, Window window, String channel) {}

  /**
   * What can be seen of it.
   *
   * @param stage messages, tickets or deliveries
   * @param total of the stage
   * @param affected by kind of difference: how many messages, tickets or deliveries
   * @param omitted how many further groups of differences there are
   * @param limits what the result does not say
   */
  public record View(
      String id,
      String connector,
      State state,
      String cause,
      Instant since,
      Instant until,
      String channel,
      Instant startedAt,
      Instant finishedAt,
      String stage,
      long done,
      long total,
      Counts counts,
      Map<String, Long> affected,
      List<Group> differences,
      int omitted,
      List<String> limits) {}

  /** {@code most} bounds the differences shown; there are none before the end. */
  public View view(int most) {
    State now = state;
    List<Group> groups = now == State.RUNNING ? List.of() : findings.differences().groups();
    List<Group> shown = groups.stream().limit(most).toList();
    return new View(
        id,
        order.connector(),
        now,
        cause,
        order.window().since(),
        order.window().until(),
        order.channel(),
        startedAt,
        finishedAt,
        progress.stage(),
        progress.done(),
        progress.total(),
        findings.counts(),
        findings.differences().affected(),
        shown,
        groups.size() - shown.size(),
        RehearsalRun.LIMITS);
  }

  public String id() {
    return id;
  }

  public String connector() {
    return order.connector();
  }

  /** Waits until it is over, at most so long. */
  public void await(Duration most) throws InterruptedException {
    end.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean isRunning() {
    return state == State.RUNNING;
  }

  Instant startedAt() {
    return startedAt;
  }

  Progress progress() {
    return progress;
  }

  Findings findings() {
    return findings;
  }

  void finished(State how, String why, Instant at) {
    cause = why;
    finishedAt = at;
    state = how;
    end.countDown();
  }
}

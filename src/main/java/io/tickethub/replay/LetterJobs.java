package io.tickethub.replay;

import io.tickethub.delivery.DeadLetters;
import io.tickethub.delivery.DeadLetters.Progress;
import io.tickethub.delivery.LetterFilter;
import io.tickethub.delivery.LetterGroups;
import io.tickethub.delivery.Replay;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.NodeName;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.context.SmartLifecycle;

/** Replays and discards of many dead letters at once. Thread-safe. */
public final class LetterJobs implements SmartLifecycle {

  private static final int MOST_RUNNING = 10;
  private static final int MOST_SHOWN = 20;

  private final JobStore store;
  private final JobRunner runner;
  private final DeadLetters deadLetters;
  private final LetterGroups groups;
  private final Identifiers identifiers;
  private final NodeName node;
  private final Clock clock;
  private final InstantSource steady;
  private volatile boolean running;

  LetterJobs(
      JobStore store,
      JobRunner runner,
      DeadLetters deadLetters,
      LetterGroups groups,
      Identifiers identifiers,
      NodeName node,
      Clock clock,
      InstantSource steady) {
    this.store = store;
    this.runner = runner;
    this.deadLetters = deadLetters;
    this.groups = groups;
    this.identifiers = identifiers;
    this.node = node;
    this.clock = clock;
    this.steady = steady;
  }

  /**
   * What a job would do.
   *
   * @param selected how many dead letters it would take
   * @param closed how many it would leave alone, because they were replayed, discarded or edited
   * @param settled how many of those selected would send nothing: their delivery is not dead any
   *     more
   * @param behind how many deliveries wait behind them and follow
   * @param shares by connector, kind and code
   * @param first those it would begin with, in its order: by the age of their messages
   * @param steps how many it would take in each of its first steps
   */
  public record Preview(
      long selected,
      long closed,
      long settled,
      long behind,
      List<LetterGroups.Share> shares,
      List<LetterGroups.Turn> first,
      List<Long> steps) {}

  /** Says what a replay would do; does nothing. */
  public Preview preview(LetterFilter filter) {
    List<LetterGroups.Share> shares = groups.shares(filter);
    long selected = shares.stream().mapToLong(LetterGroups.Share::open).sum();
    return new Preview(
        selected,
        shares.stream().mapToLong(LetterGroups.Share::closed).sum(),
        shares.stream().mapToLong(LetterGroups.Share::settled).sum(),
        groups.behind(filter),
        shares,
        groups.first(filter, MOST_SHOWN),
        steps(selected));
  }

  private static List<Long> steps(long selected) {
    List<Long> steps = new ArrayList<>();
    long left = selected;
    for (int step = 1; left > 0 && steps.size() < MOST_SHOWN; step++) {
      steps.add(Math.min(left, Ramp.size(step)));
      left -= Ramp.size(step);
    }
    return steps;
  }

  /**
   * Begins one.
   *
   * @param failures the share of a step that may fail again, 0 to 1; more stops the job, and
   *     anything that fails in the first step
   * @throws IllegalArgumentException if the filter excludes nothing, or the share is none
   * @throws IllegalStateException if too many are running
   */
  public Job start(
      Replay.Action action, LetterFilter filter, double failures, String reason, String by) {
    if (filter.isOpenEnded()) {
      throw new IllegalArgumentException(
          "say which dead letters: a group, connector, code, ticket, since or until");
    }
    if (!(failures >= 0 && failures <= 1)) {
      throw new IllegalArgumentException("failures has to be a share from 0 to 1");
    }
    if (store.countRunning() >= MOST_RUNNING) {
      throw new IllegalStateException(
          "%d jobs are running: wait for one or stop it".formatted(MOST_RUNNING));
    }
    long id = identifiers.next();
    Job job =
        new Job(
            id,
            action,
            filter,
            id,
            failures,
            reason,
            by,
            clock.instant(),
            deadLetters.count(filter, id),
            Job.State.RUNNING,
            null,
            null,
            1,
            0,
            0,
            false,
            0,
            0,
            0,
            0,
            -1,
            -1);
    store.add(job, node.value(), steady.instant().plus(JobRunner.LEASE));
    runner.signal();
    return job;
  }

  /** Stops it; what it has taken goes on. False if it has ended already. */
  public boolean stop(Job job, String by) {
    return runner.end(job, Job.State.STOPPED, "stopped by " + by, runner.progress(job));
  }

  public Optional<Job> find(long id) {
    return store.find(id);
  }

  /** The newest first. */
  public List<Job> list(int most) {
    return store.list(most);
  }

  /** All that a job has decided or has under way, the step under way included. */
  public Progress progress(Job job) {
    if (job.state() != Job.State.RUNNING) {
      return new Progress(job.underWay(), job.done(), job.failed());
    }
    Progress step = runner.progress(job);
    return new Progress(step.underWay(), job.done() + step.done(), job.failed() + step.failed());
  }

  /** Goes on with what was under way when the hub last stopped. */
  @Override
  public void start() {
    runner.start();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    runner.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the connectors started and before they stop: messages are understood by them. */
  @Override
  public int getPhase() {
    return SmartLifecycle.DEFAULT_PHASE;
  }
}

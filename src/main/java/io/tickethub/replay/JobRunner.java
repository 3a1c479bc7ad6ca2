package io.tickethub.replay;

import io.tickethub.delivery.DeadLetters;
import io.tickethub.delivery.DeadLetters.Progress;
import io.tickethub.delivery.Replay;
import io.tickethub.intake.IntakeUnavailableException;
import io.tickethub.journal.NodeName;
import io.tickethub.storage.WorkLoop;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves the running jobs on, each a page or a look at a time, so that one that waits for a system
 * holds up no other. What a job has reached is in the database: after a crash this node goes on
 * with its own jobs, and takes over those of nodes that are gone.
 */
final class JobRunner implements AutoCloseable {

  static final Duration LEASE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final Duration WHILE_BUSY = Duration.ofMillis(100);
  private static final Duration WHILE_IDLE = Duration.ofSeconds(2);

  private final JobStore store;
  private final PageTaker pages;
  private final DeadLetters deadLetters;
  private final TransactionTemplate transactions;
  private final JobListener listener;
  private final NodeName node;
  private final Clock clock;
  private final InstantSource steady;
  private final WorkLoop loop =
      new WorkLoop("dead-letter-jobs", WHILE_BUSY, WHILE_IDLE, this::moveAll);

  JobRunner(
      JobStore store,
      PageTaker pages,
      DeadLetters deadLetters,
      TransactionTemplate transactions,
      JobListener listener,
      NodeName node,
      Clock clock,
      InstantSource steady) {
    this.store = store;
    this.pages = pages;
    this.deadLetters = deadLetters;
    this.transactions = transactions;
    this.listener = listener;
    this.node = node;
    this.clock = clock;
    this.steady = steady;
  }

  void start() {
    loop.start();
  }

  /** There is a new job. */
  void signal() {
    loop.signal();
  }

  /** False if no job is running. */
  private boolean moveAll() {
    List<Job> jobs = store.claim(node.value(), steady.instant(), LEASE);
    jobs.forEach(this::move);
    return !jobs.isEmpty();
  }

  private void move(Job job) {
    try {
      if (job.action() == Replay.Action.DISCARD) {
        discard(job);
      } else {
        replay(job);
      }
    } catch (DataAccessException | TransactionException | IntakeUnavailableException e) {
      LOG.debug("job {} has to wait: {}", job.id(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("job {} failed inside the hub", job.id(), e);
      end(
          job,
          Job.State.STOPPED,
          "it failed inside the hub; its log has the failure",
          progress(job));
    }
  }

  private void discard(Job job) {
    if (job.exhausted()) {
      end(job, Job.State.DONE, null, progress(job));
    } else if (job.room() > 0) {
      pages.take(job);
      signal();
    } else {
      store.next(job, progress(job));
      signal();
    }
  }

  private void replay(Job job) {
    if (!job.exhausted() && job.room() > 0) {
      pages.take(job);
      signal();
      return;
    }
    Progress step = progress(job);
    long tried = step.done() + step.failed() + step.underWay();
    if (Ramp.isBroken(job.step(), step.failed(), tried, job.failures())) {
      end(
          job,
          Job.State.STOPPED,
          "%d of the %d of step %d failed again%s"
              .formatted(
                  step.failed(),
                  tried,
                  job.step(),
                  job.stepRefused() > 0 ? "; the first that was refused: " + job.cause() : ""),
          step);
    } else if (step.underWay() == 0 && job.exhausted()) {
      end(job, Job.State.DONE, null, step);
    } else if (step.underWay() == 0 && store.next(job, step)) {
      signal();
    }
  }

  /** Of the step under way; what could not be tried has failed. */
  Progress progress(Job job) {
    Progress taken = deadLetters.progress(job.current());
    return new Progress(taken.underWay(), taken.done(), taken.failed() + job.stepRefused());
  }

  /** False if it has ended already. */
  boolean end(Job job, Job.State state, String cause, Progress step) {
    Boolean ended =
        transactions.execute(
            status -> {
              boolean first = store.end(job, state, cause, step, clock.instant());
              if (first) {
                listener.ended(store.find(job.id()).orElseThrow());
              }
              return first;
            });
    return Boolean.TRUE.equals(ended);
  }

  @Override
  public void close() {
    loop.close();
  }
}

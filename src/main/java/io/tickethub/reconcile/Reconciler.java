package io.tickethub.reconcile;

import io.tickethub.connector.Connectors;
import io.tickethub.intake.IntakeUnavailableException;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.NodeName;
import io.tickethub.mapping.MappingException;
import io.tickethub.storage.WorkLoop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.transaction.TransactionException;

/**
 * Moves the runs on, each a page at a time, and begins those that are scheduled. Systems are asked
 * beside it, so that one that hangs holds up no other.
 */
final class Reconciler implements AutoCloseable {

  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration ASK_AGAIN = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final Duration WHILE_BUSY = Duration.ofMillis(20);
  private static final Duration WHILE_IDLE = Duration.ofSeconds(1);

  private final RunStore store;
  private final RunSteps steps;
  private final Connectors connectors;
  private final Identifiers identifiers;
  private final NodeName node;
  private final Clock clock;
  private final Instant startedAt;
  private final WorkLoop loop =
      new WorkLoop("reconciliation", WHILE_BUSY, WHILE_IDLE, this::moveAll);
  private final ExecutorService inquiries =
      Executors.newCachedThreadPool(task -> new Thread(task, "reconciliation-inquiry"));
  private final Set<Long> asking = ConcurrentHashMap.newKeySet();

  Reconciler(
      RunStore store,
      RunSteps steps,
      Connectors connectors,
      Identifiers identifiers,
      NodeName node,
      Clock clock) {
    this.store = store;
    this.steps = steps;
    this.connectors = connectors;
    this.identifiers = identifiers;
    this.node = node;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  void start() {
    loop.start();
  }

  /** There is a new run. */
  void signal() {
    loop.signal();
  }

  /** False if no run could go on. */
  private boolean moveAll() {
    beginScheduled();
    List<Run> due = store.claim(node.value(), clock.instant(), LEASE);
    due.forEach(this::move);
    return !due.isEmpty();
  }

  private void beginScheduled() {
    for (Terms terms : steps.compared()) {
      String schedule = terms.form().schedule();
      if (schedule != null && isTime(terms, schedule)) {
        store.begin(
            identifiers.next(),
            terms.system(),
            Run.Origin.SCHEDULED,
            "hub",
            false,
            node.value(),
            clock.instant());
      }
    }
  }

  /** A time that passed while the hub was down is made up for, once. */
  private boolean isTime(Terms terms, String schedule) {
    ZoneId zone = terms.zone();
    Instant last =
        store.list(terms.system(), 1).stream().findFirst().map(Run::startedAt).orElse(startedAt);
    ZonedDateTime next = CronExpression.parse(schedule).next(last.atZone(zone));
    return next != null && !next.toInstant().isAfter(clock.instant());
  }

  private void move(Run run) {
    try {
      switch (run.state()) {
        case ASKING -> ask(run);
        case RECEIVING -> waitForList(run);
        default -> steps.take(run);
      }
    } catch (DataAccessException | TransactionException | IntakeUnavailableException e) {
      LOG.debug("reconciliation {} has to wait: {}", run.id(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("reconciliation {} failed inside the hub", run.id(), e);
      store.end(
          run,
          Run.State.FAILED,
          "it failed inside the hub; its log has the failure",
          clock.instant());
    }
  }

  private void ask(Run run) {
    Terms terms = steps.terms(run.connector()).orElse(null);
    if (terms == null) {
      giveUpOrWait(run, Duration.ofHours(1), "the connector does not run");
    } else if (asking.add(run.id())) {
      inquiries.execute(() -> ask(run, terms));
    } else {
      store.wait(run, clock.instant().plus(ASK_AGAIN), run.cause());
    }
  }

  private void ask(Run run, Terms terms) {
    try {
      // Should the answer be late, the list itself, or the next question, moves the run on.
      store.wait(run, clock.instant().plus(ASK_AGAIN), null);
      if (!terms.isAnswered()) {
        store.move(run, Run.State.RECEIVING, clock.instant().plus(ASK_AGAIN));
      }
      connectors.askForList(
          run.connector(), run.id(), Identifiers.text(run.id()), question(run, terms));
    } catch (IllegalStateException | MappingException | IntakeUnavailableException e) {
      try {
        Run now = store.find(run.id()).orElse(run);
        if (now.state() == Run.State.RECEIVING) {
          store.move(now, Run.State.ASKING, clock.instant().plus(ASK_AGAIN));
        }
        giveUpOrWait(store.find(run.id()).orElse(run), terms.form().within(), e.getMessage());
      } catch (DataAccessException | TransactionException again) {
        LOG.debug("reconciliation {} has to wait: {}", run.id(), again.getMessage());
      }
    } catch (DataAccessException | TransactionException e) {
      LOG.debug("reconciliation {} has to wait: {}", run.id(), e.getMessage());
    } finally {
      asking.remove(run.id());
      signal();
    }
  }

  private Map<String, Object> question(Run run, Terms terms) {
    Map<String, Object> input = new HashMap<>();
    input.put("key", Identifiers.text(run.id()));
    input.put("at", clock.instant().toString());
    input.put("closedSince", run.startedAt().minus(terms.form().recentlyClosed()).toString());
    if (run.nextPage() != null) {
      input.put("page", run.nextPage());
    }
    return input;
  }

  private void waitForList(Run run) {
    Duration within =
        steps
            .terms(run.connector())
            .map(terms -> terms.form().within())
            .orElse(Duration.ofHours(1));
    giveUpOrWait(
        run,
        within,
        run.list() == null
            ? "the system was asked, its list has not come"
            : "the rest of the list has not come");
  }

  private void giveUpOrWait(Run run, Duration within, String cause) {
    Instant now = clock.instant();
    if (run.state().isEnd()) {
      return;
    }
    if (run.startedAt().plus(within).isBefore(now)) {
      store.end(run, Run.State.FAILED, cause, now);
    } else {
      store.wait(run, now.plus(ASK_AGAIN), cause);
    }
  }

  @Override
  public void close() {
    loop.close();
    inquiries.shutdownNow();
  }
}

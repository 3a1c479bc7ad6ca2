package io.tickethub.reconcile;

import io.tickethub.journal.Identifiers;
import io.tickethub.journal.NodeName;
import io.tickethub.journal.TicketStore;
import io.tickethub.reconcile.Drift.Right;
import io.tickethub.ticket.Ticket;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionTemplate;

/** Comparisons of systems with the hub: begun, looked at, and decided where rules do not. */
public final class Reconciliations implements SmartLifecycle {

  private final RunStore runs;
  private final DriftStore drifts;
  private final RunSteps steps;
  private final Repairer repairer;
  private final Reconciler reconciler;
  private final TicketStore tickets;
  private final TransactionTemplate transactions;
  private final Identifiers identifiers;
  private final NodeName node;
  private final Clock clock;
  private volatile boolean running;

  Reconciliations(
      RunStore runs,
      DriftStore drifts,
      RunSteps steps,
      Repairer repairer,
      Reconciler reconciler,
      TicketStore tickets,
      TransactionTemplate transactions,
      Identifiers identifiers,
      NodeName node,
      Clock clock) {
    this.runs = runs;
    this.drifts = drifts;
    this.steps = steps;
    this.repairer = repairer;
    this.reconciler = reconciler;
    this.tickets = tickets;
    this.transactions = transactions;
    this.identifiers = identifiers;
    this.node = node;
    this.clock = clock;
  }

  /** The connectors whose system can be asked for its list. */
  public List<String> askable() {
    return steps.compared().stream()
        .filter(terms -> terms.form().ask() != null)
        .map(Terms::system)
        .toList();
  }

  /**
   * Begins one.
   *
   * @param repair what the rules decide is repaired
   * @throws IllegalStateException if the system cannot be asked, or one is under way
   */
  public Run start(String connector, boolean repair, String by) {
    if (!askable().contains(connector)) {
      throw new IllegalStateException(
          "connector '%s' does not run, or its connector.yaml has no reconcile.ask; askable are %s"
              .formatted(connector, askable()));
    }
    long id = identifiers.next();
    if (!runs.begin(id, connector, Run.Origin.ASKED, by, repair, node.value(), clock.instant())) {
      String other =
          runs.running(connector).map(run -> Identifiers.text(run.id())).orElse("another");
      throw new IllegalStateException(
          "reconciliation %s of %s is under way: wait for it".formatted(other, connector));
    }
    reconciler.signal();
    return runs.find(id).orElseThrow();
  }

  public Optional<Run> find(long id) {
    return runs.find(id);
  }

  /** The newest first; {@code connector} null for any. */
  public List<Run> list(String connector, int most) {
    return runs.list(connector, most);
  }

  /** The differences of a run after one, in their order; {@code state} null for any. */
  public List<Drift> drifts(long run, Drift.State state, long after, int most) {
    return drifts.page(run, state, after, most);
  }

  public Optional<Drift> drift(long id) {
    return drifts.find(id);
  }

  /**
   * Repairs a difference as a person decides.
   *
   * @throws IllegalStateException if it is being repaired, the ticket has changed since, or the
   *     side has nothing to give
   */
  public Drift take(Drift drift, Right side, String by, String reason) {
    if (drift.state() != Drift.State.OPEN && drift.state() != Drift.State.PERSON) {
      throw new IllegalStateException("it is being repaired: the next list shows whether it is");
    }
    if (drift.ticketId() != null && version(drift) != drift.version()) {
      throw new IllegalStateException("the ticket has changed since: reconcile again");
    }
    transactions.executeWithoutResult(
        status -> {
          drifts.take(List.of(drift), side, by, clock.instant(), reason);
          repairer.put(
              List.of(
                  repairer
                      .repair(List.of(drift), side, true)
                      .orElseThrow(() -> nothing(drift, side))));
        });
    return drifts.find(drift.id()).orElseThrow();
  }

  private static IllegalStateException nothing(Drift drift, Right side) {
    return new IllegalStateException(
        side == Right.SYSTEM
            ? "the system says nothing of the ticket that could be taken"
            : "no channel of %s tells it this".formatted(drift.connector()));
  }

  private int version(Drift drift) {
    Ticket ticket = tickets.load(List.of(drift.ticketId())).get(drift.ticketId());
    return ticket == null ? -1 : ticket.version();
  }

  @Override
  public void start() {
    reconciler.start();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    reconciler.close();
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

package io.tickethub.reconcile;

import io.tickethub.connector.Connectors;
import io.tickethub.intake.IntakeBacklog;
import io.tickethub.intake.IntakeMessage;
import io.tickethub.journal.TicketStore;
import io.tickethub.reconcile.Drift.Right;
import io.tickethub.reconcile.Statements.Listed;
import io.tickethub.reconcile.Tellings.Told;
import io.tickethub.ticket.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The steps of a run that need nobody's answer. Each call takes a bounded page in one transaction:
 * after a crash it was taken or it was not.
 */
final class RunSteps {

  private static final int PAGE = 500;
  private static final int RESOLVED = 10_000;
  private static final int CONFIRMED = 100;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final RunStore runs;
  private final DriftStore drifts;
  private final Statements statements;
  private final Comparison comparison;
  private final Confirmation confirmation;
  private final Tellings tellings;
  private final Repairer repairer;
  private final TicketStore tickets;
  private final Connectors connectors;
  private final IntakeBacklog backlog;
  private final TransactionTemplate transactions;
  private final Clock clock;

  RunSteps(
      RunStore runs,
      DriftStore drifts,
      Statements statements,
      Comparison comparison,
      Confirmation confirmation,
      Tellings tellings,
      Repairer repairer,
      TicketStore tickets,
      Connectors connectors,
      IntakeBacklog backlog,
      TransactionTemplate transactions,
      Clock clock) {
    this.runs = runs;
    this.drifts = drifts;
    this.statements = statements;
    this.comparison = comparison;
    this.confirmation = confirmation;
    this.tellings = tellings;
    this.repairer = repairer;
    this.tickets = tickets;
    this.connectors = connectors;
    this.backlog = backlog;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Takes a page of the step the run is in. */
  void take(Run claimed) {
    Optional<Terms> terms = terms(claimed.connector());
    if (terms.isEmpty()) {
      runs.wait(
          claimed,
          clock.instant().plus(LOOK_AGAIN),
          "the connector does not run, or is not compared any more");
      return;
    }
    if (claimed.state() == Run.State.CONFIRMING && isBehind(claimed, terms.get())) {
      runs.wait(
          claimed,
          clock.instant().plus(LOOK_AGAIN),
          "messages as old as the list are not applied yet");
      return;
    }
    transactions.executeWithoutResult(
        status ->
            runs.lock(claimed.id(), claimed.state()).ifPresent(run -> take(run, terms.get())));
  }

  /** What was received about the time of the list may make both agree once it is applied. */
  private boolean isBehind(Run run, Terms terms) {
    Instant settled = run.receivedAt().plus(terms.form().settle());
    return run.reached() < 0 && backlog.oldest().filter(at -> at.isBefore(settled)).isPresent();
  }

  Optional<Terms> terms(String connector) {
    return connectors
        .definition(connector)
        .filter(definition -> definition.reconciling().isPresent())
        .map(Terms::new);
  }

  private void take(Run run, Terms terms) {
    Instant now = clock.instant();
    switch (run.state()) {
      case RESOLVING -> resolve(run, now);
      case COMPARING -> compare(run, terms, now);
      case UNKNOWN -> findUnknown(run, now);
      case MISSING -> findMissing(run, terms, now);
      case CONFIRMING -> confirm(run, terms, now);
      case REPAIRING -> repair(run, now);
      default -> throw new IllegalStateException(run.state() + " is no step of its own");
    }
  }

  private void resolve(Run run, Instant now) {
    Optional<String> last = statements.resolve(run, RESOLVED);
    if (last.isPresent()) {
      runs.reached(run, last.get(), 0);
      return;
    }
    if (run.complete()) {
      statements.expect(run);
    }
    runs.move(run, Run.State.COMPARING, now);
  }

  private void compare(Run run, Terms terms, Instant now) {
    List<Listed> page = statements.after(run, run.reached(), PAGE);
    if (page.isEmpty()) {
      runs.move(run, Run.State.UNKNOWN, now);
      return;
    }
    List<Long> ids = page.stream().map(Listed::ticketId).distinct().toList();
    Map<Long, Ticket> loaded = tickets.load(ids);
    List<Drift> found = new ArrayList<>();
    for (Listed listed : page) {
      Ticket ticket = loaded.get(listed.ticketId());
      if (ticket != null && ticket.participants().contains(run.connector())) {
        found.addAll(comparison.differences(run, terms, ticket, listed));
      }
    }
    long inFlight = keepLasting(run, terms, found, loaded);
    runs.reached(run, ids.get(ids.size() - 1), ids.size(), inFlight, 0, 0);
  }

  /** Differences of tickets on which something is under way are not kept; returns how many. */
  private long keepLasting(Run run, Terms terms, List<Drift> found, Map<Long, Ticket> loaded) {
    Map<Long, Told> told =
        tellings.of(run.connector(), found.stream().map(Drift::ticketId).toList());
    List<Drift> lasting = new ArrayList<>();
    for (Drift drift : found) {
      Instant settled = drift.asOf().minus(terms.form().settle());
      boolean underWay =
          loaded.get(drift.ticketId()).updatedAt().isAfter(settled)
              || told.getOrDefault(drift.ticketId(), Told.NOTHING).isInFlight(settled);
      if (!underWay) {
        lasting.add(drift);
      }
    }
    drifts.add(lasting);
    return found.size() - lasting.size();
  }

  private void findUnknown(Run run, Instant now) {
    List<Listed> page = statements.unknown(run, PAGE);
    if (page.isEmpty()) {
      runs.move(run, Run.State.MISSING, now);
      return;
    }
    drifts.add(page.stream().map(listed -> comparison.unknown(run, listed)).toList());
    runs.reached(run, page.get(page.size() - 1).name(), page.size());
  }

  private void findMissing(Run run, Terms terms, Instant now) {
    List<Long> page = statements.expected(run, run.reached(), PAGE);
    if (page.isEmpty()) {
      boolean agrees = drifts.page(run.id(), Drift.State.CANDIDATE, -1, 1).isEmpty();
      runs.move(run, Run.State.CONFIRMING, agrees ? now : now.plus(terms.form().settle()));
      return;
    }
    Map<Long, Ticket> loaded = tickets.load(page);
    List<Drift> found = new ArrayList<>();
    for (Ticket ticket : loaded.values()) {
      if (ticket.participants().contains(run.connector())) {
        found.add(comparison.missing(run, ticket));
      }
    }
    long inFlight = keepLasting(run, terms, found, loaded);
    runs.reached(run, page.get(page.size() - 1), found.size(), inFlight, 0, 0);
  }

  private void confirm(Run run, Terms terms, Instant now) {
    List<Drift> page = drifts.page(run.id(), Drift.State.CANDIDATE, run.reached(), CONFIRMED);
    if (page.isEmpty()) {
      boolean automatic = run.origin() != Run.Origin.ASKED && terms.form().repair().automatic();
      if (run.repair() || automatic) {
        runs.move(run, Run.State.REPAIRING, now);
      } else {
        runs.end(run, Run.State.DONE, null, now);
      }
      return;
    }
    Map<List<String>, Integer> repairs =
        runs.before(run).map(earlier -> drifts.repairs(earlier, page)).orElse(Map.of());
    List<Drift> lasting = confirmation.lasting(terms, stillUnknown(page), repairs);
    drifts.confirm(lasting);
    List<Long> kept = lasting.stream().map(Drift::id).toList();
    List<Drift> gone = page.stream().filter(drift -> !kept.contains(drift.id())).toList();
    drifts.forget(gone);
    runs.reached(run, page.get(page.size() - 1).id(), 0, gone.size(), lasting.size(), 0);
  }

  /** Without those whose ticket the hub has come to know. */
  private List<Drift> stillUnknown(List<Drift> page) {
    List<Drift> unknown =
        page.stream().filter(drift -> drift.kind() == Drift.Kind.UNKNOWN_TO_HUB).toList();
    Set<Long> known = unknown.isEmpty() ? Set.of() : statements.known(unknown);
    return page.stream().filter(drift -> !known.contains(drift.id())).toList();
  }

  /** All differences of a ticket are repaired at once. */
  private void repair(Run run, Instant now) {
    List<Drift> page = drifts.page(run.id(), Drift.State.OPEN, run.reached(), CONFIRMED);
    if (page.isEmpty()) {
      runs.end(run, Run.State.DONE, null, now);
      return;
    }
    Map<List<Object>, List<Drift>> together = new LinkedHashMap<>();
    for (Drift drift : page) {
      List<Drift> ofTicket =
          drifts.ofTicket(run.id(), drift.ticket()).stream()
              .filter(other -> other.state() == Drift.State.OPEN && other.right() == drift.right())
              .toList();
      together.putIfAbsent(List.of(drift.ticket(), drift.right()), ofTicket);
    }
    List<IntakeMessage> messages = new ArrayList<>();
    long repaired = 0;
    for (Map.Entry<List<Object>, List<Drift>> ticket : together.entrySet()) {
      Right side = (Right) ticket.getKey().get(1);
      repairer.repair(ticket.getValue(), side, false).ifPresent(messages::add);
      drifts.take(ticket.getValue(), side, "hub", now, null);
      repaired += ticket.getValue().size();
    }
    repairer.put(messages);
    runs.reached(run, page.get(page.size() - 1).id(), 0, 0, 0, repaired);
  }

  /** Connectors whose systems are compared. */
  Collection<Terms> compared() {
    return connectors.statuses().stream()
        .map(status -> terms(status.name()).orElse(null))
        .filter(Objects::nonNull)
        .toList();
  }
}

package io.tickethub.reconcile;

import io.tickethub.connector.folder.ComparedField;
import io.tickethub.connector.folder.Reconcile;
import io.tickethub.connector.folder.Reconcile.Repair;
import io.tickethub.intake.Consequences;
import io.tickethub.intake.Rules;
import io.tickethub.product.ProductCatalog;
import io.tickethub.reconcile.Drift.Right;
import io.tickethub.routing.Ownership;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.Origin;
import io.tickethub.ticket.Statement;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketState;
import io.tickethub.ticket.Verdict;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says who is right where hub and system differ, by the rules of ownership and the ticket's
 * history. What they leave open is a person's. Thread-safe.
 */
final class Judge {

  private final Rules rules;
  private final Consequences consequences;
  private final ProductCatalog products;
  private final Clock clock;

  Judge(Rules rules, ProductCatalog products, Clock clock) {
    this.rules = rules;
    this.consequences = Consequences.timed(rules);
    this.products = products;
    this.clock = clock;
  }

  /** Who is right, and by which rule, or why nobody can tell. */
  record Ruling(Right right, String because) {
    private static Ruling hub(String because) {
      return new Ruling(Right.HUB, because);
    }

    private static Ruling system(String because) {
      return new Ruling(Right.SYSTEM, because);
    }

    private static Ruling nobody(String because) {
      return new Ruling(Right.NOBODY, because);
    }
  }

  /** A ticket that the system does not list. */
  Ruling missing(Terms terms, Ticket ticket) {
    return ticket.openedBy().equals(terms.system())
        ? Ruling.nobody("it reported the ticket itself, and does not list it any more")
        : Ruling.hub("it takes part in the ticket and has to know it");
  }

  /** A ticket that the hub does not know. */
  Ruling unknown(Terms terms, Statement said) {
    if (terms.form().repair().unknown() != Repair.Unknown.OPEN) {
      return Ruling.nobody("reconcile.repair.unknown leaves it to a person");
    }
    if (said.state() != null && said.state().isFinal()) {
      return Ruling.nobody("it is closed there already");
    }
    Optional<String> missing = whyNotOpened(said.content());
    return missing.isPresent()
        ? Ruling.nobody("the list does not say enough to open it: " + missing.get())
        : Ruling.system("reconcile.repair.unknown has it opened");
  }

  private Optional<String> whyNotOpened(TicketContent content) {
    if (content.kind() == null || content.productClass() == null || content.title() == null) {
      return Optional.of("kind, product class and title are needed");
    }
    return products
        .find(content.productClass())
        .map(
            product ->
                product.check(content.attributes()).stream()
                    .findFirst()
                    .map(problem -> problem.sentence()))
        .orElse(Optional.of("there is no product adapter for " + content.productClass()));
  }

  /** A field that differs. */
  Ruling different(
      Terms terms, ComparedField field, Ticket ticket, List<TicketEvent> history, Drift drift) {
    return switch (field) {
      case STATE -> state(terms, ticket, history, drift);
      case OWNER -> owner(terms, ticket, drift);
      default -> content(terms, field, ticket);
    };
  }

  private Ruling state(Terms terms, Ticket ticket, List<TicketEvent> history, Drift drift) {
    Statement said = drift.statement();
    TicketState there = said.state();
    TicketEvent last = lastMove(history);
    boolean been = history.stream().anyMatch(event -> terms.isSame(event.to(), there));
    boolean timed = said.changedAt() != null && last != null;
    boolean newer = timed && said.changedAt().isAfter(last.occurredAt());
    Outcome outcome = outcome(terms, ticket, drift);
    if (timed ? !newer : been) {
      return behind(terms, ticket, last, outcome, timed);
    }
    if (outcome.reaches()) {
      return Ruling.system(outcome.verdict().rule());
    }
    return outcome.verdict().decision() == Verdict.Decision.ACCEPT
        ? Ruling.nobody("'%s' cannot follow '%s'".formatted(there.code(), ticket.state().code()))
        : Ruling.hub(outcome.verdict().rule());
  }

  /** The ticket has been where the system thinks it is. */
  private static Ruling behind(
      Terms terms, Ticket ticket, TicketEvent last, Outcome outcome, boolean timed) {
    if (last != null && last.source().equals(terms.system())) {
      return Ruling.nobody(
          "it said '%s' itself, and lists an older state now".formatted(ticket.state().code()));
    }
    if (!timed && outcome.reaches()) {
      return Ruling.nobody(
          "it may say so, and does not say since when: it may be behind or ahead of the hub");
    }
    return Ruling.hub("the ticket has moved on to '%s' since".formatted(ticket.state().code()));
  }

  private static TicketEvent lastMove(List<TicketEvent> history) {
    TicketEvent last = null;
    for (TicketEvent event : history) {
      if (event.from() != event.to() || event.type() == EventType.OPENED) {
        last = event;
      }
    }
    return last;
  }

  /** What the pipeline would make of it, had the system said so. */
  private record Outcome(Verdict verdict, boolean reaches) {}

  private Outcome outcome(Terms terms, Ticket ticket, Drift drift) {
    Statement said = drift.statement();
    Change change =
        new Change.StateChange(
            said.ticket(),
            said.changedAt() == null ? drift.asOf() : said.changedAt(),
            said.state(),
            null,
            null,
            null);
    Origin origin = new Origin(terms.system(), Reconcile.LIST, 0, clock.instant());
    Consequences.Consequence consequence =
        consequences.apply(ticket, change, origin, Optional.empty(), Set.of());
    return new Outcome(
        consequence.verdict(),
        consequence.verdict().decision() == Verdict.Decision.ACCEPT
            && terms.isSame(consequence.ticket().state(), said.state()));
  }

  private Ruling owner(Terms terms, Ticket ticket, Drift drift) {
    Statement said = drift.statement();
    Change change = new Change.Transfer(said.ticket(), said.changedAt(), said.owner(), null);
    Verdict verdict = rules.ownership().judge(ticket, change, terms.system()).verdict();
    return verdict.decision() == Verdict.Decision.ACCEPT
        ? Ruling.nobody("it may transfer the ticket, and nobody says who did so last")
        : Ruling.hub(verdict.rule());
  }

  private Ruling content(Terms terms, ComparedField field, Ticket ticket) {
    boolean empty = field.of(ticket.content()).equals(TicketContent.EMPTY);
    Optional<Ownership.Master> master = rules.ownership().master(ticket, field.text());
    Ruling ruling =
        master.map(found -> byMaster(terms, found)).orElseGet(() -> byManifest(terms, field));
    return ruling.right() == Right.HUB && empty
        ? Ruling.nobody("the hub has nothing to tell; " + ruling.because())
        : ruling;
  }

  private static Ruling byMaster(Terms terms, Ownership.Master master) {
    if (master.system().equals(Optional.of(terms.system()))) {
      return Ruling.system(master.rule());
    }
    return master.writers().contains(terms.system())
        ? Ruling.nobody("it is one of several that may write it: " + master.rule())
        : Ruling.hub(master.rule());
  }

  private static Ruling byManifest(Terms terms, ComparedField field) {
    Repair.Side side = terms.form().repair().take().get(field.text());
    if (side == null) {
      return Ruling.nobody("no rule says who is right");
    }
    String because = "reconcile.repair.take says so";
    return side == Repair.Side.HUB ? Ruling.hub(because) : Ruling.system(because);
  }
}

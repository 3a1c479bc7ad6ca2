package io.tickethub.kit.rehearsal;

import io.tickethub.intake.Naming;
import io.tickethub.intake.Rules;
import io.tickethub.routing.Judgement;
import io.tickethub.routing.Routing;
import io.tickethub.routing.Told;
import io.tickethub.ticket.Applied;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.ChangeProcessor;
import io.tickethub.ticket.Origin;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lets a ticket's life happen again in memory, from its first message on. For one ticket. */
final class TicketReplay {

  private final Rules rules;
  private final long id;
  private final String number;
  private final Set<TicketReference> names;
  private final List<Said> waiting = new ArrayList<>();
  private final List<TicketEvent> events = new ArrayList<>();
  private final List<Told> told = new ArrayList<>();
  private final List<Long> ofOthers = new ArrayList<>();
  private Ticket ticket;

  /** {@code names} are those the ticket has from elsewhere than its messages. */
  TicketReplay(Rules rules, long id, String number, Set<TicketReference> names) {
    this.rules = rules;
    this.id = id;
    this.number = number;
    this.names = new HashSet<>(names);
  }

  /** The changes of one message. */
  record Said(Origin origin, List<Change> changes) {}

  /**
   * What came of it.
   *
   * @param ticket null if nothing opened it
   * @param ofOthers the messages that were about another ticket
   */
  record Result(Ticket ticket, List<TicketEvent> events, List<Told> told, List<Long> ofOthers) {}

  Result of(Collection<Said> life) {
    for (Said said : life) {
      take(said);
    }
    return new Result(ticket, events, told, ofOthers);
  }

  private void take(Said said) {
    Change first = said.changes().get(0);
    if (ticket == null && first instanceof Change.Open report) {
      finish(null, ChangeProcessor.open(id, number, report, said.origin()));
      learn(said);
      said.changes().stream().skip(1).forEach(change -> apply(change, said.origin()));
      List<Said> overtaking = List.copyOf(waiting);
      waiting.clear();
      overtaking.forEach(this::take);
    } else if (ticket == null) {
      waiting.add(said);
    } else if (isMeantBy(said)) {
      learn(said);
      said.changes().forEach(change -> apply(change, said.origin()));
    } else {
      ofOthers.add(said.origin().messageId());
    }
  }

  private boolean isMeantBy(Said said) {
    return references(said).stream().anyMatch(names::contains);
  }

  private void learn(Said said) {
    names.addAll(references(said));
  }

  static List<TicketReference> references(Said said) {
    return said.changes().stream()
        .flatMap(change -> Naming.references(said.origin().system(), change.ticket()).stream())
        .toList();
  }

  private void apply(Change change, Origin origin) {
    if (change instanceof Change.Open report) {
      report.asUpdates(ticket, origin.system()).forEach(update -> apply(update, origin));
      return;
    }
    Judgement judgement = rules.ownership().judge(ticket, change, origin.system());
    finish(
        ticket,
        ChangeProcessor.apply(
            ticket, judgement.change(), origin, judgement.verdict(), judgement.refused()));
  }

  private void finish(Ticket before, Applied applied) {
    Routing routing = rules.router().route(before, applied, Set.of());
    ticket = routing.ticket();
    events.addAll(applied.events());
    if (rules.timeLimits().concerns(before, ticket, applied.events())) {
      ticket = rules.timeLimits().applyTo(ticket, events);
    }
    told.addAll(routing.told());
  }
}

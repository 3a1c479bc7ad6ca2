package io.tickethub.routing;

import io.tickethub.ticket.Applied;
import io.tickethub.ticket.EventDetail;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One decision of the {@link Router}: goes through the events in order and keeps the participants.
 */
final class RoutingPass {

  private static final String NO_RULE_NAMES_IT = "no rule names it any more";

  private static final String ONCE_FOR_ALL = "a mass fault is dispatched once for all its tickets";

  private static final Set<TicketState> IN_WORK =
      EnumSet.of(
          TicketState.DISPATCHED,
          TicketState.ACCEPTED,
          TicketState.PROCESSING,
          TicketState.ESCALATED);

  private final Router router;
  private final Applied applied;
  private final Set<String> stillWaiting;
  private final Set<String> participants;
  private final Map<String, Instant> awaitedUntil;
  private final List<Told> told = new ArrayList<>();
  private final List<Routing.Consideration> considered = new ArrayList<>();
  private final boolean isNew;
  private final boolean isPlacedByRule;
  private Ticket ticket;

  RoutingPass(Router router, Ticket before, Applied applied, Set<String> stillWaiting) {
    this.router = router;
    this.applied = applied;
    this.stillWaiting = stillWaiting;
    this.isNew = before == null;
    this.isPlacedByRule = before != null && isPlacedByRule(before);
    this.ticket = applied.ticket();
    this.participants = new TreeSet<>(ticket.participants());
    this.awaitedUntil = new TreeMap<>(ticket.awaitedUntil());
  }

  Routing routing() {
    for (TicketEvent event : applied.events()) {
      if (event.type() == EventType.RECONCILED) {
        tellAgain(event);
        continue;
      }
      register(event);
      enrich(event);
      assignOwner(event);
      Map<String, Router.Candidate> members = members(event);
      withdraw(event, members);
      Optional<String> named = escalatedTo(event);
      named.ifPresent(system -> escalate(event, system));
      members.forEach(
          (system, member) -> {
            if (!named.equals(Optional.of(system))) {
              tell(event, system, member.rule());
            }
          });
      awaitedUntil.remove(event.source());
    }
    return new Routing(ticket.known(participants, awaitedUntil), told, considered);
  }

  /** Nobody else has anything to hear of it. */
  private void tellAgain(TicketEvent event) {
    EventDetail.Told again = event.detail().told();
    participants.add(again.system());
    add(event, again.system(), again.code(), Told.RECONCILED_RULE, Duration.ZERO);
  }

  private void register(TicketEvent event) {
    boolean again = event.type() == EventType.REPEATED && event.detail().related() != null;
    if (event.type() == EventType.OPENED && isNew || again) {
      participants.add(event.source());
      add(
          event,
          event.source(),
          Told.REGISTERED,
          "whoever reports a ticket learns its number",
          Duration.ZERO);
    }
  }

  private void enrich(TicketEvent event) {
    if (event.type() != EventType.OPENED) {
      return;
    }
    for (ParticipantRules.Enrichment rule : router.enrichment()) {
      Optional<String> mismatch = rule.mismatch(ticket, hasPartner());
      if (rule.system().equals(event.source())) {
        consider(event, rule.system(), rule.rule(), "it reported the ticket itself");
      } else if (mismatch.isPresent()) {
        consider(event, rule.system(), rule.rule(), mismatch.get());
      } else {
        awaitedUntil.put(rule.system(), event.recordedAt().plus(rule.othersWait()));
        add(event, rule.system(), Told.ENRICH, rule.rule(), Duration.ZERO);
      }
    }
  }

  /**
   * A dispatched ticket gets its owner; one that turns out to be of another product or fault domain
   * before it is accepted, a better one.
   */
  private void assignOwner(TicketEvent event) {
    if (!isFirstDispatched(event) && !isPlacedBetter(event)) {
      return;
    }
    if (ticket.links().isWorkedOnByParent()) {
      consider(event, "nobody", ONCE_FOR_ALL, "works on the ticket: its parent is worked on");
      return;
    }
    Optional<Ownership.Owner> owner = router.ownership().owner(ticket);
    owner.ifPresent(
        chosen -> {
          ticket = ticket.ownedBy(chosen.connector());
          consider(event, chosen.connector(), chosen.rule(), "works on the ticket");
        });
  }

  /** A child that leaves its parent is dispatched then, if it was not before. */
  private boolean isFirstDispatched(TicketEvent event) {
    boolean now =
        event.to() == TicketState.DISPATCHED
            || event.type() == EventType.LEFT && IN_WORK.contains(event.to());
    return now && ticket.progress().owner() == null;
  }

  /** To whom somebody gave a ticket by name, the rules do not take it from. */
  private boolean isPlacedByRule(Ticket before) {
    return router
        .ownership()
        .owner(before)
        .map(Ownership.Owner::connector)
        .equals(Optional.ofNullable(before.progress().owner()));
  }

  private boolean isPlacedBetter(TicketEvent event) {
    TicketContent content = event.detail().content();
    return isPlacedByRule
        && event.type() == EventType.UPDATED
        && event.to() == TicketState.DISPATCHED
        && content != null
        && (content.productClass() != null || content.faultDomain() != null);
  }

  /** The systems for which a rule holds now, each with the first such rule. */
  private Map<String, Router.Candidate> members(TicketEvent event) {
    Map<String, Router.Candidate> members = new LinkedHashMap<>();
    for (Router.Candidate candidate : router.candidates(ticket)) {
      Optional<String> mismatch = candidate.rule().mismatch(ticket, hasPartner());
      if (mismatch.isPresent()) {
        consider(event, candidate.system(), candidate.rule().rule(), mismatch.get());
      } else {
        members.putIfAbsent(candidate.system(), candidate);
      }
    }
    return members;
  }

  private void withdraw(TicketEvent event, Map<String, Router.Candidate> members) {
    for (String system : List.copyOf(participants)) {
      boolean reported =
          system.equals(ticket.openedBy()) || ticket.links().reporters().contains(system);
      if (!members.containsKey(system) && !reported) {
        participants.remove(system);
        if (system.equals(event.source())) {
          consider(event, system, NO_RULE_NAMES_IT, "it gave the ticket away itself");
        } else {
          add(event, system, Told.WITHDRAWN, NO_RULE_NAMES_IT, Duration.ZERO);
        }
      }
    }
  }

  /** The system that the escalation chain of a time limit names. */
  private Optional<String> escalatedTo(TicketEvent event) {
    return event.type() == EventType.LIMIT_ESCALATED
        ? router.ownership().name(event.detail().limit().to(), ticket)
        : Optional.empty();
  }

  private void escalate(TicketEvent event, String system) {
    String rule = "the escalation chain of '%s' names it".formatted(event.detail().limit().limit());
    add(event, system, event.code(), rule, Duration.ZERO);
  }

  private void tell(TicketEvent event, String system, ParticipantRules.Participant rule) {
    String code = event.code();
    if (!participants.contains(system)) {
      introduce(event, system, rule);
    } else if (system.equals(event.source())) {
      consider(event, system, rule.rule(), "it said so itself");
    } else if (!rule.hears().contains(code)) {
      consider(event, system, rule.rule(), "does not hear '%s'".formatted(code));
    } else if (event.type() == EventType.UPDATED && stillWaiting.contains(system)) {
      consider(event, system, rule.rule(), "its introduction, not yet sent, will carry it");
    } else {
      add(event, system, code, rule.rule(), Duration.ZERO);
    }
  }

  private void introduce(TicketEvent event, String system, ParticipantRules.Participant rule) {
    if (rule.from() != null && !rule.from().contains(event.to())) {
      consider(
          event, system, rule.rule(), "not while the ticket is '%s'".formatted(event.to().code()));
      return;
    }
    if (rule.from() != null && ticket.links().isWorkedOnByParent()) {
      consider(
          event,
          system,
          ONCE_FOR_ALL,
          "is not told of a child: hears of " + ticket.links().parent().number());
      return;
    }
    participants.add(system);
    if (system.equals(event.source())) {
      consider(event, system, rule.rule(), "it knows the ticket: it said so itself");
    } else {
      add(event, system, Told.INTRODUCED, rule.rule(), waitFor(event));
    }
  }

  private Duration waitFor(TicketEvent event) {
    return awaitedUntil.values().stream()
        .map(until -> Duration.between(event.recordedAt(), until))
        .filter(wait -> !wait.isNegative())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private boolean hasPartner() {
    return router.ownership().responsible(ticket).isPresent();
  }

  private void add(TicketEvent event, String system, String code, String rule, Duration wait) {
    told.add(new Told(system, event.sequence(), code, rule, wait));
    consider(event, system, rule, "is told '%s'".formatted(code));
  }

  private void consider(TicketEvent event, String system, String rule, String outcome) {
    considered.add(
        new Routing.Consideration(event.sequence(), event.code(), system, rule, outcome));
  }
}

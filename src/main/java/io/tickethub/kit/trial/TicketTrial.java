package io.tickethub.kit.trial;

import io.tickethub.intake.Consequences;
import io.tickethub.intake.Consequences.Consequence;
import io.tickethub.intake.Naming;
import io.tickethub.intake.Rules;
import io.tickethub.product.ProductCatalog;
import io.tickethub.routing.MassFaults;
import io.tickethub.routing.Ownership;
import io.tickethub.routing.Repeats;
import io.tickethub.routing.Router;
import io.tickethub.routing.Told;
import io.tickethub.service.CallBacks;
import io.tickethub.service.TimeLimits;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Origin;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a ticket would become by changes, by the rules of the hub, and who would be told. */
public final class TicketTrial {

  private final Consequences consequences;
  private final MadeUpTicket madeUp;
  private final Openers openers;
  private final Neighbours neighbours;

  /**
   * @param connectors the directory of all connectors
   * @param routes the folder of the hub's rules
   */
  public TicketTrial(Path connectors, Path routes, ProductCatalog products) {
    Ownership ownership = Ownership.read(routes.resolve("ownership.yaml"), products);
    Router router = Router.read(routes.resolve("participants.yaml"), ownership, products);
    TimeLimits limits =
        TimeLimits.read(routes.resolve("time-limits.yaml"), products, unknownYear -> {});
    this.consequences =
        Consequences.timed(
            new Rules(
                ownership,
                router,
                limits,
                CallBacks.read(routes.resolve("call-backs.yaml"), products, unknownYear -> {}),
                Repeats.read(routes.resolve("repeats.yaml"), products),
                MassFaults.read(routes.resolve("mass-faults.yaml"), products)));
    this.madeUp = new MadeUpTicket(consequences, products);
    this.openers = new Openers(connectors);
    this.neighbours = new Neighbours(connectors);
  }

  /** The effect of each change of a message that came through, in their order. */
  public List<Effect> effects(Trial trial, RecordTrial message, Assumption assumption) {
    Origin origin = new Origin(trial.connector(), trial.channel(), 0, trial.received().at());
    List<Effect> effects = new ArrayList<>();
    Ticket ticket = null;
    for (Change change : message.changes()) {
      if (ticket == null && change instanceof Change.Open report && assumption.state() == null) {
        Consequence opened = consequences.open(MadeUpTicket.ID, "NEW-1", report, origin, Set.of());
        effects.add(effect(change, null, null, opened, message, trial.connector()));
      } else {
        String invented = null;
        if (ticket == null) {
          String opener =
              assumption.openedBy() == null
                  ? openers.likely(trial.connector(), trial.channel())
                  : assumption.openedBy();
          ticket =
              madeUp.before(change, trial.connector(), opener, assumption, trial.received().at());
          invented = sentence(ticket);
        }
        for (Change part : parts(change, ticket, trial.connector())) {
          Consequence applied =
              consequences.apply(ticket, part, origin, Optional.empty(), Set.of());
          effects.add(effect(part, ticket, invented, applied, message, trial.connector()));
          ticket = applied.ticket();
          invented = null;
        }
      }
      ticket = effects.get(effects.size() - 1).consequence().ticket();
    }
    return effects;
  }

  private static List<? extends Change> parts(Change change, Ticket ticket, String system) {
    return change instanceof Change.Open report
        ? report.asUpdates(ticket, system)
        : List.of(change);
  }

  private static String sentence(Ticket ticket) {
    return "a made-up ticket of product class '%s', opened by %s, in state '%s'%s"
        .formatted(
            ticket.content().productClass(),
            ticket.openedBy(),
            ticket.state().code(),
            ticket.progress().owner() == null
                ? ", of nobody yet"
                : ", owned by " + ticket.progress().owner());
  }

  private Effect effect(
      Change change,
      Ticket before,
      String invented,
      Consequence consequence,
      RecordTrial message,
      String connector) {
    Map<Integer, TicketEvent> events =
        consequence.applied().events().stream()
            .collect(Collectors.toMap(TicketEvent::sequence, Function.identity()));
    Map<String, String> references = references(before, consequence.ticket(), message, connector);
    List<Sending> sendings = new ArrayList<>();
    for (Told told : consequence.routing().told()) {
      sendings.add(
          neighbours.sending(told, events.get(told.sequence()), consequence.ticket(), references));
    }
    return new Effect(change, before, invented, consequence, sendings);
  }

  /** What systems call the ticket: as the message says, made up for those that know it already. */
  private static Map<String, String> references(
      Ticket before, Ticket after, RecordTrial message, String connector) {
    Map<String, String> references = new TreeMap<>();
    if (before != null) {
      before.participants().forEach(system -> references.put(system, "made-up-" + system));
    }
    message.changes().stream()
        .flatMap(change -> Naming.references(connector, change.ticket()).stream())
        .forEach(reference -> references.put(reference.scheme(), reference.value()));
    references.put(TicketReference.HUB, after.number());
    return references;
  }
}

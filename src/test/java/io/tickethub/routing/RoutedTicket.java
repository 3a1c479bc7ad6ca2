package io.tickethub.routing;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

import io.tickethub.ticket.Applied;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.ChangeProcessor;
import io.tickethub.ticket.Origin;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketLife;
import io.tickethub.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A ticket in a test under the shipped rules: judged, applied and routed, one word a minute. */
final class RoutedTicket {

  private Instant now = TicketLife.START;
  private Ticket ticket;
  private Applied applied;
  private Routing routing;
  private Set<String> stillWaiting = Set.of();

  private RoutedTicket() {}

  static RoutedTicket opened(String system, String productClass) {
    return opened(
        system,
        new Change.Open(TicketLife.KEY, null, null, TicketLife.content(productClass), null));
  }

  static RoutedTicket opened(String system, Change.Open report) {
    RoutedTicket routed = new RoutedTicket();
    routed.take(null, ChangeProcessor.open(1, "TH1", report, routed.origin(system)));
    return routed;
  }

  /** Dispatched by the call centre, then brought to a state by its owner. */
  static RoutedTicket at(TicketState state, String productClass) {
    RoutedTicket routed =
        opened("call-center", productClass)
            .says("call-center", TicketLife.reached(TicketState.DISPATCHED));
    return state == TicketState.DISPATCHED
        ? routed
        : routed.says(routed.ticket.progress().owner(), TicketLife.reached(state));
  }

  RoutedTicket whileWaiting(String system) {
    stillWaiting = Set.of(system);
    return this;
  }

  RoutedTicket says(String system, Change change) {
    now = now.plus(Duration.ofMinutes(1));
    Judgement judgement = ShippedRules.OWNERSHIP.judge(ticket, change, system);
    take(
        ticket,
        ChangeProcessor.apply(
            ticket, judgement.change(), origin(system), judgement.verdict(), judgement.refused()));
    return this;
  }

  private void take(Ticket before, Applied result) {
    applied = result;
    routing = ShippedRules.ROUTER.route(before, result, stillWaiting);
    ticket = routing.ticket();
  }

  private Origin origin(String system) {
    return new Origin(system, "channel", 7, now);
  }

  Ticket ticket() {
    return ticket;
  }

  Routing routing() {
    return routing;
  }

  List<String> newCodes() {
    return applied.events().stream().map(TicketEvent::code).toList();
  }

  /** What each system is told of the last word, in order; messages to people left out. */
  Map<String, List<String>> told() {
    return told(told -> !isMessaging(told.system()));
  }

  /** Which messages people are sent because of the last word. */
  Map<String, List<String>> messages() {
    return told(told -> isMessaging(told.system()));
  }

  /** The systems that know of the ticket; those that send people messages left out. */
  Set<String> participants() {
    return ticket.participants().stream()
        .filter(system -> !isMessaging(system))
        .collect(toCollection(TreeSet::new));
  }

  private static boolean isMessaging(String system) {
    return system.startsWith("messaging-ecp");
  }

  private Map<String, List<String>> told(Predicate<Told> wanted) {
    return routing.told().stream()
        .filter(wanted)
        .collect(groupingBy(Told::system, TreeMap::new, mapping(Told::code, toList())));
  }
}

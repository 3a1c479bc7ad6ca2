package io.tickethub.api;

import io.tickethub.api.TicketView.Summary;
import io.tickethub.delivery.DeliveryLog;
import io.tickethub.intake.Explanation;
import io.tickethub.journal.TicketFinder;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketStore;
import io.tickethub.product.MaskedTicket;
import io.tickethub.routing.Routing.Consideration;
import io.tickethub.service.ClockExplanation;
import io.tickethub.ticket.Ticket;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/tickets")
public class TicketController {

  private static final int FIRST_PAGE = 20;

  private final TicketStore tickets;
  private final TicketFinder finder;
  private final TicketReferences references;
  private final DeliveryLog deliveries;
  private final MaskedTicket masked;
  private final Explanation explanation;
  private final ClockExplanation clocks;
  private final Clock clock;
  private final ZoneId zone;

  TicketController(
      TicketStore tickets,
      TicketFinder finder,
      TicketReferences references,
      DeliveryLog deliveries,
      MaskedTicket masked,
      Explanation explanation,
      ClockExplanation clocks,
      Clock clock,
      @Value("${hub.zone}") ZoneId zone) {
    this.tickets = tickets;
    this.finder = finder;
    this.references = references;
    this.deliveries = deliveries;
    this.masked = masked;
    this.explanation = explanation;
    this.clocks = clocks;
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * By any system's number, or the newest that are like the query, or all that are in order of
   * their ids from {@code after} on; {@code before}: those that come after this one where the
   * newest is first.
   */
  @GetMapping
  public List<Summary> find(
      @RequestParam Optional<String> number,
      TicketQuery query,
      @RequestParam Optional<Long> after,
      @RequestParam Optional<Long> before,
      @RequestParam(defaultValue = "20") int limit) {
    List<Ticket> found =
        number.isPresent()
            ? called(number.get())
            : finder.find(
                query.filter(after.orElse(null), before.orElse(null), clock, zone),
                Page.size(limit));
    return summaries(found);
  }

  private List<Summary> summaries(List<Ticket> found) {
    Map<Long, Map<String, String>> names = references.of(found.stream().map(Ticket::id).toList());
    return found.stream()
        .map(ticket -> Summary.of(ticket, names.getOrDefault(ticket.id(), Map.of()), masked))
        .toList();
  }

  private List<Ticket> called(String number) {
    return new ArrayList<>(tickets.load(references.ticketsCalled(number)).values());
  }

  @GetMapping("/{number}")
  public TicketView show(@PathVariable String number) {
    Ticket ticket = one(number);
    return TicketView.of(
        ticket,
        references.of(List.of(ticket.id())).getOrDefault(ticket.id(), Map.of()),
        tickets.events(ticket.id()),
        deliveries.ofTicket(ticket.id()),
        deliveries.pastOfTicket(ticket.id()),
        group(ticket),
        masked);
  }

  private TicketView.Group group(Ticket ticket) {
    Map<String, Long> children =
        ticket.links().massFault() ? tickets.childrenByState(ticket.id()) : Map.of();
    return new TicketView.Group(
        ticket.links().parent() == null ? null : ticket.links().parent().number(),
        ticket.links().follows() == null ? null : ticket.links().follows().number(),
        tickets.followersOf(ticket.id(), FIRST_PAGE),
        children.values().stream().mapToLong(Long::longValue).sum(),
        children,
        children.isEmpty() ? List.of() : summaries(tickets.children(ticket.id(), FIRST_PAGE)));
  }

  /** Why which system was told what, and why not: every rule that was looked at for every event. */
  @GetMapping("/{number}/explanation")
  public List<Consideration> explain(@PathVariable String number) {
    Ticket ticket = one(number);
    List<Consideration> considered = explanation.of(ticket);
    if (!deliveries.pastOfTicket(ticket.id()).isEmpty()) {
      // Not everything it was told is kept any more.
      return considered;
    }
    WhatWasTold told = new WhatWasTold(deliveries.ofTicket(ticket.id()));
    return considered.stream().map(told::checked).toList();
  }

  /**
   * Every minute of the ticket's time limits, its call-backs, and why other rules do not count for
   * it.
   */
  @GetMapping("/{number}/clock")
  public ClockExplanation.Explained clock(@PathVariable String number) {
    Ticket ticket = one(number);
    return clocks.of(ticket, tickets.events(ticket.id()), clock.instant());
  }

  private Ticket one(String number) {
    return CalledTicket.one(number, tickets, references);
  }
}

package io.tickethub.assessment;

import io.tickethub.product.ProductCatalog;
import io.tickethub.service.TimeLimits;
import io.tickethub.ticket.Applied;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.ChangeProcessor;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.LimitNotice;
import io.tickethub.ticket.Origin;
import io.tickethub.ticket.SuspensionCause;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketState;
import io.tickethub.ticket.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A ticket's life in a test; times are minutes after its report. */
final class TicketLife {

  static final Instant REPORTED = Instant.parse("2026-10-12T01:00:00Z");
  static final TimeLimits LIMITS =
      TimeLimits.read(
          Path.of("routes", "time-limits.yaml"),
          ProductCatalog.read(Path.of("connectors", "products")),
          year -> {});

  private static final TicketKey KEY = new TicketKey("KF-1", null, Map.of(), null);
  private static final Verdict ACCEPT = new Verdict(Verdict.Decision.ACCEPT, "may say so");

  private final List<TicketEvent> events = new ArrayList<>();
  private Ticket ticket;

  static TicketLife opened(TicketKind kind, String productClass) {
    TicketLife life = new TicketLife();
    TicketContent content =
        new TicketContent(
            kind, productClass, "title", null, null, null, null, Map.of(), null, null);
    life.take(
        ChangeProcessor.open(
            1,
            "TH1",
            new Change.Open(KEY, REPORTED, null, content, null),
            origin("call-center", 0)));
    return life;
  }

  TicketLife reaches(TicketState state, String system, long minute) {
    return says(system, minute, state(state, null, null, minute));
  }

  TicketLife waitsForCustomer(String system, long minute) {
    return says(
        system, minute, state(TicketState.SUSPENDED, SuspensionCause.CUSTOMER, null, minute));
  }

  /** Called back: archived, or dispatched again. */
  TicketLife answers(String satisfaction, long minute) {
    TicketContent content =
        new TicketContent(null, null, null, null, null, null, null, Map.of(), null, satisfaction);
    TicketState state =
        "unsatisfied".equals(satisfaction) ? TicketState.DISPATCHED : TicketState.ARCHIVED;
    return reaches(TicketState.CALLING_BACK, "call-center", minute - 1)
        .says("call-center", minute, state(state, null, content, minute));
  }

  TicketLife transferred(String to, String system, long minute) {
    return says(system, minute, new Change.Transfer(KEY, at(minute), to, null));
  }

  TicketLife breached(String limit, long minute) {
    return notice(EventType.LIMIT_BREACHED, limit, minute);
  }

  TicketLife withdrawn(String limit, long minute) {
    return notice(EventType.BREACH_WITHDRAWN, limit, minute);
  }

  private TicketLife notice(EventType type, String limit, long minute) {
    take(
        ChangeProcessor.limits(
            ticket,
            List.of(
                new LimitNotice(
                    type, limit, null, "breach", at(minute), at(minute), null, null, null, "test")),
            origin("hub", minute)));
    return this;
  }

  TicketLife says(String system, long minute, Change change) {
    take(ChangeProcessor.apply(ticket, change, origin(system, minute), ACCEPT, List.of()));
    return this;
  }

  static Change.Urge urge(long minute) {
    return new Change.Urge(KEY, at(minute), null);
  }

  private static Change.StateChange state(
      TicketState state, SuspensionCause cause, TicketContent content, long minute) {
    return new Change.StateChange(KEY, at(minute), state, cause, content, null);
  }

  private static Origin origin(String system, long minute) {
    return new Origin(system, "channel", 7, at(minute));
  }

  private static Instant at(long minute) {
    return REPORTED.plus(Duration.ofMinutes(minute));
  }

  private void take(Applied applied) {
    ticket = applied.ticket();
    events.addAll(applied.events());
  }

  List<TicketEvent> events() {
    return List.copyOf(events);
  }

  TicketState state() {
    return ticket.state();
  }

  TicketFacts facts() {
    return TicketReading.read("TH1", ticket.progress().owner(), events, LIMITS);
  }

  Work work(String partner) {
    return facts().work().stream()
        .filter(work -> work.partner().equals(partner))
        .findFirst()
        .orElseThrow();
  }
}

package io.tickethub.service;

import io.tickethub.product.ProductCatalog;
import io.tickethub.service.ClockView.Segment;
import io.tickethub.service.TimeLimits.Settled;
import io.tickethub.ticket.Applied;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.ChangeProcessor;
import io.tickethub.ticket.Customer;
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
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A ticket in a test of time limits: what systems say of it when, and what its limits come to. */
final class LimitedTicket {

  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private static final Path PRODUCTS = Path.of("connectors", "products");
  private static final TicketKey KEY = new TicketKey("KF-1", null, Map.of(), null);
  private static final Verdict ACCEPT = new Verdict(Verdict.Decision.ACCEPT, "may say so");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  private final List<TicketEvent> events = new ArrayList<>();
  private final Set<Integer> unknownYears;
  private final TimeLimits limits;
  private Ticket ticket;

  private LimitedTicket(TimeLimits limits, Set<Integer> unknownYears) {
    this.limits = limits;
    this.unknownYears = unknownYears;
  }

  /** By the rules that are shipped. */
  static LimitedTicket opened(String at, TicketContent content) {
    return opened(at, content, Path.of("routes", "time-limits.yaml"));
  }

  static LimitedTicket opened(String at, TicketContent content, Path rules) {
    ProductCatalog products = ProductCatalog.read(PRODUCTS);
    Set<Integer> unknown = new TreeSet<>();
    LimitedTicket limited =
        new LimitedTicket(TimeLimits.read(rules, products, unknown::add), unknown);
    limited.take(
        ChangeProcessor.open(
            1,
            "TH1",
            new Change.Open(KEY, time(at), null, content, null),
            origin("call-center", at)));
    return limited;
  }

  static TicketContent content(
      TicketKind kind, String productClass, String level, String region, Map<String, Object> more) {
    Customer customer = new Customer("C1", null, null, null, null, level, null, null);
    return new TicketContent(
        kind, productClass, "标题", null, region, null, customer, more, null, null);
  }

  /** A time in Shanghai. */
  static Instant time(String text) {
    return LocalDateTime.parse(text, TIME).atZone(ZONE).toInstant();
  }

  static String text(Instant instant) {
    return instant == null ? null : TIME.withZone(ZONE).format(instant);
  }

  LimitedTicket reaches(TicketState state, String system, String at) {
    return reaches(state, system, at, at);
  }

  LimitedTicket reaches(TicketState state, String system, String at, String receivedAt) {
    return says(system, new Change.StateChange(KEY, time(at), state, null, null, null), receivedAt);
  }

  LimitedTicket suspended(SuspensionCause cause, String system, String at) {
    return says(
        system,
        new Change.StateChange(KEY, time(at), TicketState.SUSPENDED, cause, null, null),
        at);
  }

  LimitedTicket feedback(String system, String at) {
    return says(system, new Change.Feedback(KEY, time(at), "news"), at);
  }

  LimitedTicket level(String level, String at) {
    Customer customer = new Customer(null, null, null, null, null, level, null, null);
    TicketContent patch =
        new TicketContent(null, null, null, null, null, null, customer, Map.of(), null, null);
    return says("crm-bss", new Change.Update(KEY, time(at), patch, null), at);
  }

  LimitedTicket says(String system, Change change, String receivedAt) {
    take(ChangeProcessor.apply(ticket, change, origin(system, receivedAt), ACCEPT, List.of()));
    return this;
  }

  private static Origin origin(String system, String at) {
    return new Origin(system, "channel", 7, time(at));
  }

  private void take(Applied applied) {
    ticket = applied.ticket();
    events.addAll(applied.events());
  }

  Settled settled(String now) {
    return limits.settle(ticket, events, time(now));
  }

  /** Records what the limits come to, as the pipeline does; {@code step code} of each. */
  List<String> settle(String now) {
    Settled settled = settled(now);
    take(ChangeProcessor.limits(ticket, settled.notices(), origin("hub", now)));
    ticket = ticket.timed(settled.dueAt(), settled.timers());
    return settled.notices().stream()
        .map(
            notice -> "%s %s %s".formatted(notice.limit(), notice.type().code(), text(notice.at())))
        .toList();
  }

  /** The notices of a limit, by what the history says. */
  List<LimitNotice> notices(String limit) {
    return events.stream()
        .map(event -> event.detail().limit())
        .filter(notice -> notice != null && notice.limit().equals(limit))
        .toList();
  }

  String due(String limit) {
    return text(
        settled(text(ticket.openedAt())).timers().containsKey(limit)
            ? settled(text(ticket.openedAt())).timers().get(limit).target()
            : null);
  }

  ClockView clock(String limit, String now) {
    return explanation().of(ticket, events, time(now)).clocks().stream()
        .filter(clock -> clock.limit().equals(limit))
        .findFirst()
        .orElseThrow();
  }

  List<Segment> segments(String limit, String now) {
    return clock(limit, now).segments();
  }

  private ClockExplanation explanation() {
    return new ClockExplanation(
        limits,
        CallBacks.read(
            Path.of("routes", "call-backs.yaml"), ProductCatalog.read(PRODUCTS), year -> {}));
  }

  ClockExplanation.Explained explained(String now) {
    return explanation().of(ticket, events, time(now));
  }

  Set<Integer> unknownYears() {
    return unknownYears;
  }

  Ticket ticket() {
    return ticket;
  }
}

package io.tickethub.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A ticket in a test and what systems say of it, one thing a minute. What is said takes effect
 * unless a verdict says otherwise.
 */
public final class TicketLife {

  public static final Instant START = Instant.parse("2026-01-05T01:03:00Z");
  public static final TicketKey KEY = new TicketKey("KF-1", null, Map.of(), null);
  public static final Verdict ACCEPT = new Verdict(Verdict.Decision.ACCEPT, "may say so");

  private final List<TicketEvent> events = new ArrayList<>();
  private List<TicketEvent> news = List.of();
  private Instant now = START;
  private Ticket ticket;

  private TicketLife(String opener, Change.Open report) {
    take(ChangeProcessor.open(1, "TH1", report, origin(opener)));
  }

  /** A fault of a hospital's system, reported to the call centre. */
  public static TicketLife opened() {
    return opened("call-center", report(null));
  }

  public static TicketLife opened(String opener, Change.Open report) {
    return new TicketLife(opener, report);
  }

  /** A ticket that its owner, fault-112, and the call centre brought to a state by legal steps. */
  public static TicketLife at(TicketState state) {
    TicketLife life = opened();
    if (state == TicketState.REJECTED || state == TicketState.CANCELLED) {
      return life.says("call-center", reached(state));
    }
    if (state == TicketState.SUSPENDED) {
      return life.says("fault-112", reached(TicketState.PROCESSING)).says("fault-112", suspended());
    }
    return state == TicketState.RECEIVED ? life : life.says("call-center", reached(state));
  }

  public TicketLife says(String system, Change change) {
    return says(system, change, ACCEPT);
  }

  public TicketLife says(String system, Change change, Verdict verdict, String... refused) {
    now = now.plus(Duration.ofMinutes(1));
    take(ChangeProcessor.apply(ticket, change, origin(system), verdict, List.of(refused)));
    return this;
  }

  private Origin origin(String system) {
    return new Origin(system, "channel", 7, now);
  }

  private void take(Applied applied) {
    ticket = applied.ticket();
    news = applied.events();
    events.addAll(news);
  }

  public Ticket ticket() {
    return ticket;
  }

  public TicketState state() {
    return ticket.state();
  }

  /** The hub's time of what was said last. */
  public Instant now() {
    return now;
  }

  public List<TicketEvent> events() {
    return events;
  }

  /** The events of what was said last. */
  public List<TicketEvent> news() {
    return news;
  }

  /** The codes of {@link #news}. */
  public List<String> newCodes() {
    return news.stream().map(TicketEvent::code).toList();
  }

  public static Change.Open report(TicketState state) {
    return new Change.Open(KEY, null, state, content("digital-hospital"), null);
  }

  public static TicketContent content(String productClass) {
    return new TicketContent(
        TicketKind.FAULT,
        productClass,
        "PACS无法调阅影像",
        null,
        "港口区",
        null,
        null,
        Map.of("hospitalCode", "H-0770-03", "subsystem", "pacs"),
        null,
        null);
  }

  public static Change reached(TicketState state) {
    return reached(state, (String) null);
  }

  public static Change reached(TicketState state, String note) {
    return new Change.StateChange(KEY, null, state, null, null, note);
  }

  public static Change reached(TicketState state, Instant occurredAt) {
    return new Change.StateChange(KEY, occurredAt, state, null, null, null);
  }

  public static Change reached(TicketState state, TicketContent content) {
    return new Change.StateChange(KEY, null, state, null, content, null);
  }

  public static Change suspended() {
    return reached(TicketState.SUSPENDED);
  }

  public static Change suspended(SuspensionCause cause) {
    return new Change.StateChange(KEY, null, TicketState.SUSPENDED, cause, null, null);
  }

  public static Change update(TicketContent content) {
    return new Change.Update(KEY, null, content, null);
  }

  public static Change transferred(String to) {
    return new Change.Transfer(KEY, null, to, "换人处理");
  }

  public static Change urged() {
    return new Change.Urge(KEY, null, "客户催促");
  }

  public static Change repeated() {
    return new Change.RepeatReport(KEY, null, "再次来电");
  }

  public static TicketContent resolution(String cause, String action) {
    return patch(null, new Resolution(cause, action, null), null);
  }

  public static TicketContent satisfaction(String answer) {
    return patch(null, null, answer);
  }

  public static TicketContent title(String title) {
    return patch(title, null, null);
  }

  private static TicketContent patch(String title, Resolution resolution, String satisfaction) {
    return new TicketContent(
        null, null, title, null, null, null, null, null, resolution, satisfaction);
  }
}

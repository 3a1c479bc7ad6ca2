package io.tickethub.service;

import io.tickethub.definition.YamlFiles;
import io.tickethub.product.ProductCatalog;
import io.tickethub.service.LimitClock.Mode;
import io.tickethub.service.LimitClock.Period;
import io.tickethub.service.LimitRules.Limit;
import io.tickethub.service.LimitSteps.Step;
import io.tickethub.service.Timeline.Standing;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.LimitNotice;
import io.tickethub.ticket.SuspensionCause;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketState;
import io.tickethub.ticket.TicketTimer;
import io.tickethub.ticket.TicketTimer.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * The time limits of tickets, by {@code routes/time-limits.yaml}. What a limit comes to is computed
 * from the ticket's history alone, so that late news corrects it. Thread-safe.
 */
public final class TimeLimits {

  private static final Set<EventType> NOTICES =
      EnumSet.of(
          EventType.LIMIT_WARNED,
          EventType.LIMIT_BREACHED,
          EventType.LIMIT_ESCALATED,
          EventType.BREACH_WITHDRAWN);

  private final List<Limit> limits;
  private final Calendars calendars;
  private final ZoneId zone;
  private final ProductCatalog products;
  private final IntConsumer unknownYear;
  private final Set<EventType> types = EnumSet.copyOf(NOTICES);

  /** Of events that start or answer limits. */
  private final Set<String> codes = new HashSet<>();

  private TimeLimits(
      List<Limit> limits,
      Calendars calendars,
      ZoneId zone,
      ProductCatalog products,
      IntConsumer unknownYear) {
    this.limits = limits;
    this.calendars = calendars;
    this.zone = zone;
    this.products = products;
    this.unknownYear = unknownYear;
    types.addAll(
        EnumSet.of(
            EventType.OPENED,
            EventType.STATE_CHANGED,
            EventType.RESUMED,
            EventType.RETURNED,
            EventType.REOPENED,
            EventType.TRANSFERRED));
    limits.forEach(limit -> codes.addAll(limit.answeredBy()));
    limits.forEach(limit -> codes.addAll(limit.startsAt()));
    for (EventType type : EventType.values()) {
      if (codes.contains(type.code())) {
        types.add(type);
      }
    }
  }

  /**
   * Reads the rules; without the file there are no limits.
   *
   * @param unknownYear is told of each year that a limit falls in and whose holidays are not known
   */
  public static TimeLimits read(Path file, ProductCatalog products, IntConsumer unknownYear) {
    if (!Files.exists(file)) {
      return new TimeLimits(List.of(), Calendars.NONE, ZoneId.of("UTC"), products, unknownYear);
    }
    LimitRules rules = YamlFiles.read(file, LimitRules.class);
    return new TimeLimits(
        rules.limits(),
        Calendars.read(file, rules.calendars(), rules.zone()),
        rules.zone(),
        products,
        unknownYear);
  }

  /** What people call the limits: name → language → title. */
  public Map<String, Map<String, String>> titles() {
    Map<String, Map<String, String>> titles = new TreeMap<>();
    limits.forEach(limit -> titles.put(limit.limit(), limit.titles()));
    return titles;
  }

  /** The years whose holidays every calendar knows. */
  public Set<Integer> knownYears() {
    return calendars.knownYears();
  }

  /** The types of events by which limits are computed. */
  public Set<EventType> types() {
    return types;
  }

  /**
   * What a ticket's limits come to.
   *
   * @param notices what is to be recorded, in order
   * @param dueAt when the repair, answer or solution is due; null if no limit says so
   * @param timers the limits that run or are paused, by name
   */
  public record Settled(
      List<LimitNotice> notices, Instant dueAt, Map<String, TicketTimer> timers) {}

  /**
   * A limit that was looked at for a ticket.
   *
   * @param mismatch why it does not count for it; null if it does
   */
  record Considered(Limit limit, Amount amount, String mismatch) {}

  /** Every limit, with why it does or does not count. */
  List<Considered> consider(Ticket ticket) {
    List<Considered> considered = new ArrayList<>(limits.size());
    Map<String, String> first = new HashMap<>();
    LocalDate day = ticket.openedAt().atZone(zone).toLocalDate();
    boolean hasPartner =
        products
            .find(ticket.content().productClass())
            .flatMap(product -> product.responsible())
            .isPresent();
    for (Limit limit : limits) {
      Amount amount = limit.amount() != null ? limit.amount() : ofProduct(ticket);
      String mismatch = null;
      if (limit.validFrom() != null && day.isBefore(limit.validFrom())) {
        mismatch = "valid from %s on".formatted(limit.validFrom());
      } else if (limit.validUntil() != null && day.isAfter(limit.validUntil())) {
        mismatch = "valid until %s".formatted(limit.validUntil());
      } else if (amount == null) {
        mismatch = "the product class '%s' sets none".formatted(ticket.content().productClass());
      } else {
        mismatch = limit.when().mismatch(ticket, hasPartner).orElse(null);
      }
      if (mismatch == null) {
        String earlier = first.putIfAbsent(limit.measures() + "/" + limit.basis(), limit.limit());
        mismatch = earlier == null ? null : "'%s' goes before it".formatted(earlier);
      }
      considered.add(new Considered(limit, amount, mismatch));
    }
    return considered;
  }

  private Amount ofProduct(Ticket ticket) {
    return products
        .find(ticket.content().productClass())
        .flatMap(
            product -> product.repairLimit(ticket.content().customerOrUnknown().serviceLevel()))
        .map(Amount::of)
        .orElse(null);
  }

  private List<Considered> applying(Ticket ticket) {
    return consider(ticket).stream().filter(any -> any.mismatch() == null).toList();
  }

  /**
   * Whether what happened to a ticket may change what its limits come to.
   *
   * @param before the ticket as it was; null if it is new
   * @param news what happened since
   */
  public boolean concerns(Ticket before, Ticket after, List<TicketEvent> news) {
    if (limits.isEmpty()) {
      return false;
    }
    if (before == null) {
      return true;
    }
    boolean same = before.content() == after.content();
    if (same && news.stream().noneMatch(this::mayConcern)) {
      return false;
    }
    List<Considered> applying = applying(after);
    return !same && !applying(before).equals(applying)
        || news.stream()
            .anyMatch(event -> applying.stream().anyMatch(rule -> concerns(rule.limit(), event)));
  }

  private boolean mayConcern(TicketEvent event) {
    return event.from() != event.to() || codes.contains(event.code());
  }

  private static boolean concerns(Limit limit, TicketEvent event) {
    return limit.answeredBy().contains(event.code())
        || limit.startsAt().contains(event.code())
        || event.from() != event.to() && mode(limit, event, false) != mode(limit, event, true);
  }

  private static Mode mode(Limit limit, TicketEvent event, boolean after) {
    TicketState state = after ? event.to() : event.from();
    SuspensionCause cause =
        after && event.detail().suspensionCause() != null
            ? event.detail().suspensionCause()
            : SuspensionCause.CUSTOMER;
    return LimitClock.mode(limit, new Standing(event.occurredAt(), null, state, cause, null, null));
  }

  /**
   * What most tickets come to: all of their limits stop in time. To see that takes no history;
   * empty if it is not so simple.
   *
   * @param news what happened since {@code before}
   */
  public Optional<Settled> stoppedInTime(
      Ticket before, Ticket after, List<TicketEvent> news, Instant now) {
    Instant last =
        news.stream().map(TicketEvent::occurredAt).reduce(now, (a, b) -> a.isAfter(b) ? a : b);
    boolean inTime =
        before.timers().values().stream()
            .allMatch(
                timer ->
                    timer.level() != Level.BREACHED
                        && timer.next() != null
                        && last.isBefore(timer.next()));
    boolean simple =
        before.content() == after.content()
            && news.stream()
                .noneMatch(
                    event ->
                        codes.contains(event.code())
                            || event.from() == TicketState.SUSPENDED
                            || event.to() == TicketState.SUSPENDED);
    return inTime
            && simple
            && limits.stream()
                .filter(limit -> before.timers().containsKey(limit.limit()))
                .allMatch(limit -> limit.stopsAt().contains(after.state()))
        ? Optional.of(new Settled(List.of(), after.dueAt(), Map.of()))
        : Optional.empty();
  }

  /** The same ticket with its limits, as they are without recording anything. */
  public Ticket applyTo(Ticket ticket, List<TicketEvent> history) {
    Settled settled = settle(ticket, history, ticket.updatedAt());
    return ticket.timed(settled.dueAt(), settled.timers());
  }

  /**
   * What a ticket's limits come to by now.
   *
   * @param history all of it, or its events of the {@link #types}, in order
   */
  public Settled settle(Ticket ticket, List<TicketEvent> history, Instant now) {
    Timeline timeline = Timeline.of(ticket, history);
    Recorded recorded = new Recorded(history);
    Instant by = recorded.notBefore(now);
    List<LimitNotice> notices = new ArrayList<>();
    Map<String, TicketTimer> timers = new TreeMap<>();
    Set<String> reached = new HashSet<>();
    Instant dueAt = null;
    for (Considered rule : applying(ticket)) {
      LimitClock clock = clock(rule, timeline);
      for (Period period : clock.periods()) {
        breach(clock, period, by)
            .ifPresent(breach -> reached.add(clock.limit().limit() + "/" + breach.key()));
      }
      Pass pass = new Pass(clock, recorded, by);
      notices.addAll(pass.notices());
      pass.timer().ifPresent(timer -> timers.put(clock.limit().limit(), timer));
      if (clock.limit().measures().endsTheWork() && !clock.periods().isEmpty()) {
        Instant target = clock.target(clock.periods().get(0));
        dueAt = dueAt == null || target.isBefore(dueAt) ? target : dueAt;
      }
    }
    List<LimitNotice> withdrawn =
        recorded.breaches().stream()
            .filter(breach -> !reached.contains(breach.limit() + "/" + breach.step()))
            .map(breach -> withdrawn(breach, by, ticket))
            .toList();
    List<LimitNotice> all = new ArrayList<>(withdrawn);
    all.addAll(notices);
    return new Settled(all, dueAt, timers);
  }

  private static Optional<Step> breach(LimitClock clock, Period period, Instant by) {
    return LimitSteps.of(clock, period).stream()
        .filter(step -> step.type() == EventType.LIMIT_BREACHED)
        .filter(step -> step.at() != null && !step.at().isAfter(by))
        .findFirst();
  }

  private LimitNotice withdrawn(LimitNotice breach, Instant by, Ticket ticket) {
    String mismatch =
        consider(ticket).stream()
            .filter(any -> any.limit().limit().equals(breach.limit()))
            .findFirst()
            .map(any -> any.mismatch() == null ? "" : any.mismatch())
            .orElse("there is no such limit any more");
    return new LimitNotice(
        EventType.BREACH_WITHDRAWN,
        breach.limit(),
        breach.titles(),
        breach.step(),
        by,
        breach.target(),
        null,
        null,
        null,
        mismatch.isEmpty()
            ? "by what is known now, the time was not used up"
            : "the limit does not count for the ticket: " + mismatch);
  }

  /**
   * How much of the time between two instants the first limit that ends the work counts; all of it
   * where no such limit applies.
   *
   * @param history all of it, or its events of the {@link #types}, in order
   */
  public Duration counted(Ticket ticket, List<TicketEvent> history, Instant from, Instant until) {
    if (!until.isAfter(from)) {
      return Duration.ZERO;
    }
    return applying(ticket).stream()
        .filter(rule -> rule.limit().measures().endsTheWork())
        .findFirst()
        .map(
            rule -> {
              LimitClock clock = clock(rule, Timeline.of(ticket, history));
              return clock.used(new Period(1, from, until, Duration.ZERO), until);
            })
        .orElseGet(() -> Duration.between(from, until));
  }

  LimitClock clock(Considered rule, Timeline timeline) {
    return new LimitClock(
        rule.limit(), rule.amount(), calendars.of(rule.limit().calendar()), timeline);
  }

  ZoneId zone() {
    return zone;
  }

  /** Goes through the steps of one limit. */
  private final class Pass {
    private final LimitClock clock;
    private final Recorded recorded;
    private final Instant by;
    private final List<LimitNotice> notices = new ArrayList<>();
    private Level level = Level.RUNNING;
    private Step next;

    Pass(LimitClock clock, Recorded recorded, Instant by) {
      this.clock = clock;
      this.recorded = recorded;
      this.by = by;
      for (Period period : clock.periods()) {
        boolean live = period.answeredAt() == null && clock.mode() != Mode.STOPPED;
        go(period, LimitSteps.of(clock, period), live);
      }
    }

    private void go(Period period, List<Step> steps, boolean live) {
      Step warning = null;
      for (Step step : steps) {
        boolean reached = step.at() != null && !step.at().isAfter(by);
        if (!reached) {
          next = live && next == null && step.at() != null ? step : next;
          continue;
        }
        if (step.type() == EventType.LIMIT_BREACHED) {
          warning = null;
          level = live ? Level.BREACHED : level;
          record(step, period);
        } else if (step.type() == EventType.LIMIT_WARNED) {
          warning = step;
          level = live ? Level.WARNED : level;
        } else if (live) {
          record(step, period);
        }
      }
      if (live && warning != null) {
        record(warning, period);
      }
    }

    private void record(Step step, Period period) {
      if (recorded.of(clock.limit().limit(), step.key()).isPresent()) {
        return;
      }
      Cause cause = new Cause(clock, zone);
      Instant target = clock.target(period);
      boolean late = step.type() != EventType.LIMIT_WARNED && !target.isAfter(by);
      notices.add(
          new LimitNotice(
              step.type(),
              clock.limit().limit(),
              clock.limit().titles(),
              step.key(),
              step.at(),
              target,
              step.escalation() == null ? null : step.escalation().level(),
              step.escalation() == null ? null : step.escalation().to(),
              step.escalation() == null ? null : step.escalation().who(),
              late ? cause.breach(period, target) : cause.warning(period, step.fraction())));
    }

    List<LimitNotice> notices() {
      return notices;
    }

    Optional<TicketTimer> timer() {
      return clock
          .open()
          .filter(any -> clock.mode() != Mode.STOPPED)
          .map(
              period -> {
                Instant target = clock.target(period);
                Set<Integer> unknown = clock.counting().unknownYears(period.start(), target);
                unknown.forEach(unknownYear::accept);
                return new TicketTimer(
                    target,
                    next == null ? null : next.at(),
                    next == null ? null : next.key(),
                    level,
                    !unknown.isEmpty());
              });
    }
  }
}

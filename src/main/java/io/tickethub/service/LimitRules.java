package io.tickethub.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.product.Condition;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.SuspensionCause;
import io.tickethub.ticket.TicketState;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The content of {@code routes/time-limits.yaml}.
 *
 * @param zone decides on which day a ticket was opened, and the days of calendars
 * @param calendars by name
 */
public record LimitRules(
    @JsonProperty(required = true) ZoneId zone,
    Map<String, CalendarRule> calendars,
    @JsonProperty(required = true) List<Limit> limits) {

  private static final Set<String> EVENTS =
      Stream.concat(
              Arrays.stream(TicketState.values()).map(TicketState::code),
              Arrays.stream(EventType.values())
                  .filter(type -> type != EventType.STATE_CHANGED)
                  .map(EventType::code))
          .collect(Collectors.toUnmodifiableSet());

  public LimitRules {
    calendars = calendars == null ? Map.of() : Map.copyOf(calendars);
    Set<String> names = new HashSet<>();
    for (Limit limit : limits) {
      if (!names.add(limit.limit())) {
        throw new IllegalArgumentException("there are two limits '%s'".formatted(limit.limit()));
      }
      if (limit.calendar() != null && !calendars.containsKey(limit.calendar())) {
        throw new IllegalArgumentException(
            "limit '%s': there is no calendar '%s'; known are %s"
                .formatted(limit.limit(), limit.calendar(), calendars.keySet()));
      }
    }
  }

  /**
   * Which time is working time.
   *
   * @param holidays the folder of the yearly files {@code YYYY.json}, beside this file
   * @param hours of a working day, such as {@code 09:00-12:00}; without, all of it
   */
  public record CalendarRule(@JsonProperty(required = true) String holidays, List<Hours> hours) {
    public CalendarRule {
      hours = hours == null ? List.of() : List.copyOf(hours);
      for (int i = 1; i < hours.size(); i++) {
        if (hours.get(i).from().isBefore(hours.get(i - 1).until())) {
          throw new IllegalArgumentException("working hours overlap: " + hours);
        }
      }
    }
  }

  /**
   * One limit. Of all that apply to a ticket, the first of each measure and basis counts.
   *
   * @param source where the limit comes from
   * @param validFrom applies to tickets opened on this day or later; null for always
   * @param validUntil the last such day; null for no end
   * @param calendar working time by this calendar; null for elapsed time
   * @param amount null: as the product class says for the customer's service level
   * @param answeredBy codes of the events that answer a first response or a feedback
   * @param thenEvery after an answer, the next is due in this time; null: the first answer ends it
   * @param startsAt codes of the events that start it
   * @param stopsAt states in which it does not run; it goes on if the ticket leaves them
   * @param pausesWhen causes of suspension during which it does not run
   * @param warnAt fractions of the amount
   */
  public record Limit(
      @JsonProperty(required = true) String limit,
      @JsonProperty(required = true) Map<String, String> titles,
      @JsonProperty(required = true) String source,
      @JsonProperty(required = true) Measure measures,
      Basis basis,
      Condition when,
      @JsonProperty("valid-from") LocalDate validFrom,
      @JsonProperty("valid-until") LocalDate validUntil,
      String calendar,
      Amount amount,
      @JsonProperty("answered-by") Set<String> answeredBy,
      @JsonProperty("then-every") Amount thenEvery,
      @JsonProperty("starts-at") Set<String> startsAt,
      @JsonProperty("stops-at") Set<TicketState> stopsAt,
      @JsonProperty("pauses-when") Pauses pausesWhen,
      @JsonProperty("warn-at") List<Double> warnAt,
      List<Escalation> escalate) {
    public Limit {
      basis = basis == null ? Basis.AGREED : basis;
      when = when == null ? Condition.ALWAYS : when;
      answeredBy = answeredBy == null ? Set.of() : Set.copyOf(answeredBy);
      startsAt = startsAt == null ? Set.of(EventType.OPENED.code()) : Set.copyOf(startsAt);
      stopsAt =
          stopsAt == null
              ? Set.of(
                  TicketState.REPLIED,
                  TicketState.CALLING_BACK,
                  TicketState.ARCHIVED,
                  TicketState.REJECTED,
                  TicketState.CANCELLED)
              : Set.copyOf(stopsAt);
      pausesWhen = pausesWhen == null ? new Pauses(Set.of()) : pausesWhen;
      warnAt = warnAt == null ? List.of() : warnAt.stream().sorted().toList();
      escalate = escalate == null ? List.of() : List.copyOf(escalate);
      check(limit, measures, amount, answeredBy, thenEvery, startsAt, warnAt);
    }

    private static void check(
        String limit,
        Measure measures,
        Amount amount,
        Set<String> answeredBy,
        Amount thenEvery,
        Set<String> startsAt,
        List<Double> warnAt) {
      if (!limit.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
        throw new IllegalArgumentException(
            "'%s' is no name: write small letters, digits and hyphens".formatted(limit));
      }
      if (limit.equals(CallBacks.TIMER)) {
        throw new IllegalArgumentException(
            "'%s' is the name of the timer of call-backs: give the limit another".formatted(limit));
      }
      Stream.concat(answeredBy.stream(), startsAt.stream())
          .filter(code -> !EVENTS.contains(code))
          .findFirst()
          .ifPresent(
              code -> {
                throw new IllegalArgumentException(
                    "'%s' is no event; known are %s"
                        .formatted(code, EVENTS.stream().sorted().toList()));
              });
      if (measures.endsTheWork() != answeredBy.isEmpty()) {
        throw new IllegalArgumentException(
            measures.endsTheWork()
                ? "limit '%s': only first-response and feedback have 'answered-by'".formatted(limit)
                : "limit '%s': 'answered-by' is missing".formatted(limit));
      }
      if (answeredBy.isEmpty() && thenEvery != null) {
        throw new IllegalArgumentException(
            "limit '%s': only a feedback has 'then-every'".formatted(limit));
      }
      if (amount == null && measures != Measure.REPAIR) {
        throw new IllegalArgumentException(
            "limit '%s': 'amount' is missing; only a repair may leave it to the product class"
                .formatted(limit));
      }
      if (warnAt.stream().anyMatch(fraction -> !(fraction > 0 && fraction < 1))) {
        throw new IllegalArgumentException(
            "limit '%s': 'warn-at' has fractions between 0 and 1".formatted(limit));
      }
    }
  }

  /** Causes of suspension. */
  public record Pauses(@JsonProperty(required = true) Set<SuspensionCause> suspended) {
    public Pauses {
      suspended = Set.copyOf(suspended);
    }
  }

  /**
   * Who learns of it when the trouble grows.
   *
   * @param at how many times the amount is used
   * @param level 1, 2, 3 …
   * @param to a connector, or {@code @owner}, {@code @opener}, {@code @responsible}
   * @param who the person or role there
   */
  public record Escalation(
      @JsonProperty(required = true) double at,
      @JsonProperty(required = true) int level,
      @JsonProperty(required = true) String to,
      String who) {
    public Escalation {
      if (!(at > 0 && at <= 100) || level < 1) {
        throw new IllegalArgumentException(
            "an escalation has 'at' above 0 and at most 100, and a 'level' from 1 on");
      }
      if (to.startsWith("@") && !Set.of("@owner", "@opener", "@responsible").contains(to)) {
        throw new IllegalArgumentException(
            "'%s' stands for no system here; known are @opener, @owner, @responsible"
                .formatted(to));
      }
    }
  }
}

package io.tickethub.service;

import io.tickethub.service.LimitClock.Period;
import io.tickethub.service.LimitRules.Escalation;
import io.tickethub.ticket.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is to happen in a period of a limit, in order. */
final class LimitSteps {

  private LimitSteps() {}

  /**
   * One thing to happen.
   *
   * @param key distinguishes it from all others of the limit on the ticket
   * @param fraction of the amount
   * @param at when; null if, as things are, never
   * @param escalation null unless it is one
   */
  record Step(EventType type, String key, double fraction, Instant at, Escalation escalation) {}

  static List<Step> of(LimitClock clock, Period period) {
    List<Step> steps = new ArrayList<>();
    for (double fraction : clock.limit().warnAt()) {
      steps.add(step(EventType.LIMIT_WARNED, "warning-" + fraction, fraction, null, clock, period));
    }
    steps.add(step(EventType.LIMIT_BREACHED, "breach", 1, null, clock, period));
    for (Escalation escalation : clock.limit().escalate()) {
      steps.add(
          step(
              EventType.LIMIT_ESCALATED,
              "escalation-" + escalation.level(),
              escalation.at(),
              escalation,
              clock,
              period));
    }
    steps.sort(Comparator.comparingDouble(Step::fraction));
    return steps;
  }

  private static Step step(
      EventType type,
      String name,
      double fraction,
      Escalation escalation,
      LimitClock clock,
      Period period) {
    Duration used = Duration.ofMillis(Math.round(period.amount().toMillis() * fraction));
    String key = period.number() == 1 ? name : name + "@" + period.start();
    return new Step(type, key, fraction, clock.when(period, used).orElse(null), escalation);
  }
}

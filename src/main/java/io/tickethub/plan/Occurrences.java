package io.tickethub.plan;

import io.tickethub.plan.PlanRules.Plan;
import io.tickethub.plan.PlanRules.Rhythm;
import io.tickethub.service.WorkingDays;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.scheduling.support.CronExpression;

/** When plans are due. */
final class Occurrences {

  private final WorkingDays days;
  private final ZoneId zone;

  Occurrences(WorkingDays days, ZoneId zone) {
    this.days = days;
    this.zone = zone;
  }

  /** The first time after an instant; empty if the plan has ended by then. */
  Optional<Instant> next(Plan plan, Instant after) {
    Instant begin = plan.validFrom().atStartOfDay(zone).toInstant().minusMillis(1);
    ZonedDateTime from = (after.isBefore(begin) ? begin : after).atZone(zone);
    ZonedDateTime next =
        plan.rhythm().cron() != null
            ? CronExpression.parse(plan.rhythm().cron()).next(from)
            : monthly(plan, from);
    return Optional.ofNullable(next)
        .filter(time -> plan.validUntil() == null || !time.toLocalDate().isAfter(plan.validUntil()))
        .map(ZonedDateTime::toInstant);
  }

  private ZonedDateTime monthly(Plan plan, ZonedDateTime after) {
    Rhythm rhythm = plan.rhythm();
    YearMonth first = YearMonth.from(plan.validFrom());
    long passed = Math.max(0, first.until(YearMonth.from(after), ChronoUnit.MONTHS));
    YearMonth month = first.plusMonths(passed / rhythm.everyMonths() * rhythm.everyMonths());
    while (true) {
      ZonedDateTime time = days.of(month, rhythm.onWorkingDay()).atTime(rhythm.at()).atZone(zone);
      if (time.isAfter(after)) {
        return time;
      }
      month = month.plusMonths(rhythm.everyMonths());
    }
  }

  /** All after an instant and not after another, at most so many. */
  List<Instant> between(Plan plan, Instant after, Instant until, int most) {
    List<Instant> found = new ArrayList<>();
    Instant last = after;
    while (found.size() < most) {
      Optional<Instant> next = next(plan, last).filter(time -> !time.isAfter(until));
      if (next.isEmpty()) {
        return found;
      }
      last = next.get();
      found.add(last);
    }
    return found;
  }
}

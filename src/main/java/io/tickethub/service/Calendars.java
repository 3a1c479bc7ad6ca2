package io.tickethub.service;

import io.tickethub.definition.DefinitionException;
import io.tickethub.service.LimitRules.CalendarRule;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The calendars of a file of rules.
 *
 * @param counting by the calendar's name
 * @param knownYears the years whose holidays every calendar knows
 */
record Calendars(Map<String, Counting> counting, Set<Integer> knownYears) {

  static final Calendars NONE = new Calendars(Map.of(), Set.of());

  /**
   * @param file beside which the folders of holidays are
   */
  static Calendars read(Path file, Map<String, CalendarRule> rules, ZoneId zone) {
    Map<String, Counting> counting = new HashMap<>();
    Map<Path, Holidays> holidays = new HashMap<>();
    rules.forEach(
        (name, calendar) ->
            counting.put(
                name,
                new WorkingTime(
                    holidays.computeIfAbsent(folder(file, calendar), Holidays::read),
                    calendar.hours(),
                    zone)));
    Set<Integer> known = new HashSet<>();
    holidays.values().forEach(folder -> known.addAll(folder.years()));
    holidays.values().forEach(folder -> known.retainAll(folder.years()));
    return new Calendars(Map.copyOf(counting), Set.copyOf(known));
  }

  private static Path folder(Path file, CalendarRule calendar) {
    Path rules = file.toAbsolutePath().getParent();
    Path folder = rules.resolve(calendar.holidays()).normalize();
    if (!folder.startsWith(rules)) {
      throw new DefinitionException(
          "%s: holidays: %s is not below %s".formatted(file, calendar.holidays(), rules));
    }
    return folder;
  }

  /** How a rule counts that names {@code calendar}; null for every minute. */
  Counting of(String calendar) {
    return calendar == null ? Counting.ELAPSED : counting.get(calendar);
  }
}

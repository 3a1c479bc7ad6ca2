package io.tickethub.service;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;

/** Which days are worked on, by the folder of the yearly notices {@code YYYY.json}. */
public final class WorkingDays {

  private final Holidays holidays;

  private WorkingDays(Holidays holidays) {
    this.holidays = holidays;
  }

  public static WorkingDays read(Path folder) {
    return new WorkingDays(Holidays.read(folder));
  }

  /** The first working day that is not before {@code date}. */
  public LocalDate onOrAfter(LocalDate date) {
    LocalDate day = date;
    while (!holidays.isWorkingDay(day)) {
      day = day.plusDays(1);
    }
    return day;
  }

  /** The {@code number}th working day of a month; its last if it has not so many. */
  public LocalDate of(YearMonth month, int number) {
    LocalDate day = firstOf(month);
    for (int n = 1; n < number; n++) {
      LocalDate next = onOrAfter(day.plusDays(1));
      if (!YearMonth.from(next).equals(month)) {
        return day;
      }
      day = next;
    }
    return day;
  }

  public LocalDate firstOf(YearMonth month) {
    return onOrAfter(month.atDay(1));
  }
}

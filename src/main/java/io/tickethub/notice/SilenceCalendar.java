package io.tickethub.notice;

import io.tickethub.alert.Alert;
import io.tickethub.alert.AlertKind;
import io.tickethub.notice.NoticeProperties.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** Silences that come again by the calendar. */
final class SilenceCalendar {

  private final List<Window> windows;
  private final ZoneId zone;

  /** Throws {@link IllegalArgumentException} if a window names a kind that is none. */
  SilenceCalendar(List<Window> windows, ZoneId zone) {
    windows.forEach(window -> window.kinds().forEach(AlertKind::of));
    this.windows = windows;
    this.zone = zone;
  }

  boolean covers(Alert alert, Instant now) {
    return windows.stream()
        .anyMatch(window -> isAbout(window, alert) && isIn(window, now.atZone(zone)));
  }

  private static boolean isAbout(Window window, Alert alert) {
    return (window.kinds().isEmpty() || window.kinds().contains(alert.kind().text()))
        && (window.connectors().isEmpty()
            || window.connectors().stream()
                .anyMatch(connector -> Silence.isOf(alert.subject(), connector)));
  }

  /** From and to the same is the whole day. */
  private static boolean isIn(Window window, ZonedDateTime now) {
    LocalTime time = now.toLocalTime();
    boolean begun = !time.isBefore(window.from());
    if (window.from().isBefore(window.to())) {
      return begun && time.isBefore(window.to()) && isOn(window, now.getDayOfWeek());
    }
    return begun
        ? isOn(window, now.getDayOfWeek())
        : time.isBefore(window.to()) && isOn(window, now.getDayOfWeek().minus(1));
  }

  private static boolean isOn(Window window, DayOfWeek day) {
    return window.days().isEmpty() || window.days().contains(day);
  }
}

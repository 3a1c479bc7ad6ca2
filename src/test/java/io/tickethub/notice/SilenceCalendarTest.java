package io.tickethub.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.alert.Alert;
import io.tickethub.alert.AlertKind;
import io.tickethub.notice.NoticeProperties.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SilenceCalendarTest {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private static boolean covers(Window window, String subject, String time) {
    return new SilenceCalendar(List.of(window), ZONE)
        .covers(
            new Alert(AlertKind.CHANNEL_SILENT, subject, "c", Instant.EPOCH, null, null),
            Instant.parse(time));
  }

  private static Window saturdays(String from, String to) {
    return new Window(
        Set.of(),
        Set.of(),
        Set.of(DayOfWeek.SATURDAY),
        LocalTime.parse(from),
        LocalTime.parse(to),
        "");
  }

  /** 2026-11-28 is a Saturday; times are eight hours before those of the zone. */
  @ParameterizedTest
  @CsvSource({
    "22:00, 06:00, 2026-11-28T13:59:59Z, false",
    "22:00, 06:00, 2026-11-28T14:00:00Z, true",
    "22:00, 06:00, 2026-11-28T21:59:59Z, true",
    "22:00, 06:00, 2026-11-28T22:00:00Z, false",
    "22:00, 06:00, 2026-11-27T21:00:00Z, false",
    "01:00, 03:00, 2026-11-27T17:00:00Z, true",
    "01:00, 03:00, 2026-11-27T19:00:00Z, false",
    "00:00, 00:00, 2026-11-27T16:00:00Z, true",
    "00:00, 00:00, 2026-11-28T16:00:00Z, false"
  })
  void aWindowOverMidnightCountsForTheDayOnWhichItBegan(
      String from, String to, String time, boolean covered) {
    assertThat(covers(saturdays(from, to), "north/in", time)).isEqualTo(covered);
  }

  @ParameterizedTest
  @CsvSource({"north, true", "north/in, true", "north-west/in, false", "in/north, false"})
  void aConnectorsAlertsAreThoseOfItsNameAndBelow(String subject, boolean covered) {
    Window window =
        new Window(
            Set.of("channel-silent"),
            Set.of("north"),
            Set.of(),
            LocalTime.MIDNIGHT,
            LocalTime.MIDNIGHT,
            "");

    assertThat(covers(window, subject, "2026-11-28T00:00:00Z")).isEqualTo(covered);
  }

  @Test
  void aKindThatIsNoneIsSaid() {
    Window window =
        new Window(
            Set.of("silent"), Set.of(), Set.of(), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, "");

    assertThatThrownBy(() -> new SilenceCalendar(List.of(window), ZONE))
        .hasMessageContaining("there is no kind of alert 'silent'");
  }
}

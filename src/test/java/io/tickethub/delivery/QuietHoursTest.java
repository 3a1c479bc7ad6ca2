package io.tickethub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @ParameterizedTest
  @CsvSource({
    "22:00, 08:00, 2026-01-05T21:59:59, ",
    "22:00, 08:00, 2026-01-05T22:00:00, 2026-01-06T08:00:00",
    "22:00, 08:00, 2026-01-05T23:59:59, 2026-01-06T08:00:00",
    "22:00, 08:00, 2026-01-06T00:00:00, 2026-01-06T08:00:00",
    "22:00, 08:00, 2026-01-06T07:59:59, 2026-01-06T08:00:00",
    "22:00, 08:00, 2026-01-06T08:00:00, ",
    "12:00, 14:00, 2026-01-06T11:59:59, ",
    "12:00, 14:00, 2026-01-06T13:00:00, 2026-01-06T14:00:00",
    "12:00, 14:00, 2026-01-06T14:00:00, ",
    "00:00, 00:00, 2026-01-06T00:00:00, ",
    "22:00, 00:00, 2026-01-05T23:00:00, 2026-01-06T00:00:00"
  })
  void whatFallsIntoThemWaitsForTheirEnd(
      LocalTime from, LocalTime to, LocalDateTime now, LocalDateTime end) {
    assertThat(new QuietHours(from, to, SHANGHAI).endAfter(instant(now)).orElse(null))
        .isEqualTo(end == null ? null : instant(end));
  }

  private static Instant instant(LocalDateTime local) {
    return local.atZone(SHANGHAI).toInstant();
  }
}

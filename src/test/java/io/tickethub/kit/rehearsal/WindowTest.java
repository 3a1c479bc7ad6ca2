package io.tickethub.kit.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

  /** The 2nd of March there. */
  private static final Instant NOW = Instant.parse("2026-03-01T18:00:00Z");

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @ParameterizedTest
  @CsvSource({
    "30m, 2026-03-01T17:30:00Z",
    "12h, 2026-03-01T06:00:00Z",
    "7d, 2026-02-22T18:00:00Z",
    "09:14, 2026-03-02T01:14:00Z",
    "2026-03-01, 2026-02-28T16:00:00Z",
    "2026-03-01T08:00, 2026-03-01T00:00:00Z",
    "2026-03-01T08:00:00Z, 2026-03-01T08:00:00Z"
  })
  void aMomentIsWrittenInManyWays(String written, Instant meant) {
    assertThat(Window.moment("since", written, NOW, SHANGHAI)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({"soon", "25:00", "2026-13-01", "7w"})
  void whatIsNoTimeIsSaidSo(String written) {
    assertThatThrownBy(() -> Window.moment("since", written, NOW, SHANGHAI))
        .hasMessageStartingWith("since: '%s' is no time", written);
  }

  @Test
  void itBeginsBeforeItEnds() {
    assertThatThrownBy(() -> Window.of("1h", "2h", Clock.fixed(NOW, SHANGHAI), SHANGHAI))
        .hasMessageContaining("is not before until");
  }
}

package io.tickethub.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  private static Formats in(Locale locale) {
    ZoneId zone = ZoneId.of("Asia/Shanghai");
    return new Formats(Clock.fixed(NOW, zone), zone, locale);
  }

  @ParameterizedTest
  @CsvSource({
    "PT3H59M, 3 h 59 min, 3 小时 59 分",
    "PT4H, 4 h, 4 小时",
    "PT59M, 59 min, 59 分钟",
    "P2DT5H, 2 d 5 h, 2 天 5 小时",
    "PT-3H-59M, −3 h 59 min, −3 小时 59 分"
  })
  void whatIsLeftHidesNoHour(Duration left, String english, String chinese) {
    assertThat(in(Locale.ENGLISH).left(NOW.plus(left))).isEqualTo(english);
    assertThat(in(Locale.CHINESE).left(NOW.plus(left))).isEqualTo(chinese);
  }

  @ParameterizedTest
  @CsvSource({"14400s, 4 h", "48h, 48 h", "5d, 5 d", "90m, 1 h 30 min", "20s, 20 s", "soon, soon"})
  void amountsHaveTheUnitsOfPeople(String amount, String shown) {
    assertThat(in(Locale.ENGLISH).amount(amount)).isEqualTo(shown);
  }

  @Test
  void aLimitThatRunsHasTimeUntilItsTarget() {
    Formats formats = in(Locale.ENGLISH);
    assertThat(formats.left(true, NOW.plusSeconds(1_800), 99L)).isEqualTo("30 min");
    assertThat(formats.left(true, NOW.minusSeconds(1_800), 99L)).isEqualTo("−30 min");
  }

  @Test
  void aLimitThatStandsStillKeepsWhatWasLeft() {
    Formats formats = in(Locale.ENGLISH);
    assertThat(formats.left(false, NOW.minusSeconds(1_800), 56L)).isEqualTo("56 min");
    assertThat(formats.left(false, NOW.plusSeconds(1_800), -7_200L)).isEqualTo("−5 d");
    assertThat(formats.left(false, null, null)).isEqualTo("–");
  }
}

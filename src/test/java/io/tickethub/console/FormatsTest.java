package io.tickethub.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FormatsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Formats formats =
      new Formats(Clock.fixed(NOW, ZoneOffset.UTC), ZoneOffset.UTC, Locale.ENGLISH);

  @Test
  void aLimitThatRunsHasTimeUntilItsTarget() {
    assertThat(formats.left(true, NOW.plusSeconds(1_800), 99L)).isEqualTo("30 min");
    assertThat(formats.left(true, NOW.minusSeconds(1_800), 99L)).isEqualTo("−30 min");
  }

  @Test
  void aLimitThatStandsStillKeepsWhatWasLeft() {
    assertThat(formats.left(false, NOW.minusSeconds(1_800), 56L)).isEqualTo("56 min");
    assertThat(formats.left(false, NOW.plusSeconds(1_800), -7_200L)).isEqualTo("−5 d");
    assertThat(formats.left(false, null, null)).isEqualTo("–");
  }
}

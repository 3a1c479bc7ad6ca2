package io.tickethub.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitStepTest {

  @ParameterizedTest
  @CsvSource({
    "warning-0.8, warning, 80",
    "warning-0.29, warning, 29",
    "breach, breach, ''",
    "escalation-2, escalation, 2",
    "something, other, something",
    "warning-0.8@never, other, warning-0.8@never"
  })
  void aStepIsSaidInWords(String key, String kind, String value) {
    assertThat(LimitStep.of(key)).isEqualTo(new LimitStep(kind, value, null));
  }

  @Test
  void aLaterPeriodSaysWhenItBegan() {
    assertThat(LimitStep.of("breach@2026-11-27T15:50:39.664513250Z").since())
        .isEqualTo(Instant.parse("2026-11-27T15:50:39.664513250Z"));
  }
}

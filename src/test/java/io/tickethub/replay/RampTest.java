package io.tickethub.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RampTest {

  @Test
  void itBeginsWithOneAndNeverTakesMoreThanFiveHundred() {
    assertThat(IntStream.rangeClosed(1, 6).map(Ramp::size))
        .containsExactly(1, 5, 50, 500, 500, 500);
  }

  @Test
  void anyFailureBreaksTheFirstStepAndMoreThanTheShareALaterOne() {
    assertThat(Ramp.isBroken(1, 1, 1, 1)).isTrue();
    assertThat(Ramp.isBroken(1, 0, 1, 0)).isFalse();
    assertThat(Ramp.isBroken(3, 5, 50, 0.1)).isFalse();
    assertThat(Ramp.isBroken(3, 6, 50, 0.1)).isTrue();
    assertThat(Ramp.isBroken(2, 1, 5, 0)).isTrue();
  }
}

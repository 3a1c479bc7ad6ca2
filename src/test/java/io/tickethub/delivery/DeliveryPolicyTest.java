package io.tickethub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryPolicyTest {

  private static final DeliveryPolicy POLICY = DeliveryPolicy.DEFAULT;

  @ParameterizedTest
  @CsvSource({"1, 1000", "2, 2000", "3, 4000", "9, 256000", "10, 300000", "2000000000, 300000"})
  void theWaitDoublesWithEachFailureUpToTheLongest(int attempt, long milliseconds) {
    assertThat(POLICY.backOff(attempt, 0)).isEqualTo(Duration.ofMillis(milliseconds));
  }

  @Property
  void theWaitIsJitteredButNeverLongerThanTheLongest(
      @ForAll @IntRange(min = 1) int attempt, @ForAll @DoubleRange(max = 1) double chance) {
    assertThat(POLICY.backOff(attempt, chance))
        .isGreaterThanOrEqualTo(POLICY.backOff(attempt, 0).multipliedBy(8).dividedBy(10))
        .isLessThanOrEqualTo(POLICY.longestRetry());
  }
}

package io.tickethub.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetentionPropertiesTest {

  private static RetentionProperties properties(Duration bodies, Duration ledger) {
    Duration half = Duration.ofDays(180);
    return new RetentionProperties(bodies, half, ledger, half, Duration.ofMinutes(10));
  }

  @Test
  void theLedgerOutlivesTheBodies() {
    assertThatThrownBy(() -> properties(Duration.ofDays(181), Duration.ofDays(180)))
        .hasMessageContaining("hub.retention.ledger is 180d and hub.retention.bodies 181d")
        .hasMessageContaining("raise the one or lower the other");
  }

  @Test
  void periodsAreWholeDays() {
    assertThatThrownBy(() -> properties(Duration.ofHours(36), Duration.ofDays(180)))
        .hasMessageContaining("hub.retention.bodies has to be whole days");
    assertThatThrownBy(() -> properties(Duration.ZERO, Duration.ofDays(180)))
        .hasMessageContaining("1d at least");
  }
}

package io.tickethub.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetentionPropertiesTest {

  private static RetentionProperties properties(Duration bodies, Duration ledger) {
    return properties(bodies, ledger, Duration.ofDays(730));
  }

  private static RetentionProperties properties(Duration bodies, Duration ledger, Duration audit) {
    Duration deliveries = Duration.ofDays(180);
    return new RetentionProperties(bodies, deliveries, ledger, audit, Duration.ofMinutes(10));
  }

  @Test
  void theLedgerOutlivesTheBodies() {
    assertThatThrownBy(() -> properties(Duration.ofDays(181), Duration.ofDays(180)))
        .hasMessageContaining("hub.retention.ledger is 180d and hub.retention.bodies 181d")
        .hasMessageContaining("raise the one or lower the other");
  }

  @Test
  void theAuditIsKeptSixMonths() {
    Duration year = Duration.ofDays(365);
    assertThatThrownBy(() -> properties(year, year, Duration.ofDays(183)))
        .hasMessageContaining("hub.retention.audit is 183d: logs have to be kept six months");
  }

  @Test
  void periodsAreWholeDays() {
    assertThatThrownBy(() -> properties(Duration.ofHours(36), Duration.ofDays(180)))
        .hasMessageContaining("hub.retention.bodies has to be whole days");
    assertThatThrownBy(() -> properties(Duration.ZERO, Duration.ofDays(180)))
        .hasMessageContaining("1d at least");
  }
}

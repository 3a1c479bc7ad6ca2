package io.tickethub.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.delivery.DeliveryLog;
import io.tickethub.routing.Routing.Consideration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatWasToldTest {

  private static final Instant THEN = Instant.parse("2026-03-01T08:00:00Z");

  private final WhatWasTold told =
      new WhatWasTold(List.of(delivery(2, "introduced"), delivery(5, "urged")));

  private static DeliveryLog.Entry delivery(int sequence, String code) {
    return new DeliveryLog.Entry(
        sequence, 1, sequence, "hospital", code, "delivered", 1, "rule", THEN, THEN, THEN, null);
  }

  @ParameterizedTest
  @CsvSource({
    "2, hospital, is told 'introduced', is told 'introduced'",
    "5, hospital, is told 'urged', is told 'urged'",
    "5, hospital, does not hear 'urged', does not hear 'urged'",
    "6, hospital, is told 'urged', 'would be told ''urged'', but no channel of it carried that'",
    "3, hospital, is told 'updated', 'is not told ''updated'': its introduction, not yet sent then, carried it'",
    "3, desk, is told 'updated', 'would be told ''updated'', but no channel of it carried that'"
  })
  void whatCameToNothingSaysWhy(int sequence, String system, String outcome, String checked) {
    Consideration considered = new Consideration(sequence, "event", system, "rule", outcome);

    assertThat(told.checked(considered).outcome()).isEqualTo(checked);
  }
}

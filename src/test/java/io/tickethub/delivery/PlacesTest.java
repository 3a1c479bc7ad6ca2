package io.tickethub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How much may be under way to a fast and to a slow system. */
class PlacesTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Places places = new Places(64, 2_048);
  private long now = 40 * SECOND;

  private int widenAfter(long count, long elapsed) {
    now += elapsed;
    return places.widen(count, now);
  }

  @Test
  void aFastSystemGetsAsManyAsItWasToldInASecond() {
    widenAfter(0, SECOND);
    assertThat(widenAfter(500, SECOND / 2)).isZero();
    assertThat(widenAfter(400, SECOND / 2)).isEqualTo(900 - 64);
    assertThat(places.most()).isEqualTo(900);
  }

  @Test
  void aLongWindowCountsByTheSecond() {
    widenAfter(0, SECOND);
    widenAfter(1_000, 4 * SECOND);
    assertThat(places.most()).isEqualTo(250);
  }

  @Test
  void itIsNeverMoreThanTheHighest() {
    widenAfter(0, SECOND);
    widenAfter(1_000_000, SECOND);
    assertThat(places.most()).isEqualTo(2_048);
  }

  @Test
  void whenItBecomesSlowThePlacesGo() {
    widenAfter(0, SECOND);
    widenAfter(1_000, SECOND);
    assertThat(widenAfter(10, SECOND)).isEqualTo(64 - 1_000);
    assertThat(widenAfter(0, SECOND)).isZero();
    assertThat(places.most()).isEqualTo(64);
  }
}

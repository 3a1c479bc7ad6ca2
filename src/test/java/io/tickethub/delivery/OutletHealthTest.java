package io.tickethub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.alert.Alerts;
import io.tickethub.harness.SettableClock;
import io.tickethub.ticket.FailureKind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The breaker and the rate limit; pauses are in the database. */
class OutletHealthTest {

  private static final Duration SHORT = Duration.ofMillis(5);
  private static final DeliveryPolicy POLICY =
      new DeliveryPolicy(
          4,
          10,
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          5,
          Duration.ofDays(1),
          Duration.ofSeconds(10));

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-05T01:03:00Z"));
  private final Alerts alerts = new Alerts(new JdbcTemplate(), clock);
  private final OutletHealth health =
      new OutletHealth(
          "partner",
          POLICY,
          new ConnectorControls(new JdbcTemplate(), alerts, clock),
          alerts,
          clock,
          clock);

  @Test
  void aSystemThatKeepsFailingIsLeftAlone() {
    fail(FailureKind.TEMPORARY, 5);

    assertThat(health.breakerState()).isEqualTo("open");
    assertThat(health.mayCall()).isFalse();
    assertThat(health.room(4)).isZero();
    assertThat(health.lastFailure()).isEqualTo("it hurts");
  }

  @Test
  void aFailureNowAndThenOpensNothing() {
    for (int round = 0; round < 20; round++) {
      health.taken(SHORT);
      health.taken(SHORT);
      fail(FailureKind.TEMPORARY, 1);
    }

    assertThat(health.breakerState()).isEqualTo("closed");
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"PERMANENT", "CREDENTIAL"})
  void aSystemThatAnswersIsUpEvenIfItRefuses(FailureKind kind) {
    fail(kind, 20);

    assertThat(health.breakerState()).isEqualTo("closed");
  }

  @Test
  void afterAWhileTwoTrialsCloseTheBreakerIfTheySucceed() {
    fail(FailureKind.TEMPORARY, 5);
    clock.advance(POLICY.breakerOpen().minusMillis(1));
    assertThat(health.room(8)).isZero();

    clock.advance(Duration.ofMillis(2));
    assertThat(health.room(8)).isEqualTo(2);
    assertThat(health.breakerState()).isEqualTo("half-open");
    assertThat(health.mayCall()).isTrue();
    assertThat(health.mayCall()).isTrue();
    assertThat(health.mayCall()).isFalse();
    health.taken(SHORT);
    health.taken(SHORT);

    assertThat(health.breakerState()).isEqualTo("closed");
    assertThat(health.room(8)).isEqualTo(8);
  }

  @Test
  void trialsThatFailOpenTheBreakerAgain() {
    fail(FailureKind.TEMPORARY, 5);
    clock.advance(POLICY.breakerOpen().plusMillis(1));
    assertThat(health.mayCall()).isTrue();
    assertThat(health.mayCall()).isTrue();
    fail(FailureKind.TEMPORARY, 2);

    assertThat(health.breakerState()).isEqualTo("open");
    assertThat(health.mayCall()).isFalse();
  }

  @Test
  void noMoreIsStartedInASecondThanTheSystemTakes() {
    assertThat(health.room(100)).isEqualTo(10);
    health.took(10);
    assertThat(health.room(100)).isZero();

    clock.advance(Duration.ofMillis(500));
    assertThat(health.room(100)).isEqualTo(5);

    clock.advance(Duration.ofMinutes(1));
    assertThat(health.room(100)).isEqualTo(10);
  }

  @Test
  void nothingIsStartedWithoutRoom() {
    assertThat(health.room(0)).isZero();
    assertThat(health.room(-3)).isZero();
    assertThat(health.room(3)).isEqualTo(3);
  }

  @Test
  void aSystemIsOtherwiseUpOnlyIfItTookSomethingLately() {
    assertThat(health.isOtherwiseUp(Duration.ofMinutes(1))).isFalse();

    health.taken(SHORT);
    assertThat(health.isOtherwiseUp(Duration.ofMinutes(1))).isTrue();

    clock.advance(Duration.ofMinutes(1));
    assertThat(health.isOtherwiseUp(Duration.ofMinutes(1))).isFalse();
  }

  @Test
  void whenSomethingWasTakenAndFailedIsRemembered() {
    assertThat(health.lastTaken()).isNull();
    assertThat(health.lastFailed()).isNull();
    health.taken(SHORT);
    clock.advance(Duration.ofSeconds(3));
    fail(FailureKind.TEMPORARY, 1);

    assertThat(health.lastTaken()).isEqualTo(clock.instant().minusSeconds(3));
    assertThat(health.lastFailed()).isEqualTo(clock.instant());
  }

  private void fail(FailureKind kind, int times) {
    for (int time = 0; time < times; time++) {
      health.failed(
          SHORT, new DeliveryFailedException(kind, "http-503", "it hurts", "order", null, null));
    }
  }
}

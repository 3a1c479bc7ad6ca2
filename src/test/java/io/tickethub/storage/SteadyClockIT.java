package io.tickethub.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The clock of what is due, while the machine's is set to and fro. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SteadyClockIT {

  private static final Instant NOW = Instant.parse("2026-01-05T01:03:00Z");
  private static final Duration AWHILE = Duration.ofMinutes(1);

  private final SettableClock machine = new SettableClock(NOW);
  private EmbeddedDatabase database;
  private JdbcTemplate jdbc;

  @BeforeAll
  void start(@TempDir Path directory) {
    database =
        EmbeddedDatabase.start(
            new DatabaseProperties.Embedded(
                directory.resolve("database"), EmbeddedHub.home().resolve("target/postgresql"), 0));
    DriverManagerDataSource source =
        new DriverManagerDataSource(database.url(), database.username(), database.password());
    Flyway.configure().dataSource(source).load().migrate();
    jdbc = new JdbcTemplate(source);
  }

  @AfterAll
  void stop() throws java.io.IOException {
    database.close();
  }

  @BeforeEach
  void anew() {
    jdbc.update("delete from steady_clock");
    machine.set(NOW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "-PT1H", "P30D", "-P30D"})
  void theMachinesClockIsSetAndNothingIsDueEarlierOrLater(Duration step) {
    try (SteadyClock clock = new SteadyClock(jdbc, machine)) {
      machine.advance(step);

      assertThat(clock.instant()).isBetween(NOW, NOW.plus(AWHILE));
      assertThat(clock.of(machine.instant().plusSeconds(2)))
          .isBetween(NOW.plusSeconds(2), NOW.plusSeconds(2).plus(AWHILE));
    }
  }

  @Test
  void aHubThatStartsWithItsClockSetBackGoesOnFromWhereItWas() {
    new SteadyClock(jdbc, machine).close();
    machine.advance(Duration.ofDays(-30));

    try (SteadyClock clock = new SteadyClock(jdbc, machine)) {
      assertThat(clock.instant()).isBetween(NOW, NOW.plus(AWHILE));
    }
  }

  @Test
  void theTimeAHubWasDownHasPassed() {
    new SteadyClock(jdbc, machine).close();
    machine.advance(Duration.ofDays(2));

    try (SteadyClock clock = new SteadyClock(jdbc, machine)) {
      assertThat(clock.instant()).isAfterOrEqualTo(NOW.plus(Duration.ofDays(2)));
    }
  }

  @Test
  void aNodeThatIsBehindFollowsTheOthers() {
    SettableClock fast = new SettableClock(NOW.plus(Duration.ofHours(1)));
    try (SteadyClock behind = new SteadyClock(jdbc, machine);
        SteadyClock ahead = new SteadyClock(jdbc, fast)) {
      assertThat(behind.instant()).isBefore(ahead.instant().minus(AWHILE));

      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> behind.instant().isAfter(NOW.plus(Duration.ofMinutes(59))));
    }
  }
}

package io.tickethub.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.SettableClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What one node of a cluster has, and what asking for it costs the others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeLockIT {

  private static final int CONNECTIONS = 3;
  private static final int OFTEN = 4 * CONNECTIONS;
  private static final Duration LATER = Duration.ofSeconds(5);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-05T01:03:00Z"));
  private EmbeddedDatabase database;

  @BeforeAll
  void start(@TempDir Path directory) {
    database =
        EmbeddedDatabase.start(
            new DatabaseProperties.Embedded(
                directory.resolve("database"), EmbeddedHub.home().resolve("target/postgresql"), 0));
  }

  @AfterAll
  void stop() throws Exception {
    database.close();
  }

  @Test
  void oneNodeHasItUntilItEnds() {
    try (HikariDataSource pool = pool();
        NodeLock other = new NodeLock(pool, "one turn", clock)) {
      try (NodeLock first = new NodeLock(pool, "one turn", clock)) {
        assertThat(first.isHeld()).isTrue();
        assertThat(other.isHeld()).isFalse();
      }
      clock.advance(LATER);

      assertThat(other.isHeld()).isTrue();
    }
  }

  @Test
  void aNodeThatWaitsForItsTurnKeepsNoConnection() throws Exception {
    try (HikariDataSource pool = pool();
        NodeLock holder = new NodeLock(pool, "waited for", clock);
        NodeLock waiting = new NodeLock(pool, "waited for", clock)) {
      assertThat(holder.isHeld()).isTrue();

      for (int look = 0; look < OFTEN; look++) {
        assertThat(waiting.isHeld()).isFalse();
        clock.advance(LATER);
      }

      assertThat(answers(pool)).isTrue();
    }
  }

  @Test
  void aTurnThatIsLostWithItsSessionKeepsNoConnection() throws Exception {
    try (HikariDataSource pool = pool();
        NodeLock lock = new NodeLock(pool, "lost again and again", clock)) {
      for (int loss = 0; loss < OFTEN; loss++) {
        assertThat(lock.isHeld()).as("loss %d", loss).isTrue();
        endSessionsOfLocks();
        clock.advance(LATER);
      }

      assertThat(answers(pool)).isTrue();
    }
  }

  private HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setUsername(database.username());
    config.setPassword(database.password());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(2_000);
    return new HikariDataSource(config);
  }

  private static boolean answers(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return connection.isValid(2);
    }
  }

  private void endSessionsOfLocks() throws SQLException {
    try (HikariDataSource other = pool();
        Connection connection = other.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'");
    }
  }
}

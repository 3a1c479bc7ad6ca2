package io.tickethub.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tickethub.harness.EmbeddedHub;
import io.tickethub.storage.DatabaseProperties.Embedded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The PostgreSQL of the hub's own. */
class EmbeddedDatabaseIT {

  @TempDir Path directory;

  @Test
  void whatMakesACommitDurableIsOn() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(in("database"))) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(ask(database, "show " + setting)).as(setting).isEqualTo("on");
      }
    }
  }

  @Test
  void onlyThePasswordOpensIt() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(in("database"))) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(database.url(), database.username(), "guess"))
          .isInstanceOf(SQLException.class)
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("28P01");
    }
  }

  @Test
  void aSecondHubOnTheSameDataIsRefusedAndTheFirstGoesOn() throws Exception {
    try (EmbeddedDatabase first = EmbeddedDatabase.start(in("database"))) {
      assertThatThrownBy(() -> EmbeddedDatabase.start(in("database")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another hub works with")
          .hasMessageContaining("hub.data");
      assertThat(ask(first, "select 'well'")).isEqualTo("well");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"database", "elsewhere/../database"})
  void theServerOfAKilledHubGivesWayAndNothingIsLost(String path) throws Exception {
    Process killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledHub.class.getName(),
                in(path).directory().toString(),
                in(path).binaries().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var output = killed.inputReader()) {
      assertThat(output.lines().anyMatch(KilledHub.READY::equals)).isTrue();
    }
    killed.destroyForcibly().waitFor();
    assertThat(in(path).directory().resolve("postmaster.pid")).exists();

    try (EmbeddedDatabase database = EmbeddedDatabase.start(in(path))) {
      assertThat(ask(database, "select id from receipt")).isEqualTo("7");
    }
  }

  @Test
  void aServerThatEndsIsStartedAgainWhereItWasAndNothingIsLost() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(in("database"))) {
      tell(database, "create table receipt as select 8 as id");
      Path pid = in("database").directory().resolve("postmaster.pid");
      long postmaster = Long.parseLong(Files.readAllLines(pid).get(0).strip());
      assertThat(ProcessHandle.of(postmaster).orElseThrow().destroyForcibly()).isTrue();

      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .untilAsserted(
              () -> {
                assertThat(Files.readAllLines(pid).get(0)).isNotEqualTo(Long.toString(postmaster));
                assertThat(ask(database, "select id from receipt")).isEqualTo("8");
              });
    }
  }

  /** A hub's process as far as its database goes. */
  static final class KilledHub {

    static final String READY = "ready to be killed";

    private KilledHub() {}

    public static void main(String[] arguments) throws Exception {
      EmbeddedDatabase database =
          EmbeddedDatabase.start(new Embedded(Path.of(arguments[0]), Path.of(arguments[1]), 0));
      tell(database, "create table receipt as select 7 as id");
      System.out.println(READY);
      System.out.flush();
      Thread.currentThread().join();
    }
  }

  @Test
  void whatIsStoppedStartsAgain() throws Exception {
    for (int run = 0; run < 2; run++) {
      try (EmbeddedDatabase database = EmbeddedDatabase.start(in("database"))) {
        tell(database, "create table run_%d (id integer)".formatted(run));
      }
    }
  }

  private Embedded in(String path) throws IOException {
    Files.createDirectories(directory.resolve("elsewhere"));
    return new Embedded(
        directory.resolve(path).resolve("data"),
        EmbeddedHub.home().resolve("target/postgresql"),
        0);
  }

  private static void tell(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private static Connection connect(EmbeddedDatabase database) throws SQLException {
    return DriverManager.getConnection(database.url(), database.username(), database.password());
  }
}

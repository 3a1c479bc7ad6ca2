package io.tickethub.storage;

import io.tickethub.privacy.SecretFile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of the hub's own, durable like any other: the library that starts it is meant for
 * tests and turns fsync off, so every setting that matters is given here. Only the hub's password
 * opens it.
 */
final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final String DATABASE = "postgres";
  private static final String USER = "postgres";
  private static final int PASSWORD_BYTES = 24;
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final FolderLock lock;
  private final DatabaseProperties.Embedded embedded;
  private final Path data;
  private final String password;
  private final int port;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "database-watch"));
  private EmbeddedPostgres postgres;

  private EmbeddedDatabase(
      FolderLock lock, DatabaseProperties.Embedded embedded, Path data, String password)
      throws IOException {
    this.lock = lock;
    this.embedded = embedded;
    this.data = data;
    this.password = password;
    this.postgres = launch(embedded.port());
    this.port = postgres.getPort();
  }

  static EmbeddedDatabase start(DatabaseProperties.Embedded embedded) {
    Path data = embedded.directory().toAbsolutePath().normalize();
    try {
      createPrivately(data.getParent());
      Files.createDirectories(embedded.binaries());
      return start(embedded, data, FolderLock.take(data.resolveSibling("lock")));
    } catch (IOException e) {
      throw notStarting(data, e);
    }
  }

  private static EmbeddedDatabase start(
      DatabaseProperties.Embedded embedded, Path data, FolderLock lock) {
    try {
      OrphanedPostmaster.stop(data);
      boolean isNew = !Files.exists(data.resolve("postgresql.conf"));
      String password = SecretFile.read(data.resolveSibling("password"), PASSWORD_BYTES);
      EmbeddedDatabase database = new EmbeddedDatabase(lock, embedded, data, password);
      if (isNew || !Files.readString(data.resolve("pg_hba.conf")).startsWith("# Ticket Hub")) {
        database.requirePassword();
      }
      database.verifyDurability();
      database.watch.scheduleWithFixedDelay(
          database::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
      return database;
    } catch (IOException | SQLException e) {
      lock.close();
      throw notStarting(data, e);
    }
  }

  private static IllegalStateException notStarting(Path data, Exception cause) {
    return new IllegalStateException(
        "the embedded PostgreSQL in %s does not start: %s; its log is %s"
            .formatted(data, cause.getMessage(), data.resolveSibling("log")),
        cause);
  }

  /**
   * The library leaves the unpacked programs writable for everybody, so nobody else may come near
   * them.
   */
  private static void createPrivately(Path directory) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static ProcessBuilder.Redirect appendTo(Path log) {
    return ProcessBuilder.Redirect.appendTo(log.toFile());
  }

  /**
   * A database that ended for reasons of its own, such as a full disk, is started again, on its old
   * port, until it stays.
   */
  private synchronized void look() {
    try {
      if (watch.isShutdown() || OrphanedPostmaster.isRunning(data)) {
        return;
      }
      LOG.error(
          "the embedded PostgreSQL has ended, see {}; starting it again",
          data.resolveSibling("log"));
      postgres.close();
      postgres = launch(port);
      LOG.warn("the embedded PostgreSQL runs again");
    } catch (IOException | RuntimeException e) {
      LOG.warn("the embedded PostgreSQL does not start, trying again: {}", e.getMessage());
    }
  }

  private EmbeddedPostgres launch(int wantedPort) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setOverrideWorkingDirectory(embedded.binaries().toAbsolutePath().toFile())
        .setPort(wantedPort)
        .setPGStartupWait(Duration.ofSeconds(60))
        .setOutputRedirector(appendTo(data.resolveSibling("log")))
        .setErrorRedirector(appendTo(data.resolveSibling("log")))
        .setConnectConfig("password", password)
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "''")
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("max_connections", "60")
        .setServerConfig("shared_buffers", "128MB")
        .setServerConfig("max_wal_size", "2GB")
        .setServerConfig("log_min_messages", "fatal")
        .start();
  }

  /**
   * The library creates a cluster that trusts every local user; from here on only the password
   * opens it.
   */
  private void requirePassword() throws SQLException, IOException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("alter user %s password '%s'".formatted(USER, password));
      Files.writeString(
          data.resolve("pg_hba.conf"),
          """
          # Ticket Hub: every connection needs the password.
          local all all scram-sha-256
          host all all 127.0.0.1/32 scram-sha-256
          host all all ::1/128 scram-sha-256
          """);
      statement.execute("select pg_reload_conf()");
    }
  }

  private void verifyDurability() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
        try (var result = statement.executeQuery("show " + setting)) {
          result.next();
          if (!result.getString(1).equals("on")) {
            throw new SQLException(
                "%s is %s: a receipt would not be safe".formatted(setting, result.getString(1)));
          }
        }
      }
    }
    LOG.info("embedded PostgreSQL is ready on 127.0.0.1:{}", port);
  }

  private Connection connect() throws SQLException {
    return postgres.getPostgresDatabase().getConnection();
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, DATABASE);
  }

  String username() {
    return USER;
  }

  String password() {
    return password;
  }

  @Override
  public void close() throws IOException {
    watch.shutdown();
    synchronized (this) {
      try {
        postgres.close();
      } finally {
        lock.close();
      }
    }
  }
}

package io.tickethub.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL that does not belong to the hub, with fsync on. */
public final class ExternalDatabase implements AutoCloseable {

  private final Path binaries;
  private final Path data;
  private final int port;
  private EmbeddedPostgres postgres;

  public ExternalDatabase(Path home, Path directory, int port) {
    this.binaries = home.resolve("target/postgresql");
    this.data = directory.resolve("external-postgresql");
    this.port = port;
  }

  public void start() throws IOException {
    postgres =
        EmbeddedPostgres.builder()
            .setPort(port)
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setOverrideWorkingDirectory(binaries.toFile())
            .setServerConfig("unix_socket_directories", "''")
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .start();
  }

  /** What {@code pg_ctl stop -m immediate} does: as after a crash, it has to recover. */
  public void stopImmediately() throws IOException, InterruptedException {
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    ProcessHandle postmaster =
        ProcessHandle.of(pid).orElseThrow(() -> new IOException("PostgreSQL does not run"));
    new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start().waitFor();
    try {
      postmaster.onExit().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("PostgreSQL does not stop", e);
    }
    postgres.close();
  }

  @Override
  public void close() throws IOException {
    if (postgres != null) {
      postgres.close();
    }
  }
}

package io.tickethub.torture;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL that does not belong to the hub, with fsync on. */
final class ExternalDatabase implements AutoCloseable {

  private final Path binaries;
  private final Path data;
  private final int port;
  private EmbeddedPostgres postgres;

  ExternalDatabase(Path home, Path directory, int port) {
    this.binaries = home.resolve("target/postgresql");
    this.data = directory.resolve("external-postgresql");
    this.port = port;
  }

  void start() throws IOException {
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

  /** {@code pg_ctl stop -m immediate}: as after a crash, it has to recover. */
  void stopImmediately() throws IOException, InterruptedException {
    Process stopping =
        new ProcessBuilder(
                List.of(
                    control().toString(), "stop", "-m", "immediate", "-w", "-D", data.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!stopping.waitFor(30, TimeUnit.SECONDS) || stopping.exitValue() != 0) {
      throw new IOException("PostgreSQL does not stop");
    }
  }

  private Path control() throws IOException {
    try (Stream<Path> files = Files.walk(binaries, 3)) {
      return files
          .filter(file -> file.endsWith("bin/pg_ctl"))
          .findFirst()
          .orElseThrow(() -> new IOException("there is no pg_ctl below " + binaries));
    }
  }

  @Override
  public void close() throws IOException {
    if (postgres != null) {
      postgres.close();
    }
  }
}

package io.tickethub.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The postmaster that goes on when the hub was killed: it holds the data folder and has to go
 * before a new one starts.
 */
final class OrphanedPostmaster {

  private static final Logger LOG = LoggerFactory.getLogger(OrphanedPostmaster.class);
  private static final long PATIENCE_SECONDS = 5;

  private OrphanedPostmaster() {}

  /** Whether a postmaster holds the folder. */
  static boolean isRunning(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    try {
      return find(pidFile, data).isPresent();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  static void stop(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    Optional<ProcessHandle> orphan = find(pidFile, data);
    if (orphan.isPresent()) {
      LOG.info(
          "stopping the PostgreSQL (process {}) that an earlier run left behind",
          orphan.get().pid());
      orphan.get().destroy();
      if (!ended(orphan.get())) {
        orphan.get().destroyForcibly();
        ended(orphan.get());
      }
    }
    Files.deleteIfExists(pidFile);
  }

  private static Optional<ProcessHandle> find(Path pidFile, Path data) throws IOException {
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.size() < 2 || !Path.of(lines.get(1)).equals(data)) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
        .filter(ProcessHandle::isAlive)
        .filter(process -> serves(process, data));
  }

  /** Numbers of processes are used again: another's PostgreSQL may have this one by now. */
  private static boolean serves(ProcessHandle process, Path data) {
    ProcessHandle.Info info = process.info();
    return info.arguments()
        .map(List::of)
        .map(arguments -> arguments.contains(data.toString()))
        .orElseGet(() -> info.command().map(name -> name.contains("postgres")).orElse(true));
  }

  private static boolean ended(ProcessHandle process) {
    try {
      process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

package io.tickethub.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanedPostmasterTest {

  @TempDir private Path data;

  @Test
  void aProcessThatGotTheNumberSinceIsLeftAlone() throws Exception {
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      remember(other);

      OrphanedPostmaster.stop(data);

      assertThat(other.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
      assertThat(pidFile()).doesNotExist();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void theProcessThatServesThisDirectoryIsStopped() throws Exception {
    Process orphan =
        new ProcessBuilder("sh", "-c", "while true; do sleep 1; done", "-D", data.toString())
            .start();
    try {
      remember(orphan);

      OrphanedPostmaster.stop(data);

      assertThat(orphan.waitFor(5, TimeUnit.SECONDS)).isTrue();
    } finally {
      orphan.destroyForcibly();
    }
  }

  private void remember(Process process) throws Exception {
    Files.write(pidFile(), List.of(Long.toString(process.pid()), data.toString(), "0", "5432"));
  }

  private Path pidFile() {
    return data.resolve("postmaster.pid");
  }
}

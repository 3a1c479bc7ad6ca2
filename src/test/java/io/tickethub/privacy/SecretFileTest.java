package io.tickethub.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {

  private static final int STARTS = 8;

  @TempDir Path directory;

  @Test
  void aMissingSecretIsMadeUpForItsOwnerAlone() throws IOException {
    Path file = directory.resolve("secrets/broker");

    assertThat(SecretFile.read(file, 16)).matches("[0-9a-f]{32}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(file.getParent()).isDirectoryContaining(entry -> entry.equals(file));
    assertThat(file.getParent().toFile().list()).containsExactly("broker");
  }

  @Test
  void aSecretIsKept() {
    Path file = directory.resolve("key");
    String made = SecretFile.read(file, 32);

    assertThat(SecretFile.read(file, 32)).isEqualTo(made);
  }

  @Test
  void everySecretIsAnother() {
    assertThat(SecretFile.read(directory.resolve("one"), 32))
        .isNotEqualTo(SecretFile.read(directory.resolve("two"), 32));
  }

  @Test
  void aSecretThatSomebodyWroteIsTaken() throws IOException {
    Path file = Files.writeString(directory.resolve("password"), "correct horse\n");

    assertThat(SecretFile.read(file, 32)).isEqualTo("correct horse");
  }

  @RepeatedTest(10)
  void whoeverStartsAtTheSameTimeGetsTheSameSecret() throws Exception {
    Path file = directory.resolve("data/key");
    CyclicBarrier together = new CyclicBarrier(STARTS);
    ExecutorService starts = Executors.newFixedThreadPool(STARTS);
    try {
      List<Future<String>> secrets = new ArrayList<>();
      for (int start = 0; start < STARTS; start++) {
        secrets.add(
            starts.submit(
                () -> {
                  together.await();
                  return SecretFile.read(file, 32);
                }));
      }
      for (Future<String> secret : secrets) {
        assertThat(secret.get()).matches("[0-9a-f]{64}").isEqualTo(secrets.get(0).get());
      }
    } finally {
      starts.shutdownNow();
    }
    assertThat(file.getParent().toFile().list()).containsExactly("key");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.createFile(directory.resolve("file")).resolve("key");

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> SecretFile.read(file, 32))
        .withMessageContaining(file.toString());
  }
}

package io.tickethub.kit.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.connector.channel.AdmissionParts;
import io.tickethub.harness.EmbeddedHub;
import io.tickethub.kit.rehearsal.Rehearsal.Order;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast a rehearsal goes over a filled journal, once where nothing differs and once where every
 * ticket does. {@code -Dhub.test.rehearsed=100000} fills more than the few messages of every run.
 */
class RehearsalSpeedIT {

  private static final int MESSAGES = Integer.getInteger("hub.test.rehearsed", 2_000);
  private static final Duration MOST = Duration.ofMinutes(1);

  @Test
  void aHundredThousandMessagesTakeLessThanAMinute(@TempDir Path directory) throws Exception {
    Path bench = EmbeddedHub.home().resolve("src/test/resources/bench");
    Path connectors = Files.createDirectory(directory.resolve("connectors"));
    Files.createSymbolicLink(
        connectors.resolve("products"), EmbeddedHub.home().resolve("connectors/products"));
    Files.createSymbolicLink(connectors.resolve("source"), bench.resolve("connectors/source"));
    try (EmbeddedHub hub =
        EmbeddedHub.start(
            directory, connectors, "--hub.connectors.routes=" + bench.resolve("routes"))) {
      new StoredMessages(hub).fill(MESSAGES);
      Path source = bench.resolve("connectors/source");
      assertThat(measured(hub, source, "")).isLessThan(MOST);
      assertThat(measured(hub, source, " & '区域'")).isLessThan(MOST);
    }
  }

  private static Duration measured(EmbeddedHub hub, Path folder, String change) throws Exception {
    Instant begin = Instant.now();
    Rehearsal rehearsal =
        hub.part(Rehearsals.class)
            .start(
                new Order(
                    "source",
                    Window.of(
                        "1d",
                        null,
                        hub.part(AdmissionParts.class).clock(),
                        java.time.ZoneOffset.UTC),
                    null),
                zip(folder, change));
    rehearsal.await(MOST.multipliedBy(5));
    Duration taken = Duration.between(begin, Instant.now());
    Rehearsal.View view = rehearsal.view(10);
    System.out.printf(
        "%s: %s messages rehearsed in %.1f s%n",
        change.isEmpty() ? "nothing differs" : "every ticket differs",
        view.counts().messagesCompared(),
        taken.toMillis() / 1_000.0);
    assertThat(view.state()).isEqualTo(Rehearsal.State.DONE);
    assertThat(view.counts().messagesCompared()).isEqualTo(MESSAGES);
    assertThat(view.affected().isEmpty()).isEqualTo(change.isEmpty());
    return taken;
  }

  private static byte[] zip(Path folder, String change) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
        zip.write(
            Files.readString(file)
                .replace("\"region\": district", "\"region\": district" + change)
                .getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}

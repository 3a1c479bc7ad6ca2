package io.tickethub.kit.rehearsal;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.OperatingSystemMXBean;
import io.tickethub.connector.channel.AdmissionParts;
import io.tickethub.harness.EmbeddedHub;
import io.tickethub.kit.rehearsal.Rehearsal.Order;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Measures rehearsals over a filled journal; the numbers of messages are its arguments. Once
 * nothing differs, and once every ticket does.
 */
final class RehearsalProgram {

  private RehearsalProgram() {}

  public static void main(String[] arguments) throws Exception {
    Path bench = EmbeddedHub.home().resolve("src/test/resources/bench");
    Path directory = Files.createTempDirectory("rehearsal-program");
    Path connectors = Files.createDirectory(directory.resolve("connectors"));
    Files.createSymbolicLink(
        connectors.resolve("products"), EmbeddedHub.home().resolve("connectors/products"));
    Files.createSymbolicLink(connectors.resolve("source"), bench.resolve("connectors/source"));
    int messages = Integer.parseInt(arguments[0]);
    try (EmbeddedHub hub =
        EmbeddedHub.start(
            directory, connectors, "--hub.connectors.routes=" + bench.resolve("routes"))) {
      new StoredMessages(hub).fill(messages);
      for (String change : List.of("", " & '区域'")) {
        measure(hub, bench.resolve("connectors/source"), change);
      }
    }
  }

  private static void measure(EmbeddedHub hub, Path folder, String change) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
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
    while (rehearsal.isRunning()) {
      rehearsal.await(Duration.ofSeconds(5));
      Rehearsal.View view = rehearsal.view(0);
      System.out.printf("%s %d of %d%n", view.stage(), view.done(), view.total());
    }
    Rehearsal.View view = rehearsal.view(10);
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "%s: %s messages in %.1f s, %.1f s of processor time, heap %d MB%n%s%n%s%n",
        change.isEmpty() ? "nothing differs" : "every ticket differs",
        view.counts().messagesCompared(),
        Duration.between(begin, Instant.now()).toMillis() / 1_000.0,
        (system.getProcessCpuTime() - cpu) / 1e9,
        (runtime.totalMemory() - runtime.freeMemory()) >> 20,
        new JsonMapper().writeValueAsString(view.affected()),
        view.counts());
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

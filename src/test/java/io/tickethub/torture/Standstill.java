package io.tickethub.torture;

import io.tickethub.harness.HubProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Sees when something that should go on does not, and what the hub was about then. */
final class Standstill {

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int LAST_LINES = 40;

  private final HubProcess hub;
  private final LongSupplier progress;
  private long reached = Long.MIN_VALUE;
  private long movedAt = System.nanoTime();

  /** {@code progress} grows as long as all is well. */
  Standstill(HubProcess hub, LongSupplier progress) {
    this.hub = hub;
    this.progress = progress;
  }

  /**
   * To be called now and then.
   *
   * @throws IllegalStateException with all that can be told, if nothing moved for a minute
   */
  void look() throws InterruptedException {
    long now = progress.getAsLong();
    if (now != reached) {
      reached = now;
      movedAt = System.nanoTime();
    } else if (System.nanoTime() - movedAt > LONGEST.toNanos()) {
      throw new IllegalStateException(
          "nothing has moved for %d s at %d%n%s"
              .formatted(LONGEST.toSeconds(), reached, explanation()));
    }
  }

  /** What the hub says of itself now, the end of its log, and its threads. */
  String explanation() throws InterruptedException {
    return String.join(
        System.lineSeparator(),
        hub.isAlive() ? "the hub's process is alive" : "THE HUB'S PROCESS HAS ENDED",
        "status: " + answer("/api/status"),
        "connectors: " + answer("/api/connectors"),
        "alerts: " + answer("/api/alerts"),
        "the end of its log:",
        lastLines(),
        "its threads:",
        threads());
  }

  private String answer(String path) throws InterruptedException {
    try {
      return hub.get(path).toString();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(hub.log(), StandardCharsets.UTF_8);
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private String threads() throws InterruptedException {
    try {
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(hub.process().pid()),
                  "Thread.print")
              .redirectErrorStream(true)
              .start();
      try (InputStream output = jcmd.getInputStream()) {
        String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor(10, TimeUnit.SECONDS);
        return text;
      }
    } catch (IOException e) {
      return e.toString();
    }
  }
}

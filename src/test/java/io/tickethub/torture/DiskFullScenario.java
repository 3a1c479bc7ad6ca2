package io.tickethub.torture;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The disk of the journal and the database is full, and is not any more. */
final class DiskFullScenario implements Scenario {

  private static final int CLERKS = 4;
  private static final int NOTES_OF_A_TICKET = 12;
  private static final double MESSAGES_A_SECOND = 50;
  private static final int MEGABYTES = 1_500;
  private static final Duration ALERT_WITHIN = Duration.ofSeconds(10);
  private static final Duration BACK_WITHIN = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "disk-full";
  }

  @Override
  public String promise() {
    return "the disk fills under load, N times: senders are told to keep what cannot be kept, an alert opens within 10 s, and"
        + " everything goes on by itself when there is space again";
  }

  @Override
  public int cycles() {
    return 5;
  }

  @Override
  public void play(Stage stage) throws Exception {
    stage.verdict().looksFor("unalerted");
    stage.verdict().looksFor("slow");
    try (Volume volume = Volume.create(stage.directory(), MEGABYTES)) {
      World.Plan plan = World.threeTargets().data(volume.root().resolve("data"));
      try (World world = new World(stage, plan)) {
        world.start();
        try (Clerks clerks =
            new Clerks(world, stage.verdict(), NOTES_OF_A_TICKET)
                .atMost(MESSAGES_A_SECOND)
                .begin(CLERKS, stage.seed(), ledger -> false)) {
          for (int cycle = 1; cycle <= stage.cycles(); cycle++) {
            TimeUnit.SECONDS.sleep(5);
            fill(stage, world, volume.root().resolve("ballast"));
            stage.say(
                "cycle %d of %d, %d receipts", cycle, stage.cycles(), world.ledger().receipts());
          }
        }
        world.settle();
        new Audit(world, stage.verdict()).all();
      }
    }
  }

  private static void fill(Stage stage, World world, Path ballast)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    write(ballast);
    awaitAlert(stage, world, begin);
    TimeUnit.SECONDS.sleep(10);
    // What is freed at first fills up again: a database that recovers writes too.
    write(ballast.resolveSibling("ballast-2"));
    TimeUnit.SECONDS.sleep(5);
    Files.deleteIfExists(ballast.resolveSibling("ballast-2"));
    Files.delete(ballast);
    long freed = System.nanoTime();
    long receipts = world.ledger().receipts();
    while (world.ledger().receipts() < receipts + 2 * CLERKS) {
      Duration took = Duration.ofNanos(System.nanoTime() - freed);
      if (took.compareTo(BACK_WITHIN) > 0) {
        stage.verdict().violation("slow", "no receipt %s after there was space again", took);
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    stage.verdict().most("slowest recovery, s", (System.nanoTime() - freed) / 1e9);
  }

  /** Until nothing more fits. */
  private static void write(Path ballast) {
    byte[] block = new byte[64 << 10];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      return;
    }
  }

  private static void awaitAlert(Stage stage, World world, long begin) throws InterruptedException {
    while (true) {
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      try {
        for (JsonNode alert : world.hub().get("/api/alerts")) {
          String kind = alert.path("kind").asText();
          if (kind.equals("disk-full")) {
            stage.verdict().most("slowest alert, s", took.toMillis() / 1000.0);
            if (took.compareTo(ALERT_WITHIN) > 0) {
              stage.verdict().violation("unalerted", "an alert came after %s", took);
            }
            return;
          }
        }
      } catch (IOException e) {
        stage.say("the hub does not say its alerts: %s", e.getMessage());
      }
      if (took.compareTo(ALERT_WITHIN.multipliedBy(6)) > 0) {
        stage.verdict().violation("unalerted", "no alert after %s", took);
        return;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }
}

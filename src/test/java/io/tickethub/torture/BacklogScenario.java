package io.tickethub.torture;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A system is down for so long that very much waits for it. */
final class BacklogScenario implements Scenario {

  private static final int CLERKS = 16;
  private static final int NOTES_OF_A_TICKET = 20;
  private static final int PROBE_SECONDS = 60;
  private static final Duration RESTART_WITHIN = Duration.ofSeconds(60);
  private static final double SLOWER_AT_MOST = 1.5;
  private static final double NOISE_MILLISECONDS = 20;

  @Override
  public String name() {
    return "backlog";
  }

  @Override
  public String promise() {
    return "N deliveries wait for a target that is down: the hub has 512 MB of heap, starts again within 60 s, and another target"
        + " is told as fast as without them";
  }

  @Override
  public int cycles() {
    return 1_000_000;
  }

  @Override
  public void play(Stage stage) throws Exception {
    stage.verdict().looksFor("slow");
    stage.verdict().looksFor("slower");
    String delivery = "{first-retry: 500ms, longest-retry: 10s, concurrency: 8, per-second: 2000}";
    World.Plan plan =
        new World.Plan().honouringKeys("north", delivery).honouringKeys("south", delivery);
    Waits waits = new Waits();
    try (World world = new World(stage, plan)) {
      Target north = world.target("north");
      north.onNote((note, at) -> waits.heard("north", note, at));
      world.start();
      probe(stage, world, waits, "without");
      world.target("south").mood(Mood.REFUSES);
      fill(stage, world);
      awaitTold(stage, world);
      probe(stage, world, waits, "with");
      judge(stage, waits);
      long begin = System.nanoTime();
      world.hub().kill();
      Duration ready = world.start();
      stage.verdict().fact("ready again with the backlog, s", ready.toMillis() / 1000.0);
      if (ready.compareTo(RESTART_WITHIN) > 0) {
        stage.verdict().violation("slow", "ready after %s", ready);
      }
      stage.say("ready again after %.1f s", (System.nanoTime() - begin) / 1e9);
      drain(stage, world);
    }
  }

  private static void fill(Stage stage, World world) throws IOException, InterruptedException {
    try (Clerks clerks = new Clerks(world, stage.verdict(), NOTES_OF_A_TICKET)) {
      clerks.begin(CLERKS, stage.seed() + 1, ledger -> ledger.receipts() >= stage.cycles());
      while (world.ledger().receipts() < stage.cycles()) {
        TimeUnit.SECONDS.sleep(10);
        stage.say(
            "%d receipts, %d wait for south, heap %d MB",
            world.ledger().receipts(), waiting(world, "south"), heap(world));
      }
      clerks.await();
    }
  }

  private static void awaitTold(Stage stage, World world) throws InterruptedException {
    long told = -1;
    while (world.target("north").ledger().notes() < world.ledger().notes()) {
      long now = world.target("north").ledger().notes();
      if (now == told) {
        stage.verdict().violation("slower", "north stands still at %d notes", now);
        return;
      }
      told = now;
      TimeUnit.SECONDS.sleep(10);
    }
  }

  private static void probe(Stage stage, World world, Waits waits, String phase)
      throws InterruptedException {
    waits.phase(phase);
    try (Clerks clerks =
        new Clerks(world, stage.verdict(), NOTES_OF_A_TICKET)
            .named("P-" + phase)
            .tell(waits::said)
            .atMost(10)
            .begin(4, stage.seed() + 2, ledger -> false)) {
      TimeUnit.SECONDS.sleep(PROBE_SECONDS);
    }
  }

  private static void judge(Stage stage, Waits waits) {
    double without = waits.p99("north", "without");
    double with = waits.p99("north", "with");
    stage.verdict().fact("p99 of north without the backlog, ms", without);
    stage.verdict().fact("p99 of north with the backlog, ms", with);
    if (!(with <= Math.max(without * SLOWER_AT_MOST, without + NOISE_MILLISECONDS))) {
      stage.verdict().violation("slower", "%.1f ms, was %.1f ms", with, without);
    }
  }

  private static void drain(Stage stage, World world) throws IOException, InterruptedException {
    Target south = world.target("south");
    long begin = System.nanoTime();
    long before = south.ledger().notes();
    south.mood(Mood.WELL);
    while (south.ledger().notes() < world.ledger().notes()) {
      TimeUnit.SECONDS.sleep(10);
      double rate = (south.ledger().notes() - before) / ((System.nanoTime() - begin) / 1e9);
      stage.verdict().fact("drained, notes a second", Math.round(rate));
      stage.say(
          "%d of %d told to south, %.0f a second, heap %d MB",
          south.ledger().notes(), world.ledger().notes(), rate, heap(world));
    }
    new Audit(world, stage.verdict()).some(2_000);
  }

  private static long waiting(World world, String connector)
      throws IOException, InterruptedException {
    for (JsonNode line : world.hub().get("/api/status").get("connectors")) {
      if (line.path("name").asText().equals(connector)) {
        return line.path("waiting").asLong();
      }
    }
    return 0;
  }

  private static long heap(World world) throws IOException, InterruptedException {
    return world.hub().metric("jvm_memory_used_bytes", "area=\"heap\"") >> 20;
  }
}

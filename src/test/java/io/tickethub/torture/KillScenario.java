package io.tickethub.torture;

import io.tickethub.harness.Ports;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** {@code kill -9}, at random points and at each boundary between two commits. */
final class KillScenario implements Scenario {

  private static final int CLERKS = 4;
  private static final int NOTES_OF_A_TICKET = 12;
  private static final double MESSAGES_A_SECOND = 50;
  private static final int LONGEST_LIFE_MILLISECONDS = 3_000;
  private static final int MOST_PASSES = 20;
  private static final int RANDOM_KILLS_A_BOUNDARY = 40;
  private static final Duration READY_AGAIN = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SLOW = "slow";

  @Override
  public String name() {
    return "kill";
  }

  @Override
  public String promise() {
    return "kill -9 under load, at random points and at each commit boundary: nothing lost, repeated or reordered, ready"
        + " again within 15 s without a hand";
  }

  @Override
  public int cycles() {
    return 200;
  }

  @Override
  public void play(Stage stage) throws Exception {
    stage.verdict().looksFor(SLOW);
    atRandom(stage.part("random", stage.cycles()));
    if (stage.little()) {
      return;
    }
    atBoundaries(stage.part("boundaries", Math.max(1, stage.cycles() / RANDOM_KILLS_A_BOUNDARY)));
  }

  private static void atRandom(Stage stage) throws Exception {
    Random random = stage.random();
    try (World world = new World(stage, World.threeTargets())) {
      world.start();
      try (Clerks clerks = clerks(stage, world)) {
        for (int cycle = 1; cycle <= stage.cycles(); cycle++) {
          TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_LIFE_MILLISECONDS));
          killAndStart(stage, world, "at random");
          stage.say("kill %d of %d, %d receipts", cycle, stage.cycles(), world.ledger().receipts());
        }
      }
      world.settle();
      new Audit(world, stage.verdict()).all();
    }
  }

  private static void atBoundaries(Stage stage) throws Exception {
    Random random = stage.random();
    Breakpoint breakpoint = new Breakpoint(Ports.free(1).get(0));
    World.Plan plan =
        World.threeTargets().environment("HUB_JAVA_OPTIONS", "-Xmx512m " + breakpoint.option());
    try (World world = new World(stage, plan)) {
      world.start();
      try (Clerks clerks = clerks(stage, world)) {
        for (int cycle = 1; cycle <= stage.cycles(); cycle++) {
          for (Boundary boundary : Boundary.ALL) {
            int times = 1 + random.nextInt(MOST_PASSES);
            boolean hit = breakpoint.await(boundary.type(), boundary.method(), times, PATIENCE);
            if (!hit) {
              stage.verdict().violation("unreached", "%s", boundary);
            }
            killAndStart(stage, world, boundary.title());
            stage.say("killed: %s (%d of %d)", boundary.title(), cycle, stage.cycles());
          }
        }
      }
      world.settle();
      new Audit(world, stage.verdict()).all();
    }
  }

  private static Clerks clerks(Stage stage, World world) {
    return new Clerks(world, stage.verdict(), NOTES_OF_A_TICKET)
        .atMost(MESSAGES_A_SECOND)
        .begin(CLERKS, stage.seed(), ledger -> false);
  }

  private static void killAndStart(Stage stage, World world, String where)
      throws IOException, InterruptedException {
    world.hub().kill();
    stage.verdict().count("kills", 1);
    Duration ready = world.start();
    if (!stage.little() && ready.compareTo(READY_AGAIN) > 0) {
      stage.verdict().violation(SLOW, "ready after %s, killed %s", ready, where);
    }
  }
}

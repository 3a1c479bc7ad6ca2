package io.tickethub.torture;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** A system does what it is told, and the answer is lost, thousands of times. */
final class ReplyLostScenario implements Scenario {

  private static final int CLERKS = 8;
  private static final int NOTES_OF_A_TICKET = 10;
  private static final double MESSAGES_A_SECOND = 40;
  private static final int LOOKS_A_LINE = 20;

  @Override
  public String name() {
    return "reply-lost";
  }

  @Override
  public String promise() {
    return "a target commits and its answer is lost, N times, at a system that honours keys and at one that is asked: no"
        + " second effect";
  }

  @Override
  public int cycles() {
    return 10_000;
  }

  @Override
  public void play(Stage stage) throws Exception {
    String delivery =
        "{first-retry: 50ms, longest-retry: 500ms, breaker-open: 1s, concurrency: 8, per-second: 1000}";
    World.Plan plan =
        new World.Plan().honouringKeys("north", delivery).canBeAsked("field", delivery);
    try (World world = new World(stage, plan)) {
      world.start();
      List<Target> targets = world.targets();
      try (Clerks clerks =
          new Clerks(world, stage.verdict(), NOTES_OF_A_TICKET)
              .atMost(MESSAGES_A_SECOND)
              .begin(CLERKS, stage.seed(), ledger -> lost(targets) >= stage.cycles())) {
        for (Target target : targets) {
          target.mood(Mood.LOSES_ANSWERS);
        }
        int look = 0;
        Standstill standstill = new Standstill(world.hub(), () -> lost(targets));
        for (long lost = 0; lost < stage.cycles(); lost = lost(targets)) {
          TimeUnit.MILLISECONDS.sleep(500);
          standstill.look();
          if (++look % LOOKS_A_LINE == 0) {
            stage.say("%d answers lost of %d", lost(targets), stage.cycles());
          }
        }
        for (Target target : targets) {
          target.mood(Mood.WELL);
        }
        clerks.await();
      }
      world.settle();
      targets.forEach(
          target -> stage.verdict().fact("answers lost by " + target.name(), target.answersLost()));
      new Audit(world, stage.verdict()).all();
    }
  }

  private static long lost(List<Target> targets) {
    return targets.stream().mapToLong(Target::answersLost).min().orElse(0);
  }
}

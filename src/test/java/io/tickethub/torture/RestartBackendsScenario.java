package io.tickethub.torture;

import io.tickethub.harness.ExternalBroker;
import io.tickethub.harness.ExternalDatabase;
import io.tickethub.harness.Ports;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** PostgreSQL and Artemis are somebody else's, and come and go. */
final class RestartBackendsScenario implements Scenario {

  private static final int CLERKS = 4;
  private static final int NOTES_OF_A_TICKET = 12;
  private static final double MESSAGES_A_SECOND = 40;
  private static final Duration BACK_WITHIN = Duration.ofSeconds(30);
  private static final String SLOW = "slow";

  @Override
  public String name() {
    return "restart-backends";
  }

  @Override
  public String promise() {
    return "N restarts of an external Artemis and N immediate stops of an external PostgreSQL: intake goes on while the database"
        + " is down, the hub recovers within 30 s by itself";
  }

  @Override
  public int cycles() {
    return 50;
  }

  @Override
  public void play(Stage stage) throws Exception {
    stage.verdict().looksFor(SLOW);
    stage.verdict().looksFor("intake_stopped");
    Random random = stage.random();
    var ports = Ports.free(2);
    try (ExternalDatabase database =
            new ExternalDatabase(stage.home(), stage.directory(), ports.get(0));
        ExternalBroker broker = new ExternalBroker(stage.directory(), ports.get(1))) {
      database.start();
      broker.start();
      World.Plan plan =
          World.threeTargets()
              .backends(
                  "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(ports.get(0)),
                  "tcp://127.0.0.1:" + ports.get(1));
      try (World world = new World(stage, plan)) {
        world.start();
        try (Clerks clerks =
            new Clerks(world, stage.verdict(), NOTES_OF_A_TICKET)
                .atMost(MESSAGES_A_SECOND)
                .begin(CLERKS, stage.seed(), ledger -> false)) {
          for (int cycle = 1; cycle <= stage.cycles(); cycle++) {
            database.stopImmediately();
            long before = world.ledger().receipts();
            TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(3_000));
            if (world.ledger().receipts() == before) {
              stage.verdict().violation("intake_stopped", "no receipt in cycle %d", cycle);
            }
            database.start();
            awaitFlow(stage, world, "the database, cycle " + cycle);
            broker.stop();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(2_000));
            broker.start();
            awaitFlow(stage, world, "the broker, cycle " + cycle);
            stage.say(
                "cycle %d of %d, %d receipts", cycle, stage.cycles(), world.ledger().receipts());
          }
        }
        world.settle();
        new Audit(world, stage.verdict()).all();
      }
    }
  }

  /** Something that is said now reaches every system. */
  private static void awaitFlow(Stage stage, World world, String after)
      throws InterruptedException {
    long begin = System.nanoTime();
    long[] told = world.targets().stream().mapToLong(target -> target.ledger().notes()).toArray();
    long receipts = world.ledger().receipts();
    while (true) {
      boolean flows = world.ledger().receipts() > receipts;
      for (int i = 0; i < told.length; i++) {
        flows &= world.targets().get(i).ledger().notes() > told[i];
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      if (flows) {
        stage.verdict().most("slowest recovery, s", took.toMillis() / 1000.0);
        if (took.compareTo(BACK_WITHIN) > 0) {
          stage.verdict().violation(SLOW, "%s after %s", took, after);
        }
        return;
      }
      if (took.compareTo(BACK_WITHIN.multipliedBy(4)) > 0) {
        stage.verdict().violation(SLOW, "nothing flows %s after %s", took, after);
        return;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}

package io.tickethub.torture;

import io.tickethub.torture.FaultProxy.Weather;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The links between the hub and two of its systems, and between the desk and the hub, fail. */
final class NetworkScenario implements Scenario {

  private static final int CLERKS = 4;
  private static final int NOTES_OF_A_TICKET = 12;
  private static final double MESSAGES_A_SECOND = 10;
  private static final Duration BACK_WITHIN = Duration.ofSeconds(10);

  /** What pools may keep more than before. */
  private static final int MORE_THREADS = 20;

  private static final int MORE_FILES = 60;

  private static final List<Weather> WEATHERS =
      List.of(Weather.CUT, Weather.HALF_OPEN, Weather.ONE_MEGABIT);

  @Override
  public String name() {
    return "network";
  }

  @Override
  public String promise() {
    return "links cut, half-open and of 1 Mbit/s, N seconds in all: nothing lost, no thread or connection left over, back within"
        + " 10 s";
  }

  @Override
  public int cycles() {
    return 600;
  }

  @Override
  public void play(Stage stage) throws Exception {
    stage.verdict().looksFor("slow");
    stage.verdict().looksFor("leaked");
    String delivery =
        "{first-retry: 500ms, longest-retry: 3s, breaker-open: 2s, answer-within: 3s, concurrency: 8}";
    World.Plan plan =
        new World.Plan()
            .honouringKeys("north", delivery)
            .honouringKeys("south", delivery)
            .canBeAsked("field", delivery)
            .overNetwork("south", "field");
    try (World world = new World(stage, plan)) {
      world.start();
      try (Clerks clerks =
          new Clerks(world, stage.verdict(), NOTES_OF_A_TICKET)
              .atMost(MESSAGES_A_SECOND)
              .begin(CLERKS, stage.seed(), ledger -> false)) {
        TimeUnit.SECONDS.sleep(10);
        awaitCaughtUp(stage, world, Weather.FINE);
        long threads = threads(world);
        long files = files(world);
        for (Weather weather : WEATHERS) {
          world.network(weather);
          TimeUnit.SECONDS.sleep(Math.max(1, stage.cycles() / WEATHERS.size()));
          world.network(Weather.FINE);
          awaitFlow(stage, world, weather);
          awaitCaughtUp(stage, world, weather);
          stage.say("%s over, %d receipts", weather, world.ledger().receipts());
        }
        TimeUnit.SECONDS.sleep(10);
        judgeLeaks(stage, world, threads, files);
      }
      world.settle();
      new Audit(world, stage.verdict()).all();
    }
  }

  /** Something reaches each system again. */
  private static void awaitFlow(Stage stage, World world, Weather after)
      throws InterruptedException {
    long begin = System.nanoTime();
    for (Target target : world.targets()) {
      long told = target.ledger().notes();
      while (target.ledger().notes() == told) {
        if (System.nanoTime() - begin > 6 * BACK_WITHIN.toNanos()) {
          stage.verdict().violation("slow", "%s hears nothing after %s", target.name(), after);
          return;
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    stage.verdict().most("slowest way back, s", took.toMillis() / 1000.0);
    if (took.compareTo(BACK_WITHIN) > 0) {
      stage.verdict().violation("slow", "back %s after %s", took, after);
    }
  }

  private static void awaitCaughtUp(Stage stage, World world, Weather after)
      throws InterruptedException {
    long begin = System.nanoTime();
    for (Target target : world.targets()) {
      while (target.ledger().notes() + 2L * CLERKS * MESSAGES_A_SECOND < world.ledger().notes()) {
        if (System.nanoTime() - begin > TimeUnit.MINUTES.toNanos(5)) {
          stage.verdict().violation("slow", "%s does not catch up after %s", target.name(), after);
          return;
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private static void judgeLeaks(Stage stage, World world, long threads, long files)
      throws IOException, InterruptedException {
    long threadsNow = threads(world);
    long filesNow = files(world);
    stage.verdict().fact("threads", "%d, then %d".formatted(threads, threadsNow));
    stage.verdict().fact("open files and connections", "%d, then %d".formatted(files, filesNow));
    if (threadsNow > threads + MORE_THREADS || filesNow > files + MORE_FILES) {
      stage
          .verdict()
          .violation(
              "leaked",
              "%d threads, were %d; %d files, were %d",
              threadsNow,
              threads,
              filesNow,
              files);
    }
  }

  private static long threads(World world) throws IOException, InterruptedException {
    return world.hub().metric("jvm_threads_live_threads", "");
  }

  private static long files(World world) throws IOException {
    try (Stream<Path> open =
        Files.list(Path.of("/proc/%d/fd".formatted(world.hub().process().pid())))) {
      return open.count();
    }
  }
}

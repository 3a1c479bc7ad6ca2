package io.tickethub.torture;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The machine's clock is set to and fro under the hub, its database and its broker, in the time
 * zones of this world; some of the time a system is down, so that deliveries wait for their turn,
 * and some of the time the hub is killed.
 */
final class ClockScenario implements Scenario {

  private static final int CLERKS = 4;
  private static final int NOTES_OF_A_TICKET = 12;
  private static final double MESSAGES_A_SECOND = 10;
  private static final Duration BACK_WITHIN = Duration.ofSeconds(20);
  private static final int KILL_EVERY = 4;

  /** Where Debian's package libfaketime puts it, by processor. */
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"));

  private static final List<Duration> STEPS =
      List.of(Duration.ofHours(1), Duration.ofHours(-1), Duration.ofDays(30), Duration.ofDays(-30));

  private static final Duration BEFORE_THE_CHANGE = Duration.ofSeconds(20);

  /** Two of them begin shortly before a day of 23 or 25 hours. */
  private static final List<String> ZONES =
      List.of("Asia/Shanghai", "America/New_York", "UTC", "Pacific/Chatham");

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public String promise() {
    return "the machine's clock is set by 1 h and 30 d forward and back, N times in all, under each of four time zones and with"
        + " kills: nothing lost, repeated or reordered, what waits is told within 20 s (needs Debian's libfaketime)";
  }

  @Override
  public int cycles() {
    return 80;
  }

  @Override
  public void play(Stage stage) throws Exception {
    stage.verdict().looksFor("slow");
    Path library =
        LIBRARIES.stream()
            .filter(Files::exists)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "there is no libfaketime: apt-get install libfaketime"));
    for (String zone : ZONES) {
      inZone(
          stage.part(zone.replace('/', '-'), Math.max(4, stage.cycles() / ZONES.size())),
          zone,
          library);
    }
  }

  private static void inZone(Stage stage, String zone, Path library) throws Exception {
    Path offset = stage.directory().resolve("offset");
    Random random = new Random(stage.seed() + zone.hashCode());
    Duration set = shortlyBeforeTheZoneChanges(zone);
    set(offset, set);
    try (World world = new World(stage, plan(zone, library, offset))) {
      world.start();
      try (Clerks clerks =
          new Clerks(world, stage.verdict(), NOTES_OF_A_TICKET)
              .atMost(MESSAGES_A_SECOND)
              .begin(CLERKS, stage.seed(), ledger -> false)) {
        for (int cycle = 1; cycle <= stage.cycles(); cycle++) {
          world.target("south").mood(Mood.REFUSES);
          TimeUnit.MILLISECONDS.sleep(1_000 + random.nextInt(2_000));
          Duration step = STEPS.get(random.nextInt(STEPS.size()));
          set = set.plus(step);
          boolean kill = cycle % KILL_EVERY == 0;
          if (kill) {
            world.hub().kill();
          }
          set(offset, set);
          if (kill) {
            world.start();
            stage.verdict().count("kills", 1);
          }
          TimeUnit.MILLISECONDS.sleep(1_500);
          world.target("south").mood(Mood.WELL);
          awaitCaughtUp(stage, world, step);
          stage.verdict().count("clock set", 1);
          stage.say(
              "%s: set by %s to %s off%s (%d of %d), %d receipts",
              zone,
              step,
              set,
              kill ? " while the hub was dead" : "",
              cycle,
              stage.cycles(),
              world.ledger().receipts());
        }
      }
      world.settle();
      new Audit(world, stage.verdict()).all();
      JsonNode alerts = world.hub().get("/api/alerts");
      stage.verdict().count("alerts still open", alerts.size());
    }
  }

  /** From now; none where summer time is not known. */
  private static Duration shortlyBeforeTheZoneChanges(String zone) {
    Instant now = Instant.now();
    ZoneOffsetTransition change = ZoneId.of(zone).getRules().nextTransition(now);
    return change == null
        ? Duration.ZERO
        : Duration.between(now, change.getInstant().minus(BEFORE_THE_CHANGE));
  }

  private static World.Plan plan(String zone, Path library, Path offset) {
    String delivery = "{first-retry: 200ms, longest-retry: 2s, breaker-open: 1s, concurrency: 8}";
    return new World.Plan()
        .honouringKeys("north", delivery)
        .honouringKeys("south", delivery)
        .canBeAsked("field", delivery)
        .environment("TZ", zone)
        .environment("LD_PRELOAD", library.toString())
        .environment("FAKETIME_TIMESTAMP_FILE", offset.toString())
        .environment("FAKETIME_CACHE_DURATION", "1")
        .environment("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        .environment("FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  private static void set(Path offset, Duration by) throws IOException {
    Path next = offset.resolveSibling("next-offset");
    Files.writeString(next, "%s%d".formatted(by.isNegative() ? "-" : "+", by.abs().toSeconds()));
    Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void awaitCaughtUp(Stage stage, World world, Duration step)
      throws InterruptedException {
    long begin = System.nanoTime();
    long said = world.ledger().notes();
    for (Target target : world.targets()) {
      while (target.ledger().notes() < said) {
        if (System.nanoTime() - begin > BACK_WITHIN.toNanos()) {
          stage
              .verdict()
              .violation(
                  "slow",
                  "%s was not told all within %s, the clock set by %s",
                  target.name(),
                  BACK_WITHIN,
                  step);
          return;
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    stage.verdict().most("slowest way back, s", took.toMillis() / 1000.0);
  }
}

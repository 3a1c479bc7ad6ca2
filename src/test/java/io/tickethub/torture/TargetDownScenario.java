package io.tickethub.torture;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One of three systems is down, in every way a system can be. */
final class TargetDownScenario implements Scenario {

  private static final int CLERKS = 4;
  private static final int NOTES_OF_A_TICKET = 10;
  private static final double MESSAGES_A_SECOND = 10;
  private static final int PER_SECOND = 100;

  /** A full bucket may go at once, then a second's worth each second. */
  private static final double RATE_TOLERANCE = 1.1;

  private static final double SLOWER_AT_MOST = 1.5;

  private static final List<Mood> WAYS =
      List.of(Mood.REFUSES, Mood.BLACK_HOLE, Mood.HANGS, Mood.FAILS, Mood.WRONG_CREDENTIALS);

  private static final List<Mood> LITTLE = List.of(Mood.REFUSES, Mood.WRONG_CREDENTIALS);

  private static final int WARM_UP_SECONDS = 20;

  @Override
  public String name() {
    return "target-down";
  }

  @Override
  public String promise() {
    return "one of three targets is down for N seconds in each way (refused, black hole, hangs, 5xx, wrong credentials): the"
        + " others' p99 is at most 1.5 times as long, it is drained at its rate limit afterwards, one alert opens and closes";
  }

  @Override
  public int cycles() {
    return 180;
  }

  @Override
  public void play(Stage stage) throws Exception {
    String delivery =
        "{first-retry: 500ms, longest-retry: 5s, breaker-open: 5s, answer-within: 3s, per-second: %d, concurrency: 8}"
            .formatted(PER_SECOND);
    World.Plan plan =
        new World.Plan()
            .honouringKeys("north", delivery)
            .honouringKeys("south", delivery)
            .honouringKeys("field", delivery);
    Waits waits = new Waits();
    try (World world = new World(stage, plan)) {
      for (Target target : world.targets()) {
        target.onNote((note, at) -> waits.heard(target.name(), note, at));
      }
      world.start();
      try (Clerks clerks =
          new Clerks(world, stage.verdict(), NOTES_OF_A_TICKET)
              .atMost(MESSAGES_A_SECOND)
              .tell(waits::said)
              .begin(CLERKS, stage.seed(), ledger -> false)) {
        waits.phase("warm-up");
        TimeUnit.SECONDS.sleep(stage.little() ? 1 : WARM_UP_SECONDS);
        for (Mood way : stage.little() ? LITTLE : WAYS) {
          play(stage, world, waits, way);
        }
      }
      world.settle();
      new Audit(world, stage.verdict()).all();
    }
  }

  private static void play(Stage stage, World world, Waits waits, Mood way) throws Exception {
    Target south = world.target("south");
    String well = "before " + way;
    String down = "during " + way;
    waits.phase(well);
    TimeUnit.SECONDS.sleep(stage.cycles());
    int alerts = alerts(world).size();
    waits.phase(down);
    south.mood(way);
    TimeUnit.SECONDS.sleep(stage.cycles());
    waits.phase("after " + way);
    south.mood(Mood.WELL);
    if (way == Mood.WRONG_CREDENTIALS) {
      world.hub().post("/api/connectors/south/resume");
    }
    drain(stage, world, way);
    judge(stage, waits, way, well, down);
    judgeAlerts(stage, world, way, alerts);
  }

  private static void drain(Stage stage, World world, Mood way)
      throws IOException, InterruptedException {
    Target south = world.target("south");
    Target north = world.target("north");
    List<Long> seconds = new ArrayList<>();
    long told = south.ledger().notes();
    while (south.ledger().notes() < north.ledger().notes() - PER_SECOND / 2) {
      TimeUnit.SECONDS.sleep(1);
      long now = south.ledger().notes();
      seconds.add(now - told);
      told = now;
      if (seconds.size() > 10 * stage.cycles() + 120) {
        stage
            .verdict()
            .violation("undrained", "south after %s: %d behind", way, north.ledger().notes() - now);
        return;
      }
    }
    long most = seconds.stream().max(Long::compare).orElse(0L);
    long all = seconds.stream().mapToLong(Long::longValue).sum();
    long permitted = Math.round(PER_SECOND * (seconds.size() + 1) * RATE_TOLERANCE);
    stage.verdict().fact("drained after %s, s".formatted(way), seconds.size());
    stage.verdict().fact("drained after %s, most a second".formatted(way), most);
    stage.verdict().looksFor("too_fast");
    if (all > permitted) {
      stage.verdict().violation("too_fast", "%d in %d s after %s", all, seconds.size(), way);
    }
  }

  private static void judge(Stage stage, Waits waits, Mood way, String well, String down) {
    stage.verdict().looksFor("slower");
    for (String other : List.of("north", "field")) {
      double before = waits.p99(other, well);
      double during = waits.p99(other, down);
      stage.verdict().fact("p99 of %s %s, ms".formatted(other, well), before);
      stage.verdict().fact("p99 of %s %s, ms".formatted(other, down), during);
      stage.say("%s: p99 of %s %.1f ms before, %.1f ms during", way, other, before, during);
      if (!stage.little() && !(during <= before * SLOWER_AT_MOST)) {
        stage
            .verdict()
            .violation("slower", "%s: %s %.1f ms, was %.1f ms", way, other, during, before);
      }
    }
  }

  private static void judgeAlerts(Stage stage, World world, Mood way, int before)
      throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(2);
    stage.verdict().looksFor("alerts");
    List<JsonNode> fresh = alerts(world);
    fresh = fresh.subList(0, fresh.size() - before);
    boolean good =
        fresh.size() == 1
            && fresh.get(0).path("subject").asText().equals("south")
            && fresh.get(0).hasNonNull("closedAt");
    if (!good) {
      stage.verdict().violation("alerts", "%s: %s", way, fresh);
    }
  }

  /** The newest first. */
  private static List<JsonNode> alerts(World world) throws IOException, InterruptedException {
    List<JsonNode> alerts = new ArrayList<>();
    world.hub().get("/api/alerts?closed=true&limit=500").forEach(alerts::add);
    return Collections.unmodifiableList(alerts);
  }
}

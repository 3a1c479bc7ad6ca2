package io.tickethub.torture;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.demo.DemoWorld;
import io.tickethub.demo.Flow;
import io.tickethub.demo.Reconciliation;
import io.tickethub.standin.Mischief;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The six systems around the hub say things in the wrong order, twice, or contradict each other.
 */
final class DisorderScenario implements Scenario {

  private static final double TICKETS_A_SECOND = 6;
  private static final Duration PACE = Duration.ofMillis(300);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(180);
  private static final int SPELL_SECONDS = 4;
  private static final String DIFFERENT = "different";

  private static final List<String> SYSTEMS =
      List.of(
          "call-center",
          "fault-112",
          "partner-campus-card",
          "partner-hospital",
          "partner-transport");

  @Override
  public String name() {
    return "disorder";
  }

  @Override
  public String promise() {
    return "the systems send updates before the create, replies before the dispatch and progress after the archive, each twice,"
        + " all the while: bridged or kept as a conflict, and every system believes in the end what the hub believes";
  }

  @Override
  public int cycles() {
    return 1_000;
  }

  @Override
  public void play(Stage stage) throws Exception {
    stage.verdict().looksFor(DIFFERENT);
    Random random = stage.random();
    try (DemoWorld world =
        new DemoWorld(stage.home(), stage.directory(), PACE, stage.seed(), stage::hub)) {
      world.hub().start();
      world.load(stage.cycles(), TICKETS_A_SECOND);
      boolean settled = false;
      Flow flow = new Flow();
      for (int second = 1; !settled && flow.silence().compareTo(LONGEST_SILENCE) < 0; second++) {
        TimeUnit.SECONDS.sleep(1);
        if (second % 2 == 0 && world.ledgers().get("made").asLong() < stage.cycles()) {
          misbehave(stage, world, random);
        }
        JsonNode status = world.hub().get("/api/status");
        String line = flow.line(status);
        if (second % 10 == 0) {
          stage.say("%s", line);
        }
        settled = world.isSettled(status, stage.cycles());
      }
      if (!settled) {
        stage.verdict().violation(DIFFERENT, "nothing moves, and not every ticket is archived");
      }
      judge(stage, world);
      reconcile(stage, world);
    }
  }

  /** The hub asks the systems itself: what it finds it repairs, and then finds nothing. */
  private static void reconcile(Stage stage, DemoWorld world)
      throws IOException, InterruptedException {
    Verdict verdict = stage.verdict();
    List<JsonNode> found = reconciled(world, true);
    found.forEach(drift -> stage.say("hub reconcile: %s", drift));
    verdict.fact("differences the hub found itself", found.size());
    List<JsonNode> left = found.isEmpty() ? found : reconciled(world, false);
    left.forEach(drift -> verdict.violation(DIFFERENT, "after hub reconcile: %s", drift));
  }

  private static List<JsonNode> reconciled(DemoWorld world, boolean repair)
      throws IOException, InterruptedException {
    List<JsonNode> drifts = new ArrayList<>();
    for (JsonNode connector : world.hub().get("/api/reconciliations/connectors")) {
      JsonNode run =
          world
              .hub()
              .post(
                  "/api/reconciliations?connector=%s&repair=%s"
                      .formatted(connector.asText(), repair));
      String path = "/api/reconciliations/" + run.get("id").asText();
      while (!List.of("done", "failed").contains(run.get("state").asText())) {
        TimeUnit.MILLISECONDS.sleep(500);
        run = world.hub().get(path);
      }
      if (run.get("state").asText().equals("failed")) {
        throw new IOException(connector.asText() + ": " + run.path("cause").asText());
      }
      world.hub().get(path + "/drifts?limit=500").forEach(drifts::add);
    }
    return drifts;
  }

  private static void misbehave(Stage stage, DemoWorld world, Random random)
      throws IOException, InterruptedException {
    String system = SYSTEMS.get(random.nextInt(SYSTEMS.size()));
    Mischief how = random.nextInt(4) == 0 ? Mischief.DUPLICATE : Mischief.OUT_OF_ORDER;
    world.misbehave(system, how, Duration.ofSeconds(SPELL_SECONDS));
    stage.verdict().count(how.name().toLowerCase().replace('_', ' ') + " spells", 1);
  }

  private static void judge(Stage stage, DemoWorld world) throws IOException, InterruptedException {
    Reconciliation result = Reconciliation.of(world, world.ledgers().get("opened").asLong());
    Verdict verdict = stage.verdict();
    result.differences().forEach(difference -> verdict.violation(DIFFERENT, "%s", difference));
    for (long i = 0; i < result.duplicates(); i++) {
      verdict.violation(Audit.DUPLICATED, "see the systems' complaints");
    }
    for (long i = 0; i < result.orderViolations(); i++) {
      verdict.violation(Audit.REORDERED, "see the systems' complaints");
    }
    result.complaints().forEach(complaint -> stage.say("%s", complaint));
    verdict.fact("tickets", result.tickets());
    verdict.fact("archived", result.archived());
    verdict.fact("dead letters", world.hub().get("/api/dead-letters").size());
  }
}

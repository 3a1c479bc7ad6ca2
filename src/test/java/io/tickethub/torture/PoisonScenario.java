package io.tickethub.torture;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.harness.SendingSystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One of a hundred messages is poison, and people replay what gave up while the others go on. */
final class PoisonScenario implements Scenario {

  private static final int CLERKS = 8;
  private static final int NOTES_OF_A_TICKET = 10;
  private static final double POISON = 0.01;
  private static final double LIVE_A_SECOND = 10;
  private static final int ORPHANS_OF = 1_000;
  private static final int NONSENSE_OF = 1_000;

  /** A mapping that makes no change of a message is the hub's fault, not the sender's. */
  private static final int FAILED = 500;

  private static final String REFUSED = "north/told/delivery/http-422";
  private static final String ORPHANED = "desk/newest/message/unknown-ticket";
  private static final String BROKEN = "still_broken";
  private static final String CAUSES = "causes";
  private static final String JOBS = "jobs";

  @Override
  public String name() {
    return "poison";
  }

  @Override
  public String promise() {
    return "N messages, 1% of them poison for one target, some for the mapping, some of tickets nobody knows: all kept with"
        + " cause; the group is replayed while it still fails (stops after one), then twice at once when it is mended,"
        + " through a kill and while the same tickets go on: one effect each, in order";
  }

  @Override
  public int cycles() {
    return 100_000;
  }

  @Override
  public void play(Stage stage) throws Exception {
    String delivery = "{first-retry: 200ms, longest-retry: 2s, concurrency: 8, per-second: 1000}";
    World.Plan plan =
        new World.Plan()
            .honouringKeys("north", delivery)
            .honouringKeys("south", delivery)
            .configuration("  pipeline: {wait-for-ticket: 2s}\n");
    for (String what : List.of(BROKEN, CAUSES, JOBS)) {
      stage.verdict().looksFor(what);
    }
    try (World world = new World(stage, plan)) {
      world.start();
      world.target("north").refuses(note -> note.contains(Clerks.POISON));
      List<String> orphans = new ArrayList<>();
      try (Clerks clerks =
          new Clerks(world, stage.verdict(), NOTES_OF_A_TICKET)
              .poison(POISON)
              .begin(CLERKS, stage.seed(), ledger -> ledger.receipts() >= stage.cycles())) {
        nonsense(stage, world);
        orphans.addAll(orphans(stage, world));
        clerks.await();
      }
      List<String> poisoned = poisoned(world);
      awaitLetters(stage, world, REFUSED, poisoned.size());
      awaitLetters(stage, world, ORPHANED, 2L * orphans.size());
      causes(stage, world);
      replayWhileBroken(stage, world, poisoned.size());
      world.target("north").refuses(note -> false);
      replayMended(stage, world, poisoned, orphans);
      world.settle();
      new Audit(world, stage.verdict()).all();
    }
  }

  /** What the mapping makes nothing of is refused at once, and kept with its cause. */
  private static void nonsense(Stage stage, World world) throws Exception {
    int count = stage.cycles() / NONSENSE_OF;
    for (int i = 0; i < count; i++) {
      int status =
          world
              .desk()
              .sends("newest", SendingSystem.fresh(), Map.of("type", "nonsense", "note", "n" + i));
      if (status != FAILED) {
        stage.verdict().violation(CAUSES, "nonsense was answered with %d", status);
      }
    }
    stage.verdict().fact("refused at the receipt", count);
  }

  /** Notes of tickets that nobody has opened yet. */
  private static List<String> orphans(Stage stage, World world) throws Exception {
    List<String> orphans = new ArrayList<>();
    for (int i = 0; i < Math.max(1, stage.cycles() / ORPHANS_OF); i++) {
      String ticket = "O-" + i;
      orphans.add(ticket);
      world.ledger().opened(ticket);
      for (int note = 0; note < 2; note++) {
        String text = "%s note %d".formatted(ticket, note);
        sends(world, SendingSystem.note(ticket, text));
        world.ledger().said(ticket, text);
      }
    }
    return orphans;
  }

  private static void sends(World world, Map<String, Object> change) throws InterruptedException {
    String id = SendingSystem.fresh();
    while (true) {
      try {
        if (world.desk().sends("newest", id, change) == 202) {
          return;
        }
      } catch (IOException e) {
        // The hub is down: the desk sends it again.
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static List<String> poisoned(World world) {
    return world.ledger().tickets().stream()
        .filter(
            ticket ->
                world.ledger().notes(ticket).stream()
                    .anyMatch(note -> note.contains(Clerks.POISON)))
        .toList();
  }

  private static void awaitLetters(Stage stage, World world, String group, long expected)
      throws Exception {
    long open = 0;
    for (int second = 0; second < 300 && open < expected; second++) {
      TimeUnit.SECONDS.sleep(1);
      open = open(world, group);
      if (second % 10 == 0) {
        stage.say("%s: %d of %d dead letters", group, open, expected);
      }
    }
    if (open != expected) {
      stage
          .verdict()
          .violation(CAUSES, "%d dead letters of %s, expected %d", open, group, expected);
    }
    stage.verdict().fact("dead letters of " + group, open);
  }

  private static long open(World world, String group) throws IOException, InterruptedException {
    for (JsonNode one : world.hub().get("/api/dead-letters/groups")) {
      if (one.get("group").asText().equals(group)) {
        return one.get("open").asLong();
      }
    }
    return 0;
  }

  private static void causes(Stage stage, World world) throws Exception {
    long start = System.nanoTime();
    JsonNode groups = world.hub().get("/api/dead-letters/groups");
    stage.verdict().fact("groups, ms", (System.nanoTime() - start) / 1_000_000);
    if (groups.size() != 2) {
      stage.verdict().violation(CAUSES, "groups: %s", groups);
    }
    JsonNode rejected = world.hub().get("/api/messages?status=rejected&limit=1000");
    if (rejected.size() != stage.cycles() / NONSENSE_OF) {
      stage.verdict().violation(CAUSES, "%d rejected messages are kept", rejected.size());
    }
    for (JsonNode message : rejected) {
      if (message.at("/problem/detail").asText().isBlank()) {
        stage.verdict().violation(CAUSES, "without cause: %s", message);
      }
    }
    for (JsonNode letter : world.hub().get("/api/dead-letters?limit=1000")) {
      if (letter.path("cause").asText().isBlank()) {
        stage.verdict().violation(CAUSES, "without cause: %s", letter);
      }
    }
  }

  private static void replayWhileBroken(Stage stage, World world, long expected) throws Exception {
    JsonNode job = awaitEnd(stage, world, replay(world, REFUSED));
    boolean good =
        job.get("state").asText().equals("stopped")
            && job.get("failed").asLong() == 1
            && job.get("done").asLong() == 0
            && open(world, REFUSED) == expected;
    if (!good) {
      stage.verdict().violation(BROKEN, "%s, open %d", job, open(world, REFUSED));
    }
  }

  private static JsonNode replay(World world, String group) throws Exception {
    return world.hub().post("/api/dead-letters/replay?reason=torture&group=" + group);
  }

  private static void replayMended(
      Stage stage, World world, List<String> poisoned, List<String> orphans) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (Clerks clerks =
        new Clerks(world, stage.verdict(), NOTES_OF_A_TICKET)
            .named("L")
            .atMost(LIVE_A_SECOND)
            .begin(2, stage.seed(), ledger -> over.get())) {
      Thread live = new Thread(() -> goOn(world, poisoned, over), "live");
      live.start();
      long start = System.nanoTime();
      JsonNode first = replay(world, REFUSED);
      JsonNode second = replay(world, REFUSED);
      awaitThird(world, first, second, poisoned.size());
      world.hub().kill();
      world.start();
      long done = 0;
      for (JsonNode job : List.of(first, second)) {
        JsonNode ended = awaitEnd(stage, world, job);
        done += ended.get("done").asLong();
        if (!ended.get("state").asText().equals("done") || ended.get("failed").asLong() > 0) {
          stage.verdict().violation(JOBS, "%s", ended);
        }
      }
      stage.verdict().fact("replayed, s", (System.nanoTime() - start) / 1_000_000_000);
      if (done != poisoned.size()) {
        stage.verdict().violation(JOBS, "%d replayed, expected %d", done, poisoned.size());
      }
      for (String ticket : orphans) {
        sends(world, SendingSystem.report(ticket));
      }
      // A replay before the ticket is known would find it unknown once more.
      awaitTicket(world, orphans.get(orphans.size() - 1));
      JsonNode ended = awaitEnd(stage, world, replay(world, ORPHANED));
      if (ended.get("done").asLong() != 2L * orphans.size()) {
        stage.verdict().violation(JOBS, "%s", ended);
      }
      over.set(true);
      live.join();
    }
  }

  /** More is said of the tickets whose deliveries are replayed. */
  private static void goOn(World world, List<String> tickets, AtomicBoolean over) {
    try {
      for (int said = 0; !over.get() && !tickets.isEmpty(); said++) {
        String ticket = tickets.get(said % tickets.size());
        String note = "%s live %d".formatted(ticket, said);
        sends(world, SendingSystem.note(ticket, note));
        world.ledger().said(ticket, note);
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitThird(World world, JsonNode first, JsonNode second, long expected)
      throws Exception {
    for (int look = 0; look < 1_000; look++) {
      long done = job(world, first).get("done").asLong() + job(world, second).get("done").asLong();
      if (done * 3 >= expected) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static void awaitTicket(World world, String ticket) throws InterruptedException {
    for (int look = 0; look < 600; look++) {
      try {
        world.hub().get("/api/tickets/" + ticket);
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private static JsonNode job(World world, JsonNode job) throws IOException, InterruptedException {
    return world.hub().get("/api/dead-letters/jobs/" + job.get("id").asText());
  }

  private static JsonNode awaitEnd(Stage stage, World world, JsonNode begun) throws Exception {
    JsonNode job = job(world, begun);
    for (int look = 0; look < 1_500 && job.get("state").asText().equals("running"); look++) {
      TimeUnit.MILLISECONDS.sleep(200);
      job = job(world, begun);
      if (look % 25 == 0) {
        stage.say(
            "job %s: step %d, %d of %d",
            job.get("id").asText(),
            job.get("step").asInt(),
            job.get("done").asLong(),
            job.get("selected").asLong());
      }
    }
    return job;
  }
}

package io.tickethub.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.harness.Directories;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./hub demo}. */
@Command(
    name = "hub demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the hub among stand-ins of the systems around it and lets them work: reports come in, are enriched, dispatched,"
          + " repaired, called back and archived.",
      "Ends with a reconciliation of what every system believes of every ticket, and with the hub's own of the lists of those"
          + " systems that have one (hub reconcile); a difference makes exit code 1."
    })
public final class DemoCommand implements Callable<Integer> {

  private static final Duration LATEST_READING = Duration.ofSeconds(10);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(180);

  @Option(
      names = "--tickets",
      paramLabel = "N",
      description = "end after N tickets are archived; without it, go on until Ctrl-C")
  private long tickets;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "6",
      description = "tickets a second (default: ${DEFAULT-VALUE})")
  private double rate;

  @Option(
      names = "--chaos",
      description = "each system misbehaves in turn, and the hub is killed twice")
  private boolean chaos;

  @Option(names = "--json", description = "end with one JSON object")
  private boolean asJson;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "of what customers and staff do (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--directory",
      paramLabel = "DIRECTORY",
      description =
          "where the demo keeps its files; emptied first (default: data/demo in the source tree)")
  private Path directory;

  private final long start = System.nanoTime();

  public static void main(String[] arguments) {
    ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("ROOT"))
        .setLevel(ch.qos.logback.classic.Level.WARN);
    System.exit(
        new CommandLine(new DemoCommand())
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  System.err.println("hub demo: " + failure.getMessage());
                  return 1;
                })
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path home = Path.of(System.getProperty("hub.home", "")).toAbsolutePath();
    Path place = (directory == null ? home.resolve("data/demo") : directory).toAbsolutePath();
    Directories.empty(place);
    say("starting the systems around the hub, and the hub");
    try (DemoWorld world = new DemoWorld(home, place, Duration.ofMillis(300), seed)) {
      Thread goodbye = new Thread(world::close, "goodbye");
      Runtime.getRuntime().addShutdownHook(goodbye);
      Duration ready = world.hub().start();
      say("the hub is ready after %.1f s".formatted(ready.toMillis() / 1000.0));
      say("console: %s/   log: %s".formatted(world.hub().url(), world.hub().log()));
      say(
          "ask it: ./hub ticket find --data %1$s   ./hub status --data %1$s"
              .formatted(place.resolve("data")));
      world.load(tickets, rate);
      boolean settled = watch(world);
      int code = finish(world, settled);
      Runtime.getRuntime().removeShutdownHook(goodbye);
      return code;
    }
  }

  /** Watches until every ticket is archived and told; false if nothing moves any more. */
  private boolean watch(DemoWorld world) throws IOException, InterruptedException {
    Chaos plan = chaos ? new Chaos(world, this::say) : null;
    boolean playing = chaos;
    Flow flow = new Flow();
    while (true) {
      TimeUnit.SECONDS.sleep(1);
      playing = playing && plan.tick();
      JsonNode status = world.hub().get("/api/status");
      say(flow.line(status));
      if (tickets > 0 && !playing && world.isSettled(status, tickets)) {
        return true;
      }
      if (flow.silence().compareTo(LONGEST_SILENCE) > 0) {
        say("nothing has moved for %d s".formatted(LONGEST_SILENCE.toSeconds()));
        return false;
      }
    }
  }

  /** A system that reads files knows a moment later what was put there for it. */
  private static Reconciliation reconciliation(DemoWorld world)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LATEST_READING.toNanos();
    while (true) {
      Reconciliation result = Reconciliation.of(world, world.ledgers().get("opened").asLong());
      if (result.differences().isEmpty() || System.nanoTime() > end) {
        return result;
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private int finish(DemoWorld world, boolean settled) throws IOException, InterruptedException {
    say("reconciling what every system believes of every ticket");
    Reconciliation result = reconciliation(world);
    result.differences().stream().limit(20).forEach(this::say);
    result.complaints().stream().limit(20).forEach(this::say);
    say("the hub compares itself with the systems' lists (hub reconcile)");
    HubReconciliation own = world.reconcile(false);
    own.drifts().stream().limit(20).forEach(drift -> say(drift.toString()));
    JsonNode exported = world.exported();
    exported.get("complaints").forEach(text -> say("business analysis: " + text.asText()));
    double seconds = (System.nanoTime() - start) / 1e9;
    boolean good =
        settled
            && result.differences().isEmpty()
            && result.duplicates() == 0
            && result.orderViolations() == 0
            && own.agrees()
            && exported.get("complaints").isEmpty();
    if (asJson) {
      Map<String, Object> summary = new LinkedHashMap<>();
      summary.put("tickets", result.tickets());
      summary.put("archived", result.archived());
      summary.put("differences", result.differences().size());
      summary.put("duplicates", result.duplicates());
      summary.put("order_violations", result.orderViolations());
      summary.put("reconciled", own.compared());
      summary.put("drifts", own.drifts().size() + own.inFlight());
      summary.put("exported", exported.get("events"));
      summary.put("seconds", Math.round(seconds * 10) / 10.0);
      System.out.println(new JsonMapper().writeValueAsString(summary));
    } else {
      say(
          "%d tickets, %d archived, %d differences, %d duplicates, %d violations of order, %d compared by the hub, %d drifts, %d events exported, %.1f s"
              .formatted(
                  result.tickets(),
                  result.archived(),
                  result.differences().size(),
                  result.duplicates(),
                  result.orderViolations(),
                  own.total(),
                  own.drifts().size() + own.inFlight(),
                  exported.get("events").asInt(),
                  seconds));
    }
    return good ? 0 : 1;
  }

  private void say(String line) {
    double seconds = (System.nanoTime() - start) / 1e9;
    (asJson ? System.err : System.out).println("%7.1f s  %s".formatted(seconds, line));
  }
}

package io.tickethub.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.harness.Directories;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./hub bench}. */
@Command(
    name = "hub bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures the hub against what an engineer would write instead: Spring Integration, bare Camel, raw JMS and raw"
          + " PostgreSQL, with the same backends, heap and load, interleaved in one run.",
      "Ends with a table of medians and ratios. Exit code 1 if the hub lost, repeated or disordered anything."
    })
public final class BenchCommand implements Callable<Integer> {

  private static final List<Integer> CONNECTIONS = List.of(1, 16, 64);
  private static final List<Integer> TICKETS = List.of(500, 50_000);
  private static final int SENDERS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "measured rounds, after one to warm up (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--messages",
      paramLabel = "N",
      defaultValue = "4000",
      description = "messages of a round of the full path (default: ${DEFAULT-VALUE})")
  private int messages;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "2",
      description = "of a round of the intake (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "these scenarios or contenders only: intake, full-path, hub, camel, …")
  private List<String> only = List.of();

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      defaultValue = "120",
      description =
          "seconds of the full path for every contender, before anything counts (default: ${DEFAULT-VALUE})")
  private int warmUp;

  @Option(names = "--json", description = "end with one JSON object")
  private boolean asJson;

  @Option(
      names = "--directory",
      paramLabel = "DIRECTORY",
      description =
          "where the contenders keep their data; emptied first (default: data/bench in the source tree)")
  private Path directory;

  private final long start = System.nanoTime();
  private final Measurements measurements = new Measurements();
  private final List<Contender> contenders = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  public static void main(String[] arguments) {
    ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("ROOT"))
        .setLevel(ch.qos.logback.classic.Level.WARN);
    System.exit(
        new CommandLine(new BenchCommand())
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  System.err.println("hub bench: " + failure.getMessage());
                  return 1;
                })
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path home = Path.of(System.getProperty("hub.home", "")).toAbsolutePath();
    Path place = (directory == null ? home.resolve("data/bench") : directory).toAbsolutePath();
    Directories.empty(place);
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "goodbye"));
    try (Targets targets = new Targets()) {
      startContenders(home, place, targets);
      for (Contender contender : contenders) {
        warmUp(contender, targets);
      }
      if (includes("intake")) {
        measureIntake();
      }
      if (includes("full-path")) {
        measureFullPath(home, place, targets);
      }
    } finally {
      stop();
    }
    print();
    return faults.isEmpty() ? 0 : 1;
  }

  private boolean includes(String scenario) {
    return only.stream().noneMatch(List.of("intake", "full-path")::contains)
        || only.contains(scenario);
  }

  private boolean takesPart(String contender) {
    return only.stream().allMatch(List.of("intake", "full-path")::contains)
        || only.contains(contender);
  }

  private void startContenders(Path home, Path place, Targets targets)
      throws IOException, InterruptedException {
    if (takesPart(Measurements.HUB)) {
      add(Contender.hub(home, place.resolve("hub"), targets));
    }
    Map<String, Class<?>> programs = new LinkedHashMap<>();
    programs.put("spring-integration", SpringIntegrationProgram.class);
    programs.put("camel", CamelProgram.class);
    programs.put("raw-jms", BrokerProgram.class);
    for (Map.Entry<String, Class<?>> program : programs.entrySet()) {
      if (takesPart(program.getKey())) {
        add(
            Contender.program(
                program.getKey(),
                program.getValue(),
                home,
                place.resolve(program.getKey()),
                targets));
      }
    }
  }

  private void add(Contender contender) {
    contenders.add(contender);
    say(
        "%s is ready after %.1f s"
            .formatted(contender.name(), contender.startup().toMillis() / 1e3));
  }

  private void warmUp(Contender contender, Targets targets) throws InterruptedException {
    Workload workload = new Workload("warm-up", 500, 3);
    long end = System.nanoTime() + Duration.ofSeconds(warmUp).toNanos();
    while (!contender.name().equals("raw-jms") && System.nanoTime() - end < 0) {
      double rate = fullPath(contender, workload.round(messages / 4, SENDERS), targets);
      say("warm-up, %s: %,.0f/s".formatted(contender.name(), rate));
    }
    contender.rest();
  }

  private void measureIntake() throws InterruptedException {
    Workload workload = new Workload("intake", 1, 1);
    for (int connections : CONNECTIONS) {
      String scenario = "intake-%d".formatted(connections);
      for (int round = 0; round <= rounds; round++) {
        for (Contender contender : turn(contenders, round)) {
          Load.Connector connector =
              contender.name().equals("raw-jms") ? contender.jms() : contender.http();
          double rate =
              Load.rate(connector, connections, Duration.ofSeconds(seconds), workload::inquiry);
          contender.rest();
          measured(scenario, contender.name(), round, rate);
        }
      }
    }
  }

  private void measureFullPath(Path home, Path place, Targets targets) throws InterruptedException {
    boolean limit = takesPart("raw-postgresql");
    try (StorageProgram storage =
        limit
            ? new StorageProgram(place.resolve("raw-postgresql"), home.resolve("target/postgresql"))
            : null) {
      for (int tickets : TICKETS) {
        String scenario = "full-path-%d".formatted(tickets);
        Workload workload = new Workload("full" + tickets, tickets, 7);
        for (int round = 0; round <= rounds; round++) {
          List<List<Report>> reports = workload.round(messages, SENDERS);
          for (Contender contender : turn(contenders, round)) {
            if (!contender.name().equals("raw-jms")) {
              measured(scenario, contender.name(), round, fullPath(contender, reports, targets));
              contender.rest();
            }
          }
          if (storage != null) {
            measured(scenario, "raw-postgresql", round, messages * 1e9 / storage.keep(reports));
          }
        }
      }
    }
  }

  /** Half of the senders speak HTTP, half JMS; the clock stops when all three targets know all. */
  private double fullPath(Contender contender, List<List<Report>> reports, Targets targets)
      throws InterruptedException {
    Targets.Audit audit = targets.audit(contender.name());
    long count = reports.stream().flatMap(List::stream).distinct().count();
    long expected = audit.arrived() + count * Targets.COUNT;
    long repeated = audit.repeated();
    long disordered = audit.disordered();
    long processor = contender.processorTime();
    long begin = System.nanoTime();
    Load.send(reports, List.of(contender.http(), contender.jms()));
    while (audit.arrived() < expected && System.nanoTime() - begin < PATIENCE.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    long nanoseconds = System.nanoTime() - begin;
    say(
        "%s: %,d µs of processor time a message"
            .formatted(contender.name(), (contender.processorTime() - processor) / 1_000 / count));
    complain(contender, "lost", expected - audit.arrived());
    complain(contender, "repeated", audit.repeated() - repeated);
    complain(contender, "disordered", audit.disordered() - disordered);
    return count * 1e9 / nanoseconds;
  }

  private void complain(Contender contender, String what, long count) {
    if (count > 0) {
      String fault = "%s: %d %s".formatted(contender.name(), count, what);
      say(fault);
      if (contender.name().equals(Measurements.HUB)) {
        faults.add(fault);
      }
    }
  }

  /** Who goes first changes with the round. */
  private static List<Contender> turn(List<Contender> contenders, int round) {
    List<Contender> turned = new ArrayList<>(contenders);
    Collections.rotate(turned, round);
    return turned;
  }

  private void measured(String scenario, String contender, int round, double rate) {
    say(
        "%s, %s, %s: %,.0f/s"
            .formatted(scenario, round == 0 ? "warm-up" : "round " + round, contender, rate));
    if (round > 0) {
      measurements.add(scenario, contender, rate);
    }
  }

  private void print() throws IOException {
    String machine =
        "%d processors, %s %s, Java %s"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.version());
    if (asJson) {
      Map<String, Object> summary = new LinkedHashMap<>(measurements.summary());
      summary.put("machine", machine);
      summary.put("faults", faults);
      System.out.println(new JsonMapper().writeValueAsString(summary));
    } else {
      System.out.println();
      System.out.print(measurements.table());
      System.out.println();
      System.out.println(machine);
      System.out.println(
          faults.isEmpty()
              ? "The hub delivered everything once and in order."
              : String.join(System.lineSeparator(), faults));
    }
  }

  private synchronized void stop() {
    contenders.forEach(Contender::close);
    contenders.clear();
  }

  private void say(String line) {
    double at = (System.nanoTime() - start) / 1e9;
    System.err.println("%7.1f s  %s".formatted(at, line));
  }
}

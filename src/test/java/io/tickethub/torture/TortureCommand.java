package io.tickethub.torture;

import io.tickethub.harness.Directories;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./hub torture}. */
@Command(
    name = "hub torture",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the hub in a process of its own through crashes, outages and bad input, and audits what got a receipt against"
          + " what took effect. --list names the scenarios.",
      "Ends with one line, lost=0 duplicated=0 reordered=0 …; anything else than zeros makes exit code 1."
    })
public final class TortureCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SCENARIO", arity = "0..1", description = "which, see --list")
  private String name;

  @Option(names = "--list", description = "the scenarios, their size and what must hold")
  private boolean list;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "of everything that is chosen (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--cycles",
      paramLabel = "N",
      description = "how often (default: the size results are published for, see --list)")
  private Integer cycles;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "where the report goes (default: data/torture/SCENARIO-SEED.json)")
  private Path report;

  @Option(names = "--json", description = "end with the report as one JSON object")
  private boolean asJson;

  @Option(
      names = "--directory",
      paramLabel = "DIRECTORY",
      description =
          "where everything is kept; emptied first (default: data/torture/SCENARIO in the source tree)")
  private Path directory;

  private final long start = System.nanoTime();

  public static void main(String[] arguments) {
    // Without it, each answer of a target waits 40 ms for an acknowledgement of its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("ROOT"))
        .setLevel(ch.qos.logback.classic.Level.OFF);
    System.exit(
        new CommandLine(new TortureCommand())
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  System.err.println("hub torture: " + failure.getMessage());
                  if (!(failure instanceof IllegalArgumentException)) {
                    failure.printStackTrace();
                  }
                  return failure instanceof IllegalArgumentException ? 2 : 1;
                })
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (list) {
      for (Scenario scenario : Scenarios.ALL) {
        System.out.printf(
            "%-16s %,10d  %s%n", scenario.name(), scenario.cycles(), scenario.promise());
      }
      return 0;
    }
    if (name == null) {
      throw new IllegalArgumentException("name a scenario; there are: " + Scenarios.names());
    }
    return play(Scenarios.named(name));
  }

  private int play(Scenario scenario) throws Exception {
    Path home = Path.of(System.getProperty("hub.home", "")).toAbsolutePath();
    Path place =
        directory == null ? home.resolve("data/torture").resolve(name) : directory.toAbsolutePath();
    Directories.empty(place);
    Instant at = Instant.now();
    int size = cycles == null ? scenario.cycles() : cycles;
    Verdict verdict = new Verdict(Audit.LOST, Audit.DUPLICATED, Audit.REORDERED);
    say("%s, seed %d, %,d cycles: %s".formatted(name, seed, size, scenario.promise()));
    scenario.play(new Stage(home, place, seed, size, false, verdict, this::say));
    Report result =
        new Report(scenario, seed, size, at, Duration.ofNanos(System.nanoTime() - start), verdict);
    Path file =
        report == null ? home.resolve("data/torture/%s-%d.json".formatted(name, seed)) : report;
    result.write(file);
    verdict.complaints().stream().limit(20).forEach(this::say);
    verdict.facts().forEach((fact, value) -> say("%s: %s".formatted(fact, value)));
    say("report: " + file);
    System.out.println(asJson ? result.json() : verdict.line());
    return verdict.holds() ? 0 : 1;
  }

  private void say(String line) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.err.printf("%8.1f s  %s%n", seconds, line);
  }
}

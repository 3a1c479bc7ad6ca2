package io.tickethub.bench;

import io.tickethub.harness.HubProcess;
import io.tickethub.harness.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A running program that is measured.
 *
 * @param name in the table
 * @param reports where it takes reports by HTTP
 * @param broker where it takes reports by JMS
 * @param program its process, whose processor time tells when it is at rest
 * @param database the directory of its PostgreSQL, which runs beside it
 * @param startup from the command to ready
 */
record Contender(
    String name,
    URI reports,
    String broker,
    String password,
    Supervised program,
    Path database,
    Duration startup)
    implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String PASSWORD = "bench";

  /** A process and how to end it. */
  interface Supervised extends AutoCloseable {
    ProcessHandle process();

    @Override
    void close();
  }

  Load.Connector http() {
    return Load.byHttp(reports);
  }

  Load.Connector jms() {
    return Load.byJms(broker, password);
  }

  /** The hub as it is shipped, with the benchmark's connectors instead of the shipped ones. */
  static Contender hub(Path home, Path directory, Targets targets)
      throws IOException, InterruptedException {
    List<Integer> ports = Ports.free(2);
    Path connectors = directory.resolve("connectors");
    copy(home.resolve("src/test/resources/bench"), directory);
    copy(home.resolve("connectors/products"), connectors.resolve("products"));
    copy(home.resolve("routes/calendars"), directory.resolve("routes/calendars"));
    Files.copy(
        home.resolve("routes/time-limits.yaml"), directory.resolve("routes/time-limits.yaml"));
    Path configuration = directory.resolve("hub.yaml");
    Files.createFile(
        configuration,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        configuration,
        """
        hub:
          data: %1$s/data
          listen: {port: %2$d}
          broker:
            embedded:
              port: %3$d
              users:
                - {name: %4$s, password: %5$s, send: [%6$s]}
          database:
            embedded: {binaries: %7$s}
          connectors:
            directory: %1$s/connectors
            routes: %1$s/routes
            settings:
              target-a: {url: "%8$s"}
              target-b: {url: "%9$s"}
              target-c: {url: "%10$s"}
        """
            .formatted(
                directory,
                ports.get(0),
                ports.get(1),
                Load.USER,
                PASSWORD,
                Load.QUEUE,
                home.resolve("target/postgresql"),
                targets.url("hub", 0),
                targets.url("hub", 1),
                targets.url("hub", 2)));
    URI url = URI.create("http://127.0.0.1:" + ports.get(0));
    HubProcess hub = new HubProcess(home, directory, url);
    Duration startup = hub.start();
    return new Contender(
        "hub",
        url.resolve("/in/source/report"),
        "tcp://127.0.0.1:" + ports.get(1),
        PASSWORD,
        new Supervised() {
          @Override
          public ProcessHandle process() {
            return hub.process();
          }

          @Override
          public void close() {
            hub.close();
          }
        },
        directory.resolve("data/postgresql/data"),
        startup);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  /** A program of this package, with the hub's backends and heap. */
  static Contender program(
      String name, Class<?> configuration, Path home, Path directory, Targets targets)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    List<Integer> ports = Ports.free(2);
    String urls =
        String.join(
            ",",
            IntStream.range(0, Targets.COUNT)
                .mapToObj(target -> targets.url(name, target).toString())
                .toList());
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                ContenderProgram.class.getName(),
                configuration.getName(),
                directory.toString(),
                "--spring.config.location=" + directory.resolve("none.yaml").toUri(),
                "--spring.config.on-not-found=ignore",
                "--logging.level.root=WARN",
                "--server.address=127.0.0.1",
                "--server.port=" + ports.get(0),
                "--server.tomcat.max-keep-alive-requests=10000",
                "--bench.targets=" + urls,
                "--hub.database.embedded.directory=" + directory.resolve("postgresql/data"),
                "--hub.database.embedded.binaries=" + home.resolve("target/postgresql"),
                "--hub.database.connections=32",
                "--hub.broker.embedded.directory=" + directory.resolve("artemis"),
                "--hub.broker.embedded.port=" + ports.get(1),
                "--hub.broker.embedded.users[0].name=" + Load.USER,
                "--hub.broker.embedded.users[0].password=" + PASSWORD,
                "--hub.broker.embedded.users[0].send[0]=" + Load.QUEUE));
    Path log = directory.resolve("log");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    while (!Files.exists(directory.resolve(ContenderProgram.READY))) {
      if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
        process.destroyForcibly();
        throw new IOException("%s does not start, see %s".formatted(name, log));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return new Contender(
        name,
        URI.create("http://127.0.0.1:%d/report".formatted(ports.get(0))),
        "tcp://127.0.0.1:" + ports.get(1),
        PASSWORD,
        new Supervised() {
          @Override
          public ProcessHandle process() {
            return process.toHandle();
          }

          @Override
          public void close() {
            process.destroy();
            try {
              process.waitFor(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            process.destroyForcibly();
          }
        },
        directory.resolve("postgresql/data"),
        Duration.ofNanos(System.nanoTime() - start));
  }

  /** Waits until the program and its database have nothing left to do. */
  void rest() throws InterruptedException {
    long busy = processorTime();
    for (int i = 0; i < 240; i++) {
      TimeUnit.MILLISECONDS.sleep(250);
      long now = processorTime();
      if (now - busy < Duration.ofMillis(25).toNanos()) {
        return;
      }
      busy = now;
    }
  }

  /** Nanoseconds of the program and its database so far. */
  long processorTime() {
    return Stream.concat(Stream.of(program.process()), postmaster().stream())
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .mapToLong(process -> process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
        .sum();
  }

  /** By the first line of the file it keeps; its parent is not the program. */
  private Optional<ProcessHandle> postmaster() {
    try (Stream<String> lines = Files.lines(database.resolve("postmaster.pid"))) {
      return lines.findFirst().flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    program.close();
  }
}

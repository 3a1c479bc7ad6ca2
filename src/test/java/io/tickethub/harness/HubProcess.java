package io.tickethub.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.cli.HubCommand;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A hub as a process of its own, started, asked, killed and started again. */
public final class HubProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final JsonMapper json = new JsonMapper();
  private final List<String> command;
  private final Path directory;
  private final URI url;
  private final Map<String, String> environment = new TreeMap<>();
  private Process process;

  /**
   * A hub that is not started yet.
   *
   * @param home where the {@code hub} script, {@code connectors} and {@code routes} are
   * @param directory with {@code hub.yaml}; the hub keeps {@code data} there
   */
  public HubProcess(Path home, Path directory, URI url) {
    this(List.of(home.resolve("hub").toString()), directory, url);
  }

  private HubProcess(List<String> command, Path directory, URI url) {
    this.command = command;
    this.directory = directory;
    this.url = url;
  }

  /** The same, from the jar that the build has just made. */
  public static HubProcess ofJar(Path home, Path directory, URI url) {
    return new HubProcess(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx400m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            home.resolve("target/ticket-hub.jar").toString()),
        directory,
        url);
  }

  /** The same, of the classes that this program runs with. */
  public static HubProcess ofClassPath(Path directory, URI url) {
    return new HubProcess(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx400m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator)),
            HubCommand.class.getName()),
        directory,
        url);
  }

  /** The same, with more in its environment. */
  public HubProcess with(Map<String, String> more) {
    environment.putAll(more);
    return this;
  }

  /** Starts the hub and waits until it is ready; returns how long that took. */
  public Duration start() throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<String> run = new ArrayList<>(command);
    run.addAll(List.of("run", "--config", directory.resolve("hub.yaml").toString()));
    ProcessBuilder builder =
        new ProcessBuilder(run)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().putAll(environment);
    process = builder.start();
    while (!isReady()) {
      if (!process.isAlive()) {
        throw new IOException(
            "the hub ended with %d, see %s".formatted(process.exitValue(), log()));
      }
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IOException("the hub is not ready after %s, see %s".formatted(PATIENCE, log()));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  public Path log() {
    return directory.resolve("hub.log");
  }

  /** The hub's process; throws if it was never started. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  public URI url() {
    return url;
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  private boolean isReady() throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(url.resolve("/actuator/health/readiness"))
              .timeout(Duration.ofSeconds(2))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Asks the operations interface. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return ask(HttpRequest.newBuilder().GET(), path);
  }

  /** Has the operations interface do something. */
  public JsonNode post(String path) throws IOException, InterruptedException {
    return ask(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()), path);
  }

  private JsonNode ask(HttpRequest.Builder what, String path)
      throws IOException, InterruptedException {
    String token = Files.readString(directory.resolve("data/keys/operator-token")).strip();
    HttpRequest request =
        what.uri(url.resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 != 2) {
      throw new IOException("%s answered %d".formatted(path, response.statusCode()));
    }
    return json.readTree(response.body());
  }

  /** The sum of a metric's samples whose labels contain a text. */
  public long metric(String name, String labels) throws IOException, InterruptedException {
    String token = Files.readString(directory.resolve("data/keys/operator-token")).strip();
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/actuator/prometheus"))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + token)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> line.contains(labels))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .mapToLong(Math::round)
        .sum();
  }

  /** {@code kill -9}: no goodbye. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Ends the hub politely, and what it leaves behind if it was killed. */
  @Override
  public void close() {
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    stopOrphanedDatabase();
  }

  private void stopOrphanedDatabase() {
    try {
      Path file = directory.resolve("data/postgresql/data/postmaster.pid");
      if (Files.exists(file)) {
        ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip()))
            .filter(orphan -> orphan.info().command().orElse("").endsWith("postgres"))
            .ifPresent(ProcessHandle::destroy);
      }
    } catch (IOException | NumberFormatException e) {
      System.err.println("the hub's database may still run: " + e.getMessage());
    }
  }
}

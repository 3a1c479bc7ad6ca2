package io.tickethub.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.harness.HubProcess;
import io.tickethub.harness.Surroundings;
import io.tickethub.standin.Mischief;
import io.tickethub.standin.NeighboursProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A hub and the systems around it, in a directory of their own, all on loopback. */
public final class DemoWorld implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();
  private final Path directory;
  private final HubProcess hub;
  private final Process neighbours;
  private final URI control;

  /**
   * Prepares everything and starts the systems; the hub is to be started then.
   *
   * @param home the source tree
   * @param directory empty
   */
  public DemoWorld(Path home, Path directory, Duration pace, long seed)
      throws IOException, InterruptedException {
    this(home, directory, pace, seed, url -> new HubProcess(home, directory, url));
  }

  /** The same with a hub that {@code hub} makes for its address. */
  public DemoWorld(
      Path home, Path directory, Duration pace, long seed, Function<URI, HubProcess> hub)
      throws IOException, InterruptedException {
    Surroundings surroundings = Surroundings.prepare(home, directory, pace, seed);
    this.directory = directory;
    this.control = URI.create("http://127.0.0.1:" + surroundings.controlPort());
    this.hub = hub.apply(surroundings.hub());
    this.neighbours = startNeighbours(surroundings.controlPort());
  }

  private Process startNeighbours(int controlPort) throws IOException, InterruptedException {
    Process started =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-Dfile.encoding=UTF-8",
                    "-Dsun.net.httpserver.nodelay=true",
                    "-cp",
                    System.getProperty("java.class.path"),
                    NeighboursProcess.class.getName(),
                    directory.resolve("neighbours.json").toString(),
                    Integer.toString(controlPort)))
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("neighbours.log").toFile()))
            .start();
    for (int attempt = 0; attempt < 600; attempt++) {
      if (!started.isAlive()) {
        break;
      }
      try {
        ask("GET", "/ledgers");
        return started;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    started.destroyForcibly();
    throw new IOException(
        "the systems around the hub do not start, see " + directory.resolve("neighbours.log"));
  }

  public HubProcess hub() {
    return hub;
  }

  /** Lets customers call: {@code tickets} times, or for ever if it is 0. */
  public void load(long tickets, double perSecond) throws IOException, InterruptedException {
    ask(
        "POST",
        "/load?perSecond=%s%s".formatted(perSecond, tickets == 0 ? "" : "&tickets=" + tickets));
  }

  public void misbehave(String system, Mischief how, Duration duration)
      throws IOException, InterruptedException {
    ask(
        "POST",
        "/misbehave?system=%s&how=%s&seconds=%d"
            .formatted(system, how, Math.max(1, duration.toSeconds())));
  }

  public void behave() throws IOException, InterruptedException {
    ask("POST", "/behave");
  }

  /** What each system sent, what took effect, what it believes. */
  public JsonNode ledgers() throws IOException, InterruptedException {
    return ask("GET", "/ledgers");
  }

  /** Whether so many tickets were made, and all are archived and told, by the hub's status. */
  public boolean isSettled(JsonNode status, long tickets) throws IOException, InterruptedException {
    long archived = status.path("tickets").path("archived").asLong();
    long known = 0;
    for (JsonNode count : status.get("tickets")) {
      known += count.asLong();
    }
    long waiting = 0;
    for (JsonNode connector : status.get("connectors")) {
      waiting += connector.get("waiting").asLong();
    }
    return ledgers().get("made").asLong() >= tickets
        && archived >= tickets
        && archived == known
        && waiting == 0;
  }

  private JsonNode ask(String method, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(control.resolve(path))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    return json.readTree(response.body());
  }

  @Override
  public void close() {
    hub.close();
    neighbours.destroyForcibly();
  }
}

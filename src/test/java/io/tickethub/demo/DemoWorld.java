package io.tickethub.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tickethub.standin.Mischief;
import io.tickethub.standin.Neighbours;
import io.tickethub.standin.NeighboursProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A hub and the systems around it, in a directory of their own, all on loopback. */
public final class DemoWorld implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.builder().addModule(new JavaTimeModule()).build();
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
    this.directory = directory;
    List<Integer> ports = Ports.free(9);
    URI hubUrl = URI.create("http://127.0.0.1:" + ports.get(0));
    this.control = URI.create("http://127.0.0.1:" + ports.get(8));
    String secret = UUID.randomUUID().toString();
    Files.createDirectories(directory.resolve("neighbours"));
    secretFile("secret", secret);
    Neighbours.Address address =
        new Neighbours.Address(
            hubUrl,
            "tcp://127.0.0.1:" + ports.get(1),
            directory.resolve("neighbours"),
            secret,
            ports.get(2),
            ports.get(3),
            ports.get(4),
            ports.get(5),
            ports.get(6),
            ports.get(7),
            pace,
            seed);
    secretFile("neighbours.json", json.writeValueAsString(address));
    secretFile("hub.yaml", configuration(home, address, ports));
    this.hub = new HubProcess(home, directory, hubUrl);
    this.neighbours = startNeighbours(ports.get(8));
  }

  private void secretFile(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, content);
  }

  private String configuration(Path home, Neighbours.Address address, List<Integer> ports) {
    return """
        hub:
          data: %1$s/data
          listen: {port: %2$d}
          broker:
            embedded:
              port: %3$d
              users:
                - {name: call-center, password: "%4$s", send: [call-center.request], consume: [call-center.task, call-center.reply]}
          database:
            embedded: {binaries: %5$s}
          connectors:
            directory: %6$s/connectors
            routes: %6$s/routes
            settings:
              call-center: {}
              fault-112: {soap-url: "http://127.0.0.1:%7$d/soap", ftp-host: "127.0.0.1:%8$d", ftp-password: "file:%1$s/secret", poll: 500ms}
              crm-bss: {base-url: "http://127.0.0.1:%9$d"}
              partner-hospital: {base-url: "http://127.0.0.1:%10$d", webhook-secret: "file:%1$s/secret"}
              partner-campus-card: {sftp: "127.0.0.1:%11$d", password: "file:%1$s/secret", known-hosts: "%1$s/neighbours/known_hosts", poll: 500ms}
              partner-transport: {base-url: "http://127.0.0.1:%12$d", secret: "file:%1$s/secret"}
        """
        .formatted(
            directory,
            ports.get(0),
            ports.get(1),
            address.secret(),
            home.resolve("target/postgresql"),
            home,
            address.soapPort(),
            address.ftpPort(),
            address.crmPort(),
            address.hospitalPort(),
            address.sftpPort(),
            address.transportPort());
  }

  private Process startNeighbours(int controlPort) throws IOException, InterruptedException {
    Process started =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-Dfile.encoding=UTF-8",
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

package io.tickethub.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.standin.HubClient;
import io.tickethub.standin.Neighbours;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A hub with the shipped connectors, and the clients that try its edges. The staff of the systems
 * around it takes its time: nothing happens but what a test does.
 */
public final class HubUnderTest implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Surroundings surroundings;
  private final Neighbours neighbours;
  private final EmbeddedHub hub;
  private final Caller caller;
  private final JmsCaller callCenter;

  private HubUnderTest(Surroundings surroundings, Neighbours neighbours, EmbeddedHub hub)
      throws Exception {
    this.surroundings = surroundings;
    this.neighbours = neighbours;
    this.hub = hub;
    this.caller = new Caller(hub.url());
    this.callCenter = JmsCaller.callCenter(surroundings);
  }

  /** The hub among the systems around it. */
  public static HubUnderTest amongNeighbours(Path directory, String... values) throws Exception {
    Surroundings surroundings = surroundings(directory);
    return new HubUnderTest(
        surroundings,
        new Neighbours(surroundings.neighbours()),
        EmbeddedHub.start(surroundings, values));
  }

  /** The hub with no one around it; connectors that would look for their systems are left out. */
  public static HubUnderTest alone(Path directory, String... values) throws Exception {
    Surroundings surroundings = surroundings(directory);
    List<String> arguments =
        Stream.concat(
                Stream.of("fault-112", "crm-bss", "partner-campus-card", "business-analysis")
                    .map("--hub.connectors.settings.%s.enabled=false"::formatted),
                Stream.of(values))
            .toList();
    return new HubUnderTest(
        surroundings, null, EmbeddedHub.start(surroundings, arguments.toArray(String[]::new)));
  }

  private static Surroundings surroundings(Path directory) throws IOException {
    return Surroundings.prepare(EmbeddedHub.home(), directory, Duration.ofHours(2), 11);
  }

  /**
   * A copy of the shipped connectors to which a test may add its own.
   *
   * @param directory empty
   */
  public static Path copyOfConnectors(Path directory) throws IOException {
    Path shipped = EmbeddedHub.home().resolve("connectors");
    try (Stream<Path> files = Files.walk(shipped)) {
      for (Path file : files.toList()) {
        Path copy = directory.resolve(shipped.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    return directory;
  }

  public Surroundings surroundings() {
    return surroundings;
  }

  public EmbeddedHub hub() {
    return hub;
  }

  public Neighbours neighbours() {
    return neighbours;
  }

  public Caller caller() {
    return caller;
  }

  public JmsCaller callCenter() {
    return callCenter;
  }

  /** The call centre reports what a letter says; gives the hub's number of the new ticket. */
  public String open(String ticket, String letter) throws Exception {
    callCenter.send("call-center.request", callCenter.text(letter), null, null);
    return await()
        .atMost(PATIENCE)
        .until(() -> hub.get("/api/tickets?number=" + ticket), found -> found.size() == 1)
        .get(0)
        .get("number")
        .asText();
  }

  /** Posts as a partner that signs its messages. */
  public Caller.Answer postSigned(String path, String contentType, byte[] body) throws Exception {
    Map<String, String> headers = signature(body);
    headers.put("Content-Type", contentType);
    return caller.post(path, body, headers);
  }

  /** The headers by which a partner proves who it is. */
  public Map<String, String> signature(byte[] body) {
    return new HashMap<>(
        HubClient.signature(surroundings.neighbours().secret(), Letters.id("SIG"), body));
  }

  /** Posts as 112. */
  public Caller.Answer postSoap(byte[] envelope) throws Exception {
    return caller.post(
        "/in/fault-112/progress", envelope, Map.of("Content-Type", "text/xml; charset=UTF-8"));
  }

  /** Waits until a ticket's history has an entry with this note. */
  public void awaitNote(String ticket, String note) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(notes(ticket)).as("notes of %s", ticket).contains(note));
  }

  private List<String> notes(String ticket) throws Exception {
    return StreamSupport.stream(
            hub.get("/api/tickets/" + ticket).get("events").spliterator(), false)
        .map(event -> event.path("note").asText())
        .toList();
  }

  /** The rejected messages of a connector, the newest first, once there are so many. */
  public List<JsonNode> rejected(String connector, int atLeast) {
    JsonNode found =
        await()
            .atMost(PATIENCE)
            .until(
                () -> hub.get("/api/messages?status=rejected&limit=1000&connector=" + connector),
                list -> list.size() >= atLeast);
    return StreamSupport.stream(found.spliterator(), false).toList();
  }

  /** The body of a message, as who may see it sees it. */
  public byte[] body(String message) throws Exception {
    String token = Files.readString(hub.data().resolve("keys/privacy-token")).strip();
    return caller
        .get("/api/messages/%s/body".formatted(message), Map.of("Authorization", "Bearer " + token))
        .response()
        .body();
  }

  @Override
  public void close() throws Exception {
    callCenter.close();
    hub.close();
    if (neighbours != null) {
      neighbours.close();
    }
  }
}

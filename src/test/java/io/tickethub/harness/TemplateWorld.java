package io.tickethub.harness;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.Provenance;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketStore;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A hub among systems that are connected by {@link ManifestConnector}s; each hears of every ticket.
 */
public final class TemplateWorld implements AutoCloseable {

  /** The system whose reports every other one hears of. */
  public static final String DESK = "desk";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path directory;
  private final List<String> names = new ArrayList<>();
  private final List<String> configuration = new ArrayList<>();
  private String hears = "noted";
  private EmbeddedHub hub;

  public TemplateWorld(Path directory) throws IOException {
    this.directory = directory;
    add(
        ManifestConnector.named(
                DESK,
                """
                inbound:
                  news: {route: {template: http-json-in}, format: json, mapping: mapping/news.jsonata}
                """)
            .with("mapping/news.jsonata", "change"));
  }

  public void add(ManifestConnector connector) throws IOException {
    connector.writeTo(directory.resolve("connectors"));
    names.add(connector.name());
  }

  /** The events that every system hears of, instead of notes alone. */
  public void hears(String... codes) {
    hears = String.join(", ", codes);
  }

  /** The value of a connector's setting. */
  public void setting(String connector, String name, Object value) {
    configuration.add("--hub.connectors.settings.%s.%s=%s".formatted(connector, name, value));
  }

  /** The value of a connector's setting of type secret. */
  public void secret(String connector, String name, String value) throws IOException {
    Path file = directory.resolve("secrets").resolve(connector + "-" + name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, value);
    setting(connector, name, "file:" + file);
  }

  public void start(String... values) throws IOException {
    Path routes = directory.resolve("routes");
    Files.createDirectories(routes);
    Files.writeString(
        routes.resolve("ownership.yaml"),
        """
        owners:
          - {rule: the desk works on everything, owner: desk}
        states: []
        changes: []
        fields: []
        """);
    StringBuilder participants = new StringBuilder("participants:\n");
    names.forEach(
        name ->
            participants.append(
                "  - {rule: %s hears everything, system: %s, hears: [%s]}%n"
                    .formatted(name, name, hears)));
    Files.writeString(routes.resolve("participants.yaml"), participants);
    configuration.add("--hub.connectors.routes=" + routes);
    configuration.addAll(List.of(values));
    hub =
        EmbeddedHub.start(
            directory, directory.resolve("connectors"), configuration.toArray(String[]::new));
  }

  public EmbeddedHub hub() {
    return hub;
  }

  /** The desk reports a ticket. */
  public void opens(String ticket) throws IOException, InterruptedException {
    post(DESK, "news", report(ticket), Map.of());
  }

  /** The report of a ticket as {@code change} of a JSON message. */
  public static byte[] report(String ticket) throws JsonProcessingException {
    return new JsonMapper()
        .writeValueAsBytes(
            Map.of("id", UUID.randomUUID().toString(), "change", SendingSystem.report(ticket)));
  }

  /** Posts to a channel of a connector. */
  public HttpResponse<String> post(
      String connector, String path, byte[] body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hub.url().resolve("/in/%s/%s".formatted(connector, path)))
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The hub's number of what a system calls {@code ticket}; waits until it is known. */
  public String number(String ticket) {
    TicketReferences references = hub.part(TicketReferences.class);
    long id =
        await()
            .atMost(PATIENCE)
            .until(() -> references.ticketsCalled(ticket), found -> found.size() == 1)
            .get(0);
    return hub.part(TicketStore.class).load(List.of(id)).get(id).number();
  }

  /** The headers the hub keeps of each message of a connector. */
  public List<Map<String, String>> keptHeaders(String connector) {
    List<Long> ids =
        hub.database()
            .queryForList("SELECT id FROM message WHERE connector = ?", Long.class, connector);
    return hub.part(MessageJournal.class).provenance(ids).values().stream()
        .map(Provenance::headers)
        .toList();
  }

  @Override
  public void close() {
    if (hub != null) {
      hub.close();
    }
  }
}

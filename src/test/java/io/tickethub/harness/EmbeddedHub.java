package io.tickethub.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.TicketHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The hub in this process, with its own PostgreSQL and Artemis in a directory of its own: the same
 * application that {@code ./hub run} starts.
 */
public final class EmbeddedHub implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final ConfigurableApplicationContext application;
  private final Path data;

  private EmbeddedHub(ConfigurableApplicationContext application, Path data) {
    this.application = application;
    this.data = data;
  }

  /** The source tree, where {@code connectors} and {@code routes} are. */
  public static Path home() {
    return Path.of(System.getProperty("hub.home", "")).toAbsolutePath();
  }

  /** Starts the hub among {@code surroundings}. */
  public static EmbeddedHub start(Surroundings surroundings, String... values) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--spring.config.additional-location="
                    + surroundings.directory().resolve("hub.yaml").toUri()));
    arguments.addAll(List.of(values));
    return start(arguments, surroundings.directory().resolve("data"), null);
  }

  /**
   * Starts a hub alone, with the connectors of a directory.
   *
   * @param directory the hub keeps {@code data} there
   * @param connectors holds a folder for each connector; without {@code products} in it, the hub
   *     knows no product class
   * @param values single configuration values, {@code --KEY=VALUE}
   */
  public static EmbeddedHub start(Path directory, Path connectors, String... values) {
    Path data = directory.resolve("data");
    return start(arguments(data, connectors, values), data, null);
  }

  private static List<String> arguments(Path data, Path connectors, String... values) {
    List<String> arguments = new ArrayList<>(List.of(values));
    addUnlessGiven(arguments, "hub.data", data);
    addUnlessGiven(arguments, "hub.listen.port", 0);
    addUnlessGiven(
        arguments, "hub.database.embedded.binaries", home().resolve("target/postgresql"));
    addUnlessGiven(arguments, "hub.connectors.directory", connectors);
    addUnlessGiven(arguments, "hub.connectors.routes", home().resolve("routes"));
    return arguments;
  }

  /** The same, with a clock of the test's own. */
  public static EmbeddedHub startAt(
      Clock clock, Path directory, Path connectors, String... values) {
    Path data = directory.resolve("data");
    return start(arguments(data, connectors, values), data, clock);
  }

  private static void addUnlessGiven(List<String> arguments, String key, Object value) {
    String option = "--%s=".formatted(key);
    if (arguments.stream().noneMatch(argument -> argument.startsWith(option))) {
      arguments.add(option + value);
    }
  }

  /** {@code clock} null for the hub's own. */
  private static EmbeddedHub start(List<String> arguments, Path data, Clock clock) {
    arguments.add(0, "--spring.config.name=hub");
    arguments.add(0, "--logging.level.org.apache.ftpserver=ERROR");
    ConfigurableApplicationContext application =
        new SpringApplicationBuilder(TicketHub.class)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .registerShutdownHook(false)
            .initializers(context -> setClock(context, clock))
            .run(arguments.toArray(String[]::new));
    return new EmbeddedHub(application, data);
  }

  private static void setClock(ConfigurableApplicationContext context, Clock clock) {
    if (clock != null && context instanceof GenericApplicationContext registry) {
      registry.registerBean(
          "clockOfTheTest", Clock.class, () -> clock, definition -> definition.setPrimary(true));
    }
  }

  /** A part of the running hub. */
  public <T> T part(Class<T> type) {
    return application.getBean(type);
  }

  public JdbcTemplate database() {
    return part(JdbcTemplate.class);
  }

  public URI url() {
    return URI.create(
        "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port"));
  }

  /** What the hub keeps on disk. */
  public Path data() {
    return data;
  }

  public String operatorToken() throws IOException {
    return Files.readString(data.resolve("keys/operator-token")).strip();
  }

  /** Asks the operations interface as an operator; throws unless the answer is 200. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return operations("GET", path);
  }

  /** Tells the operations interface as an operator; throws unless the answer is 200. */
  public JsonNode post(String path) throws IOException, InterruptedException {
    return operations("POST", path);
  }

  private JsonNode operations(String method, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url().resolve(path))
            .header("Authorization", "Bearer " + operatorToken())
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(
          "%s %s answered %d: %s"
              .formatted(method, path, response.statusCode(), new String(response.body())));
    }
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    application.close();
  }
}

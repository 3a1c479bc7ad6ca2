package io.tickethub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.ExternalBroker;
import io.tickethub.harness.ExternalDatabase;
import io.tickethub.harness.HubProcess;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.Ports;
import io.tickethub.harness.RecordingServer;
import io.tickethub.harness.RecordingServer.Reply;
import io.tickethub.harness.RecordingServer.Request;
import io.tickethub.harness.SendingSystem;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What people ordered of a node, and what it had decided to tell them, after {@code kill -9} and on
 * a second node: the first was killed with one route stopped and one message not taken.
 */
class KilledNodeIT {

  private static final String STOPPED = "/api/connectors/north/routes/north-newest/";

  @TempDir static Path directory;
  static ExternalDatabase database;
  static ExternalBroker broker;
  static RecordingServer webhook;
  static PlainWorld world;
  static HubProcess first;
  static List<Request> beforeTheKill;

  @BeforeAll
  static void start() throws Exception {
    List<Integer> ports = Ports.free(3);
    database = new ExternalDatabase(EmbeddedHub.home(), directory, ports.get(0));
    broker = new ExternalBroker(directory, ports.get(1));
    webhook = new RecordingServer();
    webhook.answers(any -> new Reply(503, "application/json", "{}"));
    Files.writeString(directory.resolve("secret"), "webhook-secret-of-the-test");
    database.start();
    broker.start();
    world =
        PlainWorld.prepare(
            directory,
            List.of(PlainConnector.named("north"), PlainConnector.named("south")),
            "--spring.config.additional-location=" + directory.resolve("shared.yaml").toUri());
    String shared = shared(ports.get(0), ports.get(1));
    Files.writeString(directory.resolve("shared.yaml"), shared);
    Path home = Files.createDirectories(directory.resolve("first"));
    Files.writeString(
        home.resolve("hub.yaml"),
        shared + "  data: %s/data\n  listen: {port: %d}\n".formatted(home, ports.get(2)));
    first = HubProcess.ofClassPath(home, URI.create("http://127.0.0.1:" + ports.get(2)));
    first.start();
    first.post(STOPPED + "stop?reason=works");
    JdbcTemplate tables =
        new JdbcTemplate(
            new DriverManagerDataSource(
                "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(ports.get(0)), "postgres", ""));
    tables.update(
        "insert into alert (kind, subject, cause, opened_at) values ('export-fails', 'cut-cable', 'not taken', now())");
    soon()
        .until(
            () ->
                tables.queryForObject(
                    "select count(*) from alert_notice where state = 'waiting' and failure is not null",
                    Integer.class),
            failed -> failed == 1);
    first.kill();
    beforeTheKill = told("cut-cable");
    webhook.answers(any -> new Reply(200, "application/json", "{}"));
    first.start();
  }

  private static String shared(int databasePort, int brokerPort) {
    return """
    hub:
      encryption-key: file:%1$s/encryption
      database: {url: "jdbc:postgresql://127.0.0.1:%2$d/postgres", username: postgres}
      broker: {url: "tcp://127.0.0.1:%3$d"}
      alerts:
        group: 100ms
        first-retry: 3s
        notify: {ops: {webhook: {url: "%4$s/alerts", secret: "file:%1$s/secret"}}}
      connectors:
        directory: %1$s/connectors
        routes: %5$s
        settings: {north: {base-url: "%6$s"}, south: {base-url: "%7$s"}}
    """
        .formatted(
            directory,
            databasePort,
            brokerPort,
            webhook.url(),
            PlainWorld.routes(),
            world.target("north").url(),
            world.target("south").url());
  }

  @AfterAll
  static void stop() throws Exception {
    first.close();
    world.close();
    webhook.close();
    broker.close();
    database.close();
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
  }

  private static List<Request> told(String subject) {
    return webhook.requests("/alerts").stream()
        .filter(request -> new String(request.body(), UTF_8).contains("\"" + subject + "\""))
        .toList();
  }

  private static int reports(URI hub, String ticket) throws Exception {
    return new SendingSystem(hub, "north").opens(ticket);
  }

  @Test
  void whatWasDecidedAndNotTakenIsToldOnceUnderTheSameKey() {
    soon().until(() -> told("cut-cable").size() > beforeTheKill.size());
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(10))
        .until(() -> told("cut-cable").size() == beforeTheKill.size() + 1);

    assertThat(told("cut-cable"))
        .extracting(request -> request.headers().get("Idempotency-Key"))
        .containsOnly(beforeTheKill.get(0).headers().get("Idempotency-Key"));
    assertThat(told("cut-cable"))
        .extracting(Request::body)
        .containsOnly(beforeTheKill.get(0).body());
  }

  @Test
  void aStoppedRouteStaysStoppedAndAnotherNodeObeys() throws Exception {
    assertThat(reports(first.url(), "K-1")).isEqualTo(503);

    world.startHub();
    assertThat(reports(world.hub().url(), "K-2")).isEqualTo(503);

    first.post(STOPPED + "start?reason=done");
    soon().until(() -> reports(world.hub().url(), "K-3") == 202);
    first.post(STOPPED + "pause?reason=works");
    soon().until(() -> reports(world.hub().url(), "K-4") == 503);
    assertThat(reports(first.url(), "K-5")).isEqualTo(503);
  }
}

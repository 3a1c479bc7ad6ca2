package io.tickethub;

import static io.tickethub.harness.SendingSystem.fresh;
import static io.tickethub.harness.SendingSystem.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickethub.alert.Alert;
import io.tickethub.alert.AlertKind;
import io.tickethub.alert.Alerts;
import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.ExternalBroker;
import io.tickethub.harness.ExternalDatabase;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.Ports;
import io.tickethub.harness.SendingSystem;
import io.tickethub.harness.TargetSystem.Told;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub with a PostgreSQL and an Artemis of somebody else's, which come and go. */
class ExternalBackendsIT {

  @TempDir static Path directory;
  static ExternalDatabase database;
  static ExternalBroker broker;
  static PlainWorld world;
  static SendingSystem desk;

  @BeforeAll
  static void start() throws Exception {
    List<Integer> ports = Ports.free(2);
    database = new ExternalDatabase(EmbeddedHub.home(), directory, ports.get(0));
    broker = new ExternalBroker(directory, ports.get(1));
    database.start();
    broker.start();
    world =
        PlainWorld.start(
            directory,
            List.of(PlainConnector.named("desk"), PlainConnector.named("north")),
            "--hub.database.url=jdbc:postgresql://127.0.0.1:%d/postgres".formatted(ports.get(0)),
            "--hub.database.username=postgres",
            "--hub.broker.url=tcp://127.0.0.1:" + ports.get(1));
    desk = world.sender("desk");
  }

  @AfterAll
  static void stop() throws Exception {
    world.close();
    broker.close();
    database.close();
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(60));
  }

  @Test
  void aReportGoesAllTheWay() throws Exception {
    desk.opens("X-1");
    desk.notes("X-1", "seen");

    awaitToldOnce("X-1", List.of("seen"));
  }

  @Test
  void whileTheDatabaseIsDownReceiptsAreGivenAndNothingIsLostOrDoubled() throws Exception {
    desk.opens("X-2");
    world.id("X-2");
    database.close();
    List<String> said = IntStream.range(0, 20).mapToObj(number -> "note " + number).toList();
    for (String text : said) {
      assertThat(desk.notes("X-2", text)).isEqualTo(202);
    }
    Alerts alerts = world.hub().part(Alerts.class);
    patiently().until(() -> isOpen(alerts, AlertKind.DATABASE_DOWN));
    assertThat(answers("/actuator/health/liveness")).isEqualTo(200);
    assertThat(answers("/actuator/health/readiness")).isEqualTo(200);
    assertThat(answers("/actuator/prometheus")).isEqualTo(200);
    database.start();

    patiently().ignoreExceptions().until(() -> world.notes("X-2").size() >= said.size());
    awaitToldOnce("X-2", said);
    patiently().until(() -> !isOpen(alerts, AlertKind.DATABASE_DOWN));
    patiently()
        .untilAsserted(
            () ->
                assertThat(alerts.list(true, 10))
                    .filteredOn(alert -> alert.kind() == AlertKind.DATABASE_DOWN)
                    .singleElement()
                    .extracting(Alert::closedAt)
                    .isNotNull());
  }

  /** The status of an answer that does not keep anybody waiting. */
  private static int answers(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(world.hub().url().resolve(path))
            .header("Authorization", "Bearer " + world.hub().operatorToken())
            .timeout(Duration.ofSeconds(10))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static boolean isOpen(Alerts alerts, AlertKind kind) {
    return alerts.open().stream().anyMatch(alert -> alert.kind() == kind);
  }

  @Test
  void whileTheBrokerIsDownNoReceiptIsGivenAndWhatHadOneIsNotLost() throws Exception {
    desk.opens("X-3");
    String id = fresh();
    broker.stop();
    try {
      patiently().until(() -> answers("/actuator/health/readiness") == 503);
      assertThat(desk.sends("newest", id, note("X-3", "kept by its sender"))).isEqualTo(503);
      assertThat(answers("/actuator/health/readiness")).isEqualTo(503);
      assertThat(answers("/actuator/health/liveness")).isEqualTo(200);
      assertThat(isOpen(world.hub().part(Alerts.class), AlertKind.INTAKE_REFUSES)).isTrue();
    } finally {
      broker.start();
    }

    patiently().until(() -> answers("/actuator/health/readiness") == 200);
    patiently().until(() -> desk.sends("newest", id, note("X-3", "kept by its sender")) == 202);
    awaitToldOnce("X-3", List.of("kept by its sender"));
    assertThat(isOpen(world.hub().part(Alerts.class), AlertKind.INTAKE_REFUSES)).isFalse();
  }

  private static void awaitToldOnce(String ticket, List<String> notes) {
    world.awaitNotes(ticket, notes);
    String number = world.number(ticket);
    patiently()
        .untilAsserted(
            () ->
                assertThat(world.target("north").took(number).stream().map(Told::note))
                    .filteredOn(Objects::nonNull)
                    .containsExactlyElementsOf(notes));
  }
}

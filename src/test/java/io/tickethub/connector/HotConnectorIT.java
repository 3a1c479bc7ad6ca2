package io.tickethub.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.tickethub.alert.Alert;
import io.tickethub.alert.AlertKind;
import io.tickethub.alert.Alerts;
import io.tickethub.delivery.DeliveryLog;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SendingSystem;
import io.tickethub.harness.TargetSystem.Reply;
import io.tickethub.harness.TargetSystem.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Folders of connectors that come, change and go while the hub runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HotConnectorIT {

  private static final Duration SOON = Duration.ofSeconds(3);

  private Path directory;
  private PlainWorld world;
  private SendingSystem desk;
  private Path connectors;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    this.directory = directory;
    world =
        PlainWorld.prepare(
            directory,
            List.of(
                PlainConnector.named("desk"),
                PlainConnector.named("field"),
                PlainConnector.named("north").delivery("{first-retry: 20ms}"),
                PlainConnector.named("south")));
    connectors = directory.resolve("connectors");
    takeAway("field");
    world.startHub();
    desk = world.sender("desk");
  }

  @AfterEach
  void takeFieldAway() throws Exception {
    world.target("field").answers(200);
    if (Files.exists(connectors.resolve("field"))) {
      takeAway("field");
      patiently().until(() -> connector("field") == null);
    }
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
  }

  private void takeAway(String name) throws IOException {
    Files.createDirectories(directory.resolve("elsewhere"));
    Files.move(connectors.resolve(name), directory.resolve("elsewhere").resolve(name));
  }

  private void drop(String name) throws IOException {
    Files.move(directory.resolve("elsewhere").resolve(name), connectors.resolve(name));
  }

  private JsonNode connector(String name) throws IOException, InterruptedException {
    for (JsonNode connector : world.hub().get("/api/connectors")) {
      if (connector.get("name").asText().equals(name)) {
        return connector;
      }
    }
    return null;
  }

  private String cause(String name) throws IOException, InterruptedException {
    return connector(name).path("cause").asText("");
  }

  private void replace(String file, String text, String otherwise) throws IOException {
    Path path = connectors.resolve(file);
    String content = Files.readString(path);
    assertThat(content).contains(text);
    Files.writeString(path, content.replace(text, otherwise));
  }

  @Test
  void aFolderThatIsDroppedRunsSoonAndOneThatIsTakenAwayStops() throws Exception {
    drop("field");

    await().atMost(SOON).until(() -> connector("field") != null);
    assertThat(connector("field").get("state").asText()).isEqualTo("running");
    assertThat(world.sender("field").opens("F-1")).isEqualTo(202);

    takeAway("field");
    await().atMost(SOON).until(() -> connector("field") == null);
    assertThat(world.sender("field").opens("F-2")).isEqualTo(404);
    patiently().until(() -> !audited("connector-removed", "field").isEmpty());
  }

  @Test
  void aChangedMappingIsUsedSoonAndAnEditorsTemporaryFileIsNoChange() throws Exception {
    JsonNode before = connector("south");
    Files.writeString(connectors.resolve("south/mapping/.out.jsonata.swp"), "x");
    Files.writeString(connectors.resolve("south/mapping/out.jsonata~"), "x");
    replace("north/mapping/out.jsonata", "event.note", "'<' & event.note & '>'");

    int version = connector("north").get("version").asInt();
    patiently().until(() -> connector("north").path("version").asInt() == version + 1);
    assertThat(audited("connector-changed", "north"))
        .last()
        .asString()
        .startsWith("folder: ")
        .endsWith("before: version %d; after: version %d".formatted(version, version + 1));
    desk.opens("C-1");
    desk.notes("C-1", "said");
    String number = world.number("C-1");
    patiently()
        .untilAsserted(
            () ->
                assertThat(world.target("north").took(number))
                    .extracting(Told::note)
                    .contains("<said>"));
    assertThat(connector("south")).isEqualTo(before);
  }

  private List<String> audited(String action, String subject) {
    return world
        .hub()
        .database()
        .queryForList(
            "select actor || ' ' || detail from audit where action = ? and subject = ? order by id",
            String.class,
            action,
            subject);
  }

  @Test
  void aChangedTemplateIsAVersionOfEachConnectorThatIsMadeOfIt() throws Exception {
    Path template = Files.createDirectories(connectors.resolve("templates/told"));
    Files.writeString(
        template.resolve("template.yaml"),
        """
        titles: {en: told, zh: 告知}
        descriptions: {en: told, zh: 告知}
        direction: out
        parameters:
          url: {description: where it goes, required: true}
        """);
    Files.writeString(
        template.resolve("route.camel.yaml"),
        """
        - routeTemplate:
            id: told
            from:
              uri: hub:out/{{channel}}
              steps:
                - to: {uri: "{{url}}/nowhere"}
        """);
    drop("field");
    replace(
        "field/connector.yaml",
        "  told:\n",
        "  told:\n    route: {template: told, url: \"{{base-url}}\"}\n");
    replace(
        "field/routes/field.camel.yaml",
        "id: field-out, from: {uri: \"hub:out/told\"",
        "id: field-out, from: {uri: \"direct:unused\"");
    patiently().until(() -> connector("field") != null);
    int version = connector("field").get("version").asInt();
    JsonNode south = connector("south");

    replace("templates/told/route.camel.yaml", "/nowhere", "/told");

    patiently().until(() -> connector("field").path("version").asInt() == version + 1);
    desk.opens("M-1");
    desk.notes("M-1", "by the changed template");
    String number = world.number("M-1");
    patiently()
        .untilAsserted(
            () ->
                assertThat(world.target("field").took(number))
                    .extracting(Told::note)
                    .contains("by the changed template"));
    assertThat(connector("south")).isEqualTo(south);
    JsonNode difference =
        world.hub().get("/api/connectors/field/diff?from=%d&to=%d".formatted(version, version + 1));
    assertThat(difference.toString()).contains(".templates/told/route.camel.yaml", "/told");
  }

  @Test
  void aChannelThatDeclaresItsRhythmAndGoesQuietIsAnAlertUntilItIsBack() throws Exception {
    drop("field");
    replace("field/connector.yaml", "newest: {", "newest: {expected-every: 1s, ");
    patiently().until(() -> connector("field") != null);
    Alerts alerts = world.hub().part(Alerts.class);
    patiently().until(() -> !silent(alerts, false).isEmpty());

    assertThat(world.sender("field").opens("Q-1")).isEqualTo(202);

    patiently().until(() -> silent(alerts, true).stream().anyMatch(alert -> !alert.isOpen()));
    takeAway("field");
    patiently().until(() -> silent(alerts, false).isEmpty());
  }

  private static List<Alert> silent(Alerts alerts, boolean closedToo) {
    return alerts.list(closedToo, 100).stream()
        .filter(alert -> alert.kind() == AlertKind.CHANNEL_SILENT)
        .filter(alert -> alert.subject().equals("field/newest"))
        .toList();
  }

  @Test
  void aBrokenChangeLeavesTheOldVersionRunningAndSaysWhyUntilItIsMended() throws Exception {
    int version = connector("south").get("version").asInt();
    replace("south/connector.yaml", "idempotency: key", "idempotency: perhaps");

    patiently().until(() -> !cause("south").isEmpty());
    assertThat(cause("south"))
        .contains("version " + version + " goes on")
        .containsPattern("connector\\.yaml, line \\d+")
        .contains("perhaps");
    assertThat(connector("south").get("state").asText()).isEqualTo("running");
    desk.opens("B-1");
    String number = world.number("B-1");
    patiently().until(() -> world.target("south").took(number).size() == 1);

    replace("south/connector.yaml", "idempotency: perhaps", "idempotency: key");
    patiently().until(() -> cause("south").isEmpty());
    assertThat(connector("south").get("version").asInt()).isEqualTo(version);
  }

  @Test
  void aRouteThatCannotBeMadeAndAnExampleThatFailsAreSeenBeforeTheSwap() throws Exception {
    replace("south/routes/south.camel.yaml", "hub:in/newest", "hub:in/nowhere");
    patiently().until(() -> cause("south").contains("nowhere"));
    assertThat(cause("south")).containsPattern("south\\.camel\\.yaml, line 1: .*nowhere");
    replace("south/routes/south.camel.yaml", "hub:in/nowhere", "hub:in/newest");
    patiently().until(() -> cause("south").isEmpty());

    Path example = Files.createDirectories(connectors.resolve("south/examples/newest/wrong"));
    Files.writeString(example.resolve("received.json"), "{\"id\": \"1\", \"change\": {}}");
    Files.writeString(example.resolve("change.json"), "[]");
    patiently().until(() -> cause("south").contains("newest/wrong"));
    FileSystemUtils.deleteRecursively(connectors.resolve("south/examples"));
    patiently().until(() -> cause("south").isEmpty());
  }

  @Test
  void aBrokenNewFolderHasFailedAndRunsOnceItIsMended() throws Exception {
    PlainConnector.named("late").writeTo(directory.resolve("elsewhere"));
    Path late = directory.resolve("elsewhere/late");
    Path manifest = late.resolve("connector.yaml");
    String text = Files.readString(manifest);
    Files.writeString(
        manifest,
        text.replace("{type: url, description: where the system listens}", "{type: star}"));
    Files.move(late, connectors.resolve("late"));
    patiently().until(() -> connector("late") != null);
    assertThat(connector("late").get("state").asText()).isEqualTo("failed");
    assertThat(cause("late")).containsPattern("connector\\.yaml, line \\d+");

    Path better = connectors.resolve("late/connector.yaml.tmp");
    Files.writeString(better, text);
    Files.move(
        better, connectors.resolve("late/connector.yaml"), StandardCopyOption.REPLACE_EXISTING);
    await()
        .atMost(SOON)
        .until(() -> connector("late").get("state").asText().equals("unconfigured"));
    FileSystemUtils.deleteRecursively(connectors.resolve("late"));
    patiently().until(() -> connector("late") == null);
  }

  @Test
  void removalLetsWhatIsUnderWayFinishAndForgetsTheConnectorsMeters() throws Exception {
    drop("field");
    patiently().until(() -> connector("field") != null);
    CountDownLatch slow = new CountDownLatch(1);
    CountDownLatch called = new CountDownLatch(1);
    world
        .target("field")
        .answers(
            told -> {
              called.countDown();
              awaitQuietly(slow);
              return new Reply(200, "{}");
            });
    desk.opens("G-1");
    String number = world.number("G-1");
    assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
    takeAway("field");
    desk.opens("G-2");
    slow.countDown();

    patiently().until(() -> connector("field") == null);
    assertThat(world.target("field").told(number)).hasSize(1);
    assertThat(world.hub().part(DeliveryLog.class).ofTicket(world.id("G-1")))
        .filteredOn(delivery -> delivery.connector().equals("field"))
        .singleElement()
        .satisfies(delivery -> assertThat(delivery.state()).isEqualTo("delivered"));
    assertThat(world.hub().part(MeterRegistry.class).getMeters())
        .noneMatch(meter -> "field".equals(meter.getId().getTag("camelContext")));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

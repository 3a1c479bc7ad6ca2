package io.tickethub.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.cli.HubCommand;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SendingSystem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Single routes that a person starts and stops, by the command line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteOperationsIT {

  private final HttpClient http = HttpClient.newHttpClient();
  private Path directory;
  private PlainWorld world;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    this.directory = directory;
    world =
        PlainWorld.start(
            directory,
            List.of(
                PlainConnector.named("desk"),
                PlainConnector.named("north").delivery("{first-retry: 20ms, attempts: 3}"),
                PlainConnector.named("south")
                    .delivery("{first-retry: 20ms, longest-retry: 50ms}")));
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(50));
  }

  /** What the command printed as JSON. */
  private JsonNode hub(String... words) throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        HubCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(
                Stream.concat(
                        Stream.of(words),
                        Stream.of("--json", "--data", world.hub().data().toString()))
                    .toArray(String[]::new));
    assertThat(code).as(err::toString).isZero();
    return new JsonMapper().readTree(out.toString());
  }

  private void order(String action, String connector, String route) throws IOException {
    hub("route", action, connector, route, "--reason", "maintenance");
  }

  private JsonNode route(String connector, String id) throws IOException {
    for (JsonNode route : hub("route", "list", "--connector", connector)) {
      if (route.get("route").asText().equals(id)) {
        return route;
      }
    }
    throw new AssertionError(id);
  }

  private String state(String connector, String id) throws IOException {
    return route(connector, id).get("state").asText();
  }

  private HttpResponse<String> posted(String path) throws IOException, InterruptedException {
    URI address = world.hub().url().resolve(path);
    return http.send(
        HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aStoppedWebRouteAnswers503AndTheOthersGoOn() throws Exception {
    SendingSystem desk = world.sender("desk");
    for (String action : List.of("stop", "pause")) {
      order("start", "desk", "desk-conflict");
      order(action, "desk", "desk-conflict");

      HttpResponse<String> answer = posted("/in/desk/conflict");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/problem+json");
      assertThat(answer.body()).contains("the route is stopped").doesNotContain("maintenance");
      assertThat(desk.opens("W-" + action)).isEqualTo(202);
      assertThat(posted("/in/desk/nothing").statusCode()).isEqualTo(404);
    }
    JsonNode line = world.status("desk").get("stopped").get(0);
    assertThat(line.get("route").asText()).isEqualTo("desk-conflict");
    assertThat(line.get("by").asText()).isEqualTo("operator");
    assertThat(line.get("reason").asText()).isEqualTo("maintenance");

    order("start", "desk", "desk-conflict");
    assertThat(desk.sends("conflict", "c-1", SendingSystem.report("W-3"))).isEqualTo(202);
    assertThat(
            world
                .hub()
                .database()
                .queryForList(
                    "select action || ' ' || subject || ' ' || detail from audit where action like"
                        + " 'route-%' order by id",
                    String.class))
        .contains(
            "route-stop desk/desk-conflict before: started; after: stopped by operator,"
                + " maintenance; reason: maintenance",
            "route-start desk/desk-conflict before: paused by operator, maintenance; after:"
                + " started; reason: maintenance");
  }

  @Test
  void whatAStoppedRouteWouldTellWaitsUntriedAndInOrder() throws Exception {
    order("stop", "north", "north-out");
    SendingSystem desk = world.sender("desk");
    desk.opens("N-1");
    desk.notes("N-1", "first");
    desk.notes("N-1", "second");
    String number = world.number("N-1");
    patiently().until(() -> world.target("south").told(number).size() >= 3);

    assertThat(world.target("north").told(number)).isEmpty();
    assertThat(world.status("north").get("failures").asLong()).isZero();
    assertThat(world.status("north").get("waiting").asLong()).isPositive();

    order("start", "north", "north-out");
    patiently().until(() -> world.target("north").told(number).size() >= 3);
    assertThat(world.target("north").told(number).stream().map(told -> told.note()).toList())
        .containsSubsequence("first", "second");
    assertThat(world.hub().get("/api/dead-letters")).isEmpty();
  }

  @Test
  void aStoppedRouteStaysStoppedOverAReloadAndARestart() throws Exception {
    order("stop", "desk", "desk-reject");
    order("stop", "south", "south-out");
    hub("connector", "reload", "desk", "--reason", "again");
    assertThat(posted("/in/desk/reject").statusCode()).isEqualTo(503);

    world.hub().close();
    world.startHub();
    assertThat(state("desk", "desk-reject")).isEqualTo("stopped");
    assertThat(route("desk", "desk-reject").get("reason").asText()).isEqualTo("maintenance");
    assertThat(posted("/in/desk/reject").statusCode()).isEqualTo(503);
    SendingSystem desk = world.sender("desk");
    assertThat(desk.opens("R-1")).isEqualTo(202);
    String number = world.number("R-1");
    patiently().until(() -> !world.target("north").told(number).isEmpty());
    assertThat(world.target("south").told(number)).isEmpty();

    order("start", "desk", "desk-reject");
    order("start", "south", "south-out");
    assertThat(desk.sends("reject", "r-1", SendingSystem.report("R-2"))).isEqualTo(202);
    patiently().until(() -> !world.target("south").told(number).isEmpty());
  }

  @Test
  void aDrainTellsWhatWaitsAndStopsThen() throws Exception {
    world.target("south").down();
    SendingSystem desk = world.sender("desk");
    desk.opens("D-1");
    String before = world.number("D-1");
    patiently().until(() -> world.status("south").get("waiting").asLong() > 0);
    order("drain", "south", "south-out");
    order("drain", "desk", "desk-conflict");
    patiently().until(() -> state("desk", "desk-conflict").equals("stopped"));
    assertThat(posted("/in/desk/conflict").statusCode()).isEqualTo(503);
    assertThat(state("south", "south-out")).isEqualTo("draining");
    assertThat(route("south", "south-out").get("waiting").asLong()).isPositive();

    world.target("south").up();
    patiently().until(() -> state("south", "south-out").equals("stopped"));
    assertThat(world.target("south").took(before)).isNotEmpty();
    desk.opens("D-2");
    String after = world.number("D-2");
    patiently().until(() -> !world.target("north").told(after).isEmpty());
    assertThat(world.target("south").told(after)).isEmpty();

    order("start", "south", "south-out");
    order("start", "desk", "desk-conflict");
    patiently().until(() -> !world.target("south").told(after).isEmpty());
  }

  @Test
  void aDisabledConnectorTakesNothingAndWhatItWouldBeToldWaits() throws Exception {
    hub("connector", "disable", "north", "--reason", "moves house");
    assertThat(posted("/in/north/newest").statusCode()).isEqualTo(503);
    SendingSystem desk = world.sender("desk");
    desk.opens("X-1");
    String number = world.number("X-1");
    patiently().until(() -> !world.target("south").told(number).isEmpty());
    assertThat(world.target("north").told(number)).isEmpty();
    assertThat(world.status("north").get("cause").asText())
        .isEqualTo("switched off by operator: moves house");

    hub("connector", "enable", "north", "--reason", "moved");
    patiently().until(() -> !world.target("north").told(number).isEmpty());
  }

  @Test
  void topSaysOnceWhatIsWrong() throws Exception {
    order("stop", "desk", "desk-newest");
    JsonNode top = hub("top");
    assertThat(top.get("systems").get(0).get("name").asText()).isEqualTo("desk");
    assertThat(top.get("systems").get(0).get("health").asText()).isEqualTo("stopped");
    assertThat(top.get("systems").get(0).get("trouble").asText())
        .isEqualTo("desk-newest stopped by operator: maintenance");
    order("start", "desk", "desk-newest");
  }

  @Test
  void aMessageIsTriedAndBecomesAnExample() throws Exception {
    byte[] message =
        new JsonMapper()
            .writeValueAsBytes(
                java.util.Map.of("id", "t-1", "change", SendingSystem.report("T-1")));
    JsonNode tried = sent("/api/connectors/desk/try?channel=newest", message);
    assertThat(tried.get("good").asInt()).isEqualTo(1);
    assertThat(tried.toString()).contains("no dial tone");

    int before = world.hub().get("/api/connectors/desk/versions").size();
    sent("/api/connectors/desk/examples?channel=newest&case=pasted&reason=kept", message);
    Path example = directory.resolve("connectors/desk/examples/newest/pasted");
    assertThat(example.resolve("received.json")).exists();
    assertThat(example.resolve("change.json")).exists();
    patiently().until(() -> world.hub().get("/api/connectors/desk/versions").size() == before + 1);
    assertThat(world.hub().get("/api/connectors/desk").path("cause").asText("")).isEmpty();
  }

  private JsonNode sent(String path, byte[] body) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(world.hub().url().resolve(path))
                .header("Authorization", "Bearer " + world.hub().operatorToken())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonMapper().readTree(answer.body());
  }

  @Test
  void theStepsOfARouteAreShownWithoutWhatItLogsInWith() throws Exception {
    JsonNode shown = hub("route", "show", "desk", "desk-out");
    assertThat(shown.at("/steps/kind").asText()).isEqualTo("from");
    assertThat(shown.at("/steps/text").asText()).isEqualTo("hub:out/told");
    assertThat(shown.at("/steps/steps/0/kind").asText()).isEqualTo("to");
    assertThat(shown.at("/steps/steps/0/text").asText()).isEqualTo("{{base-url}}/told");
  }
}

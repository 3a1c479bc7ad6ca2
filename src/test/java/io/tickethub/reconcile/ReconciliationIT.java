package io.tickethub.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.delivery.ConnectorControls;
import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SendingSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A thousand differences of every kind among three thousand tickets, found and repaired. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReconciliationIT {

  private static final int TICKETS = 3_000;
  private static final int CANCELLED = 250;
  private static final int IN_FLIGHT = 30;

  @TempDir static Path directory;
  static PlainWorld world;
  static BelievingSystem believing;

  /** The hub's numbers, in the order in which the tickets were opened. */
  static final List<String> numbers = new ArrayList<>();

  /** Ticket and field, of all that were made to differ. */
  static final Map<String, String> injected = new TreeMap<>();

  @BeforeAll
  static void start() throws Exception {
    world =
        PlainWorld.start(
            directory,
            List.of(
                PlainConnector.named("desk").delivery("{concurrency: 8, per-second: 5000}"),
                PlainConnector.named("north")
                    .delivery("{concurrency: 8, per-second: 5000}")
                    .reconciled(
                        """
                        settle: 300ms
                        fields: [state, title, description, customer, resolution]
                        repair: {unknown: open, take: {title: hub}}
                        """)),
            "--hub.connectors.routes="
                + EmbeddedHub.home().resolve("src/test/resources/reconcile/routes"));
    believing = new BelievingSystem(world.target("north"));
    openTickets();
    injectDrifts();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }

  private static void openTickets() {
    SendingSystem desk = world.sender("desk");
    IntStream.range(0, TICKETS).parallel().forEach(i -> say(desk, report("D-" + i)));
    patiently().until(() -> believing.size() == TICKETS);
    IntStream.range(0, CANCELLED)
        .parallel()
        .forEach(
            i -> {
              Map<String, Object> cancelled = SendingSystem.change("state", "D-" + i);
              cancelled.put("state", "cancelled");
              say(desk, cancelled);
            });
    patiently().untilAsserted(() -> assertThat(believing.effects()).isEqualTo(TICKETS + CANCELLED));
    Map<String, String> byName = new LinkedHashMap<>();
    world
        .hub()
        .database()
        .query(
            "select r.value, t.number from ticket t join ticket_reference r on r.ticket_id = t.id where r.scheme = 'desk'",
            row -> {
              byName.put(row.getString(1), row.getString(2));
            });
    for (int i = 0; i < TICKETS; i++) {
      numbers.add(byName.get("D-" + i));
    }
    settle();
  }

  private static void say(SendingSystem system, Map<String, Object> change) {
    try {
      assertThat(system.sends("newest", SendingSystem.fresh(), change)).isEqualTo(202);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, Object> report(String ticket) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("kind", "fault");
    content.put("productClass", "general");
    content.put("title", "no dial tone");
    content.put("description", "since the morning");
    content.put("attributes", Map.of("productName", "telephone"));
    content.put("customer", Map.of("number", "C-1", "name", "张三丰"));
    Map<String, Object> change = SendingSystem.change("open", ticket);
    change.put("state", "dispatched");
    change.put("content", content);
    return change;
  }

  /** A thousand, each in a ticket of its own. */
  private static void injectDrifts() {
    String later = Instant.now().plusSeconds(1).toString();
    for (int i = 0; i < 200; i++) {
      differ(i, "state", "dispatched");
    }
    for (int i = 300; i < 500; i++) {
      differ(i, "state", "replied");
      believing.believes(numbers.get(i), "since", later);
    }
    for (int i = 500; i < 650; i++) {
      believing.forgets(numbers.get(i));
      injected.put(numbers.get(i), "ticket");
    }
    for (int i = 0; i < 100; i++) {
      believing.believes("N-" + i, "state", "dispatched");
      believing.believes("N-" + i, "title", "found by north");
      injected.put("N-" + i, "ticket");
    }
    for (int i = 700; i < 800; i++) {
      differ(i, "title", "no tone");
    }
    for (int i = 800; i < 850; i++) {
      differ(i, "customer", "李四光");
    }
    for (int i = 850; i < 1000; i++) {
      believing.believes(numbers.get(i), "action", "changed the line card");
      injected.put(numbers.get(i), "resolution");
    }
    for (int i = 1000; i < 1050; i++) {
      differ(i, "description", "since noon");
    }
    assertThat(injected).hasSize(1_000);
  }

  private static void differ(int ticket, String field, String value) {
    believing.believes(numbers.get(ticket), field, value);
    injected.put(numbers.get(ticket), field);
  }

  /** Nothing waits to be told, and what was told is older than a list may leave out. */
  private static void settle() {
    patiently()
        .until(
            () ->
                world
                        .hub()
                        .database()
                        .queryForObject(
                            "select count(*) from delivery where state in ('pending', 'leased')",
                            Long.class)
                    == 0);
    Instant quiet = Instant.now().plusMillis(400);
    patiently().until(() -> Instant.now().isAfter(quiet));
  }

  private static JsonNode reconcile(boolean repair) throws Exception {
    JsonNode run = world.hub().post("/api/reconciliations?connector=north&repair=" + repair);
    return ended(run.get("id").asText());
  }

  private static JsonNode ended(String run) {
    return patiently()
        .until(
            () -> world.hub().get("/api/reconciliations/" + run),
            view -> List.of("done", "failed").contains(view.get("state").asText()));
  }

  private static List<JsonNode> drifts(JsonNode run) throws Exception {
    List<JsonNode> all = new ArrayList<>();
    String after = "";
    while (true) {
      JsonNode page =
          world
              .hub()
              .get(
                  "/api/reconciliations/%s/drifts?limit=500%s"
                      .formatted(run.get("id").asText(), after));
      page.forEach(all::add);
      if (page.isEmpty()) {
        return all;
      }
      after = "&after=" + page.get(page.size() - 1).get("id").asText();
    }
  }

  private static Map<String, String> found(List<JsonNode> drifts) {
    Map<String, String> found = new TreeMap<>();
    drifts.forEach(drift -> found.put(drift.get("ticket").asText(), drift.get("field").asText()));
    return found;
  }

  private static String state(int ticket) {
    return world
        .hub()
        .database()
        .queryForObject(
            "select state from ticket where number = ?", String.class, numbers.get(ticket));
  }

  private static long count(String sql) {
    Long count = world.hub().database().queryForObject(sql, Long.class);
    return count == null ? 0 : count;
  }

  @Test
  @Order(1)
  void everyDifferenceIsFoundAndNoneThatIsUnderWay() throws Exception {
    SendingSystem desk = world.sender("desk");
    ConnectorControls controls = world.hub().part(ConnectorControls.class);
    controls.pause("north", "a test", "test");
    for (int i = 2_000; i < 2_000 + IN_FLIGHT; i++) {
      Map<String, Object> update = SendingSystem.change("update", "D-" + i);
      update.put("content", Map.of("title", "no tone at all"));
      say(desk, update);
    }
    patiently()
        .until(() -> count("select count(*) from delivery where state = 'pending'") == IN_FLIGHT);
    long events = count("select count(*) from ticket_event");

    JsonNode run = reconcile(false);

    assertThat(run.path("cause").isMissingNode()).as(run.toString()).isTrue();
    List<JsonNode> drifts = drifts(run);
    assertThat(found(drifts)).isEqualTo(injected);
    assertThat(drifts).hasSize(1_000);
    assertThat(run.get("drifts").asInt()).isEqualTo(1_000);
    assertThat(run.get("repaired").asInt()).isZero();
    assertThat(run.get("inFlight").asInt()).isEqualTo(IN_FLIGHT);
    assertThat(run.get("agrees").asBoolean()).isFalse();
    assertThat(count("select count(*) from ticket_event")).isEqualTo(events);
    assertThat(count("select count(*) from reconciliation_statement")).isZero();
    Map<String, Long> sides = new TreeMap<>();
    drifts.forEach(drift -> sides.merge(drift.get("right").asText(), 1L, Long::sum));
    assertThat(sides).isEqualTo(Map.of("hub", 500L, "system", 450L, "nobody", 50L));
    JsonNode older = drift(drifts, 0);
    assertThat(older.get("hub").asText()).isEqualTo("cancelled");
    assertThat(older.get("system").asText()).isEqualTo("dispatched");
    assertThat(older.get("tells").asText()).isEqualTo("cancelled");
    assertThat(older.get("cause").asText()).contains("it took delivery", "'cancelled'");
    assertThat(older.get("delivery").asText()).isNotEmpty();
    JsonNode newer = drift(drifts, 300);
    assertThat(newer.get("because").asText())
        .isEqualTo("who works on a ticket says how the work goes");
    assertThat(newer.get("cause").asText()).contains("never sent a message");
    assertThat(drift(drifts, 800).toString()).doesNotContain("张三丰", "李四光");
    controls.resume("north", "a test", "test");
    settle();
  }

  private static JsonNode drift(List<JsonNode> drifts, int ticket) {
    return drifts.stream()
        .filter(drift -> drift.get("ticket").asText().equals(numbers.get(ticket)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Order(2)
  void whatRulesDecideIsRepairedOnceThoughTheHubStopsAndRepairsAgain() throws Exception {
    int effects = believing.effects();
    JsonNode run = world.hub().post("/api/reconciliations?connector=north&repair=true");
    String id = run.get("id").asText();
    patiently().until(() -> count("select max(reached) from reconciliation") > 0);
    world.hub().close();
    world.startHub();

    JsonNode ended = ended(id);
    assertThat(ended.get("state").asText()).as(ended.toString()).isEqualTo("done");
    assertThat(found(drifts(ended))).isEqualTo(injected);
    assertThat(ended.get("repaired").asInt()).isEqualTo(950);
    JsonNode again = reconcile(true);
    settle();

    assertThat(again.get("state").asText()).isEqualTo("done");
    assertThat(count("select count(*) from ticket_event where type = 'reconciled'")).isEqualTo(500);
    assertThat(believing.effects() - effects).isEqualTo(500);
    assertThat(state(0)).isEqualTo("cancelled");
    assertThat(believing.belief(numbers.get(0), "state")).isEqualTo("cancelled");
    assertThat(state(300)).isEqualTo("replied");
    assertThat(believing.belief(numbers.get(500), "state")).isEqualTo("dispatched");
    assertThat(believing.belief(numbers.get(700), "title")).isEqualTo("no dial tone");
    assertThat(believing.belief(numbers.get(800), "customer")).isEqualTo("张三丰");
    assertThat(
            count("select count(*) from ticket_reference where scheme = 'north' and value ~ '^N-'"))
        .isEqualTo(100);
  }

  @Test
  @Order(3)
  void whatNoRuleDecidesIsRepairedAsAPersonSays() throws Exception {
    JsonNode run = reconcile(true);
    List<JsonNode> drifts = drifts(run);
    assertThat(drifts.size()).isEqualTo(50);
    assertThat(drifts)
        .allSatisfy(
            drift -> {
              assertThat(drift.get("state").asText()).isEqualTo("person");
              assertThat(drift.get("because").asText()).isEqualTo("no rule says who is right");
            });
    String path = "/api/reconciliations/drifts/%s/take?side=%s";
    String first = drifts.get(0).get("id").asText();
    assertThatThrownBy(() -> world.hub().post(path.formatted(first, "hub")))
        .hasMessageContaining("400");
    for (int i = 0; i < drifts.size(); i++) {
      String side = i % 2 == 0 ? "system" : "hub";
      world
          .hub()
          .post(path.formatted(drifts.get(i).get("id").asText(), side) + "&reason=asked%20north");
    }
    assertThatThrownBy(
            () -> world.hub().post(path.formatted(first, "hub") + "&reason=asked%20again"))
        .hasMessageContaining("409");
    settle();

    JsonNode last = reconcile(true);

    assertThat(drifts(last)).isEmpty();
    assertThat(last.get("agrees").asBoolean()).as(last.toString()).isTrue();
    assertThat(last.get("inFlight").asInt()).isZero();
    assertThat(last.get("statements").asInt()).isEqualTo(TICKETS + 100);
    assertThat(count("select count(*) from audit where action = 'reconcile-take'")).isEqualTo(50);
  }
}

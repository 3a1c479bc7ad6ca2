package io.tickethub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import io.tickethub.definition.JsonSchemaFile;
import io.tickethub.demo.HubReconciliation;
import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.Surroundings;
import io.tickethub.standin.AnalysisStandIn;
import io.tickethub.standin.CrmStandIn;
import io.tickethub.standin.Neighbours;
import io.tickethub.standin.StandIn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub among all the systems around it. */
class WholeLifeIT {

  private static final int CALLS = 40;
  private static final int CALLS_TO_112 = 5;

  private static final int REPORTS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path directory;

  @Test
  void everyReportIsArchivedAndEverySystemAgrees() throws Exception {
    Surroundings surroundings =
        Surroundings.prepare(EmbeddedHub.home(), directory, Duration.ofMillis(50), 7);
    try (Neighbours neighbours = new Neighbours(surroundings.neighbours());
        EmbeddedHub hub = EmbeddedHub.start(surroundings)) {
      for (int call = 0; call < CALLS; call++) {
        neighbours.callCenter().receiveCall();
      }
      for (int call = 0; call < CALLS_TO_112; call++) {
        neighbours.fault112().receiveCall();
      }

      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(
              () -> {
                JsonNode status = hub.get("/api/status");
                assertThat(status.at("/tickets/archived").asInt()).isEqualTo(CALLS + CALLS_TO_112);
                assertThat(status.get("connectors"))
                    .allSatisfy(connector -> assertThat(connector.get("waiting").asInt()).isZero());
              });

      Map<String, StandIn> systems =
          neighbours.all().stream().collect(Collectors.toMap(StandIn::name, Function.identity()));
      JsonNode tickets = hub.get("/api/tickets?limit=500");
      assertThat(tickets).hasSize(CALLS + CALLS_TO_112);
      // Files and queues are told when they are written; their readers come later.
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> tickets.forEach(ticket -> assertArchived(ticket, systems)));
      assertThat(systems.values())
          .allSatisfy(
              system -> {
                assertThat(system.ledger().complaints()).as(system.name()).isEmpty();
                assertThat(system.ledger().totals().effects()).as(system.name()).isPositive();
              });
      assertThat(hub.get("/api/dead-letters")).isEmpty();
      assertExported(hub, neighbours);
      assertAccountsKnown(neighbours);
      assertReconciled(hub, neighbours);
      assertMassFault(
          "东兴市", "noc", neighbours.noc().declareMassFault("东兴市"), hub, neighbours, systems);
      assertMassFault(
          "上思县",
          "fault-112",
          neighbours.fault112().declareMassFault("上思县"),
          hub,
          neighbours,
          systems);
    }
  }

  /** A mass fault gathers the reports of its area, is dispatched once and replied to all. */
  private static void assertMassFault(
      String area,
      String declaredBy,
      String number,
      EmbeddedHub hub,
      Neighbours neighbours,
      Map<String, StandIn> systems)
      throws Exception {
    await().atMost(PATIENCE).until(() -> !hub.get("/api/tickets?number=" + number).isEmpty());
    String parent = hub.get("/api/tickets/" + number).at("/ticket/number").asText();
    for (int report = 0; report < REPORTS; report++) {
      neighbours.callCenter().receiveCallFrom(area);
    }
    await()
        .atMost(PATIENCE)
        .until(() -> hub.get("/api/tickets/" + parent).at("/group/children").asInt() == REPORTS);
    assertThat(hub.get("/api/tickets/" + parent).at("/group/firstChildren"))
        .allSatisfy(
            child ->
                assertThat(child.get("participants").toString())
                    .contains("call-center")
                    .doesNotContain("noc", "fault-112", "support-centre"));
    if (declaredBy.equals("noc")) {
      neighbours.noc().clear(number);
    }

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode shown = hub.get("/api/tickets/" + parent);
              assertThat(shown.at("/ticket/openedBy").asText()).isEqualTo(declaredBy);
              assertThat(shown.at("/ticket/state").asText()).isEqualTo("archived");
              for (JsonNode child : shown.at("/group/firstChildren")) {
                assertThat(child.get("state").asText()).isEqualTo("archived");
                assertArchived(child, systems);
              }
            });
  }

  /** The hub finds the same, in the lists of the systems that have one. */
  private static void assertReconciled(EmbeddedHub hub, Neighbours neighbours) throws Exception {
    HubReconciliation result =
        HubReconciliation.of(hub::get, hub::post, neighbours::giveLists, false);
    assertThat(result.drifts()).isEmpty();
    assertThat(result.inFlight()).isZero();
    assertThat(result.compared())
        .containsOnlyKeys(
            "call-center",
            "crm-bss",
            "fault-112",
            "noc",
            "support-centre",
            "field-service",
            "customer-response",
            "partner-hospital",
            "partner-campus-card",
            "partner-transport",
            "partner-government",
            "partner-general")
        .allSatisfy((system, compared) -> assertThat(compared).as(system).isPositive())
        .containsEntry("call-center", (long) CALLS + CALLS_TO_112);
  }

  /** Each event was heard by the topic, as its schema says, and is in one file, once. */
  private static void assertExported(EmbeddedHub hub, Neighbours neighbours) throws Exception {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              Long recorded =
                  hub.database().queryForObject("select count(*) from ticket_event", Long.class);
              AnalysisStandIn.Exported exported = neighbours.analysis().exported();
              assertThat(exported.complaints()).isEmpty();
              assertThat(exported.events()).isEqualTo(recorded.intValue());
              assertThat(exported.files()).isGreaterThan(1);
            });
    JsonSchema schema =
        JsonSchemaFile.read(
            EmbeddedHub.home()
                .resolve("connectors/business-analysis/schema/ticket-event.schema.json"));
    JsonMapper json = new JsonMapper();
    assertThat(neighbours.analysis().texts())
        .allSatisfy(text -> assertThat(schema.validate(json.readTree(text))).as(text).isEmpty());
    assertThat(hub.get("/api/alerts").toString()).doesNotContain("export-fails");
    assertThat(lastFile(hub, "business-analysis").path("number").asLong()).isPositive();
  }

  /** As the map shows it. */
  private static JsonNode lastFile(EmbeddedHub hub, String connector) throws Exception {
    for (JsonNode line : hub.get("/api/status").get("connectors")) {
      if (line.get("name").asText().equals(connector)) {
        return line.get("lastFile");
      }
    }
    throw new AssertionError(connector + " is not there");
  }

  /** Pre-diagnosis knows who is suspended, and tickets go on where billing does not answer. */
  private static void assertAccountsKnown(Neighbours neighbours) {
    Map<String, String> accounts = neighbours.callCenter().accounts();
    assertThat(accounts).hasSize(CALLS);
    accounts.forEach(
        (customer, said) ->
            assertThat(said)
                .as(customer)
                .isEqualTo(
                    CrmStandIn.isBillingWell(customer)
                        ? "B%s %s"
                            .formatted(
                                customer.substring(1), CrmStandIn.isSuspended(customer) ? "Y" : "N")
                        : "A%s null".formatted(customer.substring(1))));
    assertThat(accounts.values())
        .anyMatch(said -> said.endsWith(" Y"))
        .anyMatch(said -> said.endsWith(" null"));
  }

  private static void assertArchived(JsonNode ticket, Map<String, StandIn> systems) {
    for (JsonNode participant : ticket.get("participants")) {
      assertThat(systems.get(participant.asText()).ledger().beliefs())
          .containsEntry(ticket.get("number").asText(), "archived");
    }
  }
}

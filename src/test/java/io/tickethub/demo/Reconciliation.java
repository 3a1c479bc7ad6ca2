package io.tickethub.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What each system believes of each ticket against what the hub believes.
 *
 * @param tickets in the hub
 * @param archived of those
 * @param differences one sentence each
 * @param duplicates effects that took place twice, over all systems
 * @param orderViolations effects that took place after a later one, over all systems
 * @param complaints duplicates and violations in words
 */
public record Reconciliation(
    long tickets,
    long archived,
    List<String> differences,
    long duplicates,
    long orderViolations,
    List<String> complaints) {

  private static final int PAGE = 500;

  public static Reconciliation of(DemoWorld world, long expected)
      throws IOException, InterruptedException {
    JsonNode ledgers = world.ledgers();
    List<JsonNode> tickets = tickets(world);
    List<String> differences = new ArrayList<>();
    long archived = 0;
    for (JsonNode ticket : tickets) {
      String state = ticket.get("state").asText();
      archived += state.equals("archived") ? 1 : 0;
      for (JsonNode participant : ticket.get("participants")) {
        compare(ticket.get("number").asText(), state, participant.asText(), ledgers, differences);
      }
    }
    unknownToTheHub(ledgers, tickets, differences);
    if (tickets.size() != expected) {
      differences.add(
          "the hub has %d tickets, the systems opened %d".formatted(tickets.size(), expected));
    }
    return new Reconciliation(
        tickets.size(),
        archived,
        differences,
        total(ledgers, "duplicates"),
        total(ledgers, "orderViolations"),
        complaints(ledgers));
  }

  private static List<String> complaints(JsonNode ledgers) {
    List<String> complaints = new ArrayList<>();
    ledgers
        .get("systems")
        .fields()
        .forEachRemaining(
            system ->
                system
                    .getValue()
                    .get("complaints")
                    .forEach(text -> complaints.add(system.getKey() + ": " + text.asText())));
    return complaints;
  }

  private static List<JsonNode> tickets(DemoWorld world) throws IOException, InterruptedException {
    List<JsonNode> tickets = new ArrayList<>();
    long after = 0;
    while (true) {
      JsonNode page = world.hub().get("/api/tickets?limit=%d&after=%d".formatted(PAGE, after));
      page.forEach(tickets::add);
      if (page.size() < PAGE) {
        return tickets;
      }
      after = page.get(page.size() - 1).get("id").asLong();
    }
  }

  private static void compare(
      String number, String state, String system, JsonNode ledgers, List<String> differences) {
    JsonNode belief = ledgers.path("systems").path(system).path("beliefs").path(number);
    if (!belief.asText("nothing").equals(state)) {
      differences.add(
          "%s: the hub says %s, %s says %s"
              .formatted(number, state, system, belief.asText("nothing")));
    }
  }

  private static void unknownToTheHub(
      JsonNode ledgers, List<JsonNode> tickets, List<String> differences) {
    List<String> known = tickets.stream().map(ticket -> ticket.get("number").asText()).toList();
    Iterator<Map.Entry<String, JsonNode>> systems = ledgers.get("systems").fields();
    while (systems.hasNext()) {
      Map.Entry<String, JsonNode> system = systems.next();
      system
          .getValue()
          .get("beliefs")
          .fieldNames()
          .forEachRemaining(
              number -> {
                if (!known.contains(number)) {
                  differences.add(
                      "%s: known to %s, unknown to the hub".formatted(number, system.getKey()));
                }
              });
    }
  }

  private static long total(JsonNode ledgers, String field) {
    long total = 0;
    for (JsonNode system : ledgers.get("systems")) {
      total += system.get("totals").get(field).asLong();
    }
    return total;
  }
}

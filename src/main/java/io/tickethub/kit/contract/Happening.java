package io.tickethub.kit.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that happens to a ticket.
 *
 * @param type of the canonical change
 * @param state reached; null where none is
 */
record Happening(String type, String state) {

  private static final Happening URGED = new Happening("urge", null);
  private static final List<String> WORK =
      List.of("dispatched", "accepted", "processing", "replied", "calling-back", "archived");

  /** Code → what must happen to a new ticket for its systems to be told; the last makes it so. */
  static final Map<String, List<Happening>> WAYS = ways();

  private static Map<String, List<Happening>> ways() {
    Map<String, List<Happening>> ways = new LinkedHashMap<>();
    ways.put("introduced", List.of());
    ways.put("urged", List.of(URGED));
    ways.put("noted", List.of(new Happening("note", null)));
    ways.put("feedback", List.of(new Happening("feedback", null)));
    ways.put("updated", List.of(new Happening("update", null)));
    ways.put("repeated", List.of(new Happening("repeat-report", null)));
    for (int i = 0; i < WORK.size(); i++) {
      ways.put(WORK.get(i), states(WORK.subList(0, i + 1)));
    }
    ways.put("enrich", List.of());
    ways.put("suspended", then(ways.get("processing"), state("suspended")));
    ways.put("resumed", then(ways.get("suspended"), state("processing")));
    ways.put("escalated", then(ways.get("processing"), state("escalated")));
    ways.put("transferred", then(ways.get("dispatched"), new Happening("transfer", null)));
    ways.put("returned", then(ways.get("dispatched"), state("pre-diagnosing")));
    ways.put("reopened", then(ways.get("calling-back"), state("dispatched")));
    ways.put("cancelled", List.of(state("cancelled")));
    ways.put("rejected", List.of(state("rejected")));
    ways.put("pre-diagnosing", List.of(state("pre-diagnosing")));
    return ways;
  }

  private static Happening state(String state) {
    return new Happening("state", state);
  }

  private static List<Happening> states(List<String> states) {
    return states.stream().map(Happening::state).toList();
  }

  private static List<Happening> then(List<Happening> before, Happening last) {
    List<Happening> way = new ArrayList<>(before);
    way.add(last);
    return List.copyOf(way);
  }

  /** Whether it can happen again and again, and is told each time. */
  static boolean repeats(String code) {
    return List.of("urged", "noted", "feedback", "repeated").contains(code);
  }

  /** The fields of the change beside type and ticket. */
  Map<String, Object> fields(String self) {
    Map<String, Object> fields = new LinkedHashMap<>();
    switch (type) {
      case "state" -> {
        fields.put("state", state);
        if ("suspended".equals(state)) {
          fields.put("suspensionCause", "customer");
        }
        if ("replied".equals(state)) {
          fields.put(
              "content", Map.of("resolution", Map.of("cause", "cable cut", "action", "spliced")));
        }
      }
      case "transfer" -> fields.put("to", self);
      case "update" -> fields.put("content", Map.of("description", "still no dial tone"));
      default -> fields.put("note", "from the contract suite");
    }
    return fields;
  }
}

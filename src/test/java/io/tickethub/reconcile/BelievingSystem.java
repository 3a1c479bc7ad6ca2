package io.tickethub.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.harness.TargetSystem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a system believes of each ticket, by what it was told, and the list it gives of it. */
final class BelievingSystem {

  private static final int PAGE = 700;

  private final JsonMapper json = new JsonMapper();
  private final Map<String, Map<String, Object>> beliefs = new ConcurrentSkipListMap<>();
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final AtomicInteger effects = new AtomicInteger();
  private final AtomicInteger lists = new AtomicInteger();

  BelievingSystem(TargetSystem system) {
    system.hears(this::hear);
    system.lists(this::list);
  }

  private void hear(JsonNode told) {
    if (!keys.add(told.get("key").asText())) {
      return;
    }
    if (told.get("code").asText().equals("registered")) {
      return;
    }
    effects.incrementAndGet();
    Map<String, Object> belief = new ConcurrentHashMap<>();
    for (String field : List.of("state", "title", "description", "customer")) {
      if (told.hasNonNull(field)) {
        belief.put(field, told.get(field).asText());
      }
    }
    beliefs.merge(
        told.get("ticket").asText(),
        belief,
        (old, now) -> {
          Map<String, Object> both = new ConcurrentHashMap<>(old);
          both.putAll(now);
          both.remove("since");
          return both;
        });
  }

  /** How often something it was told took effect. */
  int effects() {
    return effects.get();
  }

  int size() {
    return beliefs.size();
  }

  Object belief(String ticket, String field) {
    return beliefs.getOrDefault(ticket, Map.of()).get(field);
  }

  void believes(String ticket, String field, Object value) {
    beliefs.computeIfAbsent(ticket, any -> new ConcurrentHashMap<>()).put(field, value);
  }

  void forgets(String ticket) {
    beliefs.remove(ticket);
  }

  int lists() {
    return lists.get();
  }

  private String list(JsonNode question) {
    int from = question.path("page").asInt(0);
    ObjectNode answer = json.createObjectNode();
    answer.put("list", question.get("key").asText());
    answer.put("asOf", Instant.now().toString());
    lists.incrementAndGet();
    if (from + PAGE < beliefs.size()) {
      answer.put("next", Integer.toString(from + PAGE));
    }
    answer.set(
        "statements",
        json.valueToTree(
            beliefs.entrySet().stream()
                .skip(from)
                .limit(PAGE)
                .map(entry -> statement(entry.getKey(), entry.getValue()))
                .toList()));
    return answer.toString();
  }

  private ObjectNode statement(String ticket, Map<String, Object> belief) {
    ObjectNode statement = json.createObjectNode();
    statement.putObject("ticket").put(ticket.startsWith("N-") ? "id" : "hub", ticket);
    statement.put("state", (String) belief.get("state"));
    if (belief.containsKey("since")) {
      statement.put("changedAt", (String) belief.get("since"));
    }
    ObjectNode content = statement.putObject("content");
    put(content, "title", belief.get("title"));
    put(content, "description", belief.get("description"));
    if (ticket.startsWith("N-")) {
      content.put("kind", "fault").put("productClass", "general");
      content.putObject("attributes").put("productName", "telephone");
    }
    if (belief.containsKey("customer")) {
      content.putObject("customer").put("name", (String) belief.get("customer"));
    }
    if (belief.containsKey("action")) {
      content.putObject("resolution").put("action", (String) belief.get("action"));
    }
    return statement;
  }

  private static void put(ObjectNode node, String name, Object value) {
    if (value != null) {
      node.put(name, (String) value);
    }
  }
}

package io.tickethub.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What flows, one line a second. */
public final class Flow {

  private final Map<String, Long> last = new TreeMap<>();
  private long lastChange = System.nanoTime();
  private String lastFigures = "";

  /** How long nothing has moved. */
  public Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastChange);
  }

  public String line(JsonNode status) {
    List<String> flows = new ArrayList<>();
    List<String> troubles = new ArrayList<>();
    for (JsonNode connector : status.get("connectors")) {
      String name = connector.get("name").asText();
      long received = difference(name + " in", connector.get("received").asLong());
      long delivered = difference(name + " out", connector.get("delivered").asLong());
      long waiting = connector.get("waiting").asLong();
      flows.add(
          "%s %d>%d%s"
              .formatted(
                  shortName(name), received, delivered, waiting == 0 ? "" : " (+" + waiting + ")"));
      String breaker = connector.path("breaker").asText("closed");
      if (!breaker.equals("closed")) {
        troubles.add(shortName(name) + " " + breaker);
      }
    }
    long total = 0;
    for (JsonNode count : status.get("tickets")) {
      total += count.asLong();
    }
    String figures =
        "tickets %d, archived %d, dead %d"
            .formatted(
                total,
                status.path("tickets").path("archived").asLong(),
                status.get("openDeadLetters").asLong());
    String text = figures + " | in>out/s " + String.join("  ", flows);
    if (!text.equals(lastFigures)) {
      lastFigures = text;
      lastChange = System.nanoTime();
    }
    return text + (troubles.isEmpty() ? "" : " | " + String.join(", ", troubles));
  }

  private static String shortName(String connector) {
    return connector.replace("partner-", "");
  }

  /** A hub that was killed begins to count anew. */
  private long difference(String key, long now) {
    Long before = last.put(key, now);
    return before == null || now < before ? now : now - before;
  }
}

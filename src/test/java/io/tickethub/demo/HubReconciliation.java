package io.tickethub.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The hub compares itself with the lists of the systems, as {@code hub reconcile} does; systems
 * that cannot be asked for their list give it.
 *
 * @param compared tickets, by connector
 * @param drifts what differs for good
 * @param inFlight what differs, and may be gone the next time
 */
public record HubReconciliation(Map<String, Long> compared, List<JsonNode> drifts, long inFlight) {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String PATH = "/api/reconciliations";

  /** One way to call the hub's operations interface. */
  public interface Call {
    JsonNode answer(String path) throws IOException, InterruptedException;
  }

  /** Systems give their lists by themselves; their names are returned. */
  public interface Lists {
    List<String> give() throws IOException, InterruptedException;
  }

  /** Once for every system that has a list. */
  public static HubReconciliation of(Call get, Call post, Lists lists, boolean repair)
      throws IOException, InterruptedException {
    List<JsonNode> runs = new ArrayList<>();
    JsonNode before = get.answer(PATH + "?limit=1000");
    List<String> giving = lists.give();
    for (JsonNode connector : get.answer(PATH + "/connectors")) {
      runs.add(
          post.answer("%s?connector=%s&repair=%s".formatted(PATH, connector.asText(), repair)));
    }
    for (String connector : giving) {
      runs.add(given(get, connector, before));
    }
    Map<String, Long> compared = new LinkedHashMap<>();
    List<JsonNode> drifts = new ArrayList<>();
    long inFlight = 0;
    for (JsonNode begun : runs) {
      JsonNode run = ended(get, begun);
      compared.put(run.get("connector").asText(), run.get("compared").asLong());
      inFlight += run.get("inFlight").asLong();
      get.answer("%s/%s/drifts?limit=500".formatted(PATH, run.get("id").asText()))
          .forEach(drifts::add);
    }
    return new HubReconciliation(compared, drifts, inFlight);
  }

  private static JsonNode given(Call get, String connector, JsonNode before)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      for (JsonNode run : get.answer("%s?connector=%s&limit=1".formatted(PATH, connector))) {
        if (!before.findValuesAsText("id").contains(run.get("id").asText())) {
          return run;
        }
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new IOException("%s gave its list, the hub does not compare it".formatted(connector));
  }

  private static JsonNode ended(Call get, JsonNode begun) throws IOException, InterruptedException {
    JsonNode run = begun;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!run.get("state").asText().equals("done")) {
      if (run.get("state").asText().equals("failed") || System.nanoTime() > deadline) {
        throw new IOException("the reconciliation does not end: " + run);
      }
      TimeUnit.MILLISECONDS.sleep(100);
      run = get.answer(PATH + "/" + run.get("id").asText());
    }
    return run;
  }

  /** How many tickets were compared, over all systems. */
  public long total() {
    return compared.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Every system believes what the hub believes. */
  public boolean agrees() {
    return drifts.isEmpty() && inFlight == 0;
  }
}

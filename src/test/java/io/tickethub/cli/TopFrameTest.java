package io.tickethub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopFrameTest {

  private static JsonNode status(int second, int received, String north) throws IOException {
    return new JsonMapper()
        .readTree(
            """
            {"node": "n1", "at": "2026-11-27T10:00:%02dZ", "openDeadLetters": 1, "openAlerts": 2, "connectors": [
              {"name": "desk", "state": "running", "breaker": "closed", "received": %d, "delivered": 0, "failures": 0, "waiting": 0, "oldest": null, "stopped": []},
              {"name": "north", "state": "running", "received": 0, "delivered": 4, "failures": 0, "waiting": 7, "oldest": "2026-11-27T09:57:00Z", %s}]}
            """
                .formatted(second, received, north));
  }

  private static final String DOWN =
      "\"breaker\": \"open\", \"lastFailure\": \"refused\\u001b[2J\", \"stopped\": []";

  @Test
  void theWorstIsFirstAndRatesAreOfTheTimeBetween() throws IOException {
    List<String> lines = new TopFrame(status(0, 10, DOWN), status(2, 15, DOWN)).plain();

    assertThat(lines.get(0)).contains("in 2.5/s", "waiting 7", "dead letters 1", "alerts 2");
    assertThat(lines.get(2)).startsWith("north").contains("down", "3min", "breaker open: refused");
    assertThat(lines.get(3)).startsWith("desk").contains("good", "2.5");
  }

  @Test
  void whatASystemSaysDoesNotSteerTheTerminal() throws IOException {
    assertThat(String.join("", new TopFrame(status(0, 1, DOWN), status(1, 1, DOWN)).plain()))
        .doesNotContain("\u001b");
  }

  @Test
  void countsThatBeganAnewAreNoRate() throws IOException {
    JsonNode tree = new TopFrame(status(0, 10, DOWN), status(1, 3, DOWN)).tree();

    assertThat(tree.at("/systems/1/inPerSecond").asDouble()).isZero();
  }

  @Test
  void aStoppedRouteIsSaidWithWhoAndWhy() throws IOException {
    String stopped =
        "\"breaker\": \"closed\", \"stopped\": [{\"route\": \"north-out\", \"state\": \"stopped\","
            + " \"by\": \"li\", \"reason\": \"moves\"}]";
    List<String> lines = new TopFrame(status(0, 1, stopped), status(1, 1, stopped)).plain();

    assertThat(lines.get(2)).contains("north", "stopped", "north-out stopped by li: moves");
  }
}

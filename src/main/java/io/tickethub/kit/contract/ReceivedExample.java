package io.tickethub.kit.contract;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An example message that is accepted.
 *
 * @param change what it means: one change, or a list of them
 */
record ReceivedExample(byte[] body, Map<String, String> headers, JsonNode change) {

  private static final JsonMapper JSON = new JsonMapper();

  /** The accepted examples of a channel, in the order of their names. */
  static List<ReceivedExample> of(Path folder, String channel) {
    List<ReceivedExample> found = new ArrayList<>();
    for (Path example : ExampleFolders.of(folder, channel)) {
      Path received = ExampleFolders.file(example, "received").orElse(null);
      if (received == null
          || Files.notExists(example.resolve("change.json"))
          || Files.exists(example.resolve("rejected.yaml"))) {
        continue;
      }
      try {
        Path headers = example.resolve("headers.json");
        found.add(
            new ReceivedExample(
                Files.readAllBytes(received),
                Files.exists(headers)
                    ? JSON.readValue(headers.toFile(), new TypeReference<Map<String, String>>() {})
                    : Map.of(),
                JSON.readTree(example.resolve("change.json").toFile())));
      } catch (IOException e) {
        throw new BrokenContractException(
            "%s cannot be read: %s".formatted(example, e.getMessage()));
      }
    }
    return found;
  }

  /** The changes, one each. */
  List<JsonNode> changes() {
    List<JsonNode> changes = new ArrayList<>();
    if (change.isArray()) {
      change.forEach(changes::add);
    } else {
      changes.add(change);
    }
    return changes;
  }
}

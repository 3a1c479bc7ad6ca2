package io.tickethub.kit.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Which connectors' systems report tickets, by what their examples mean. */
final class Openers {

  private final Path connectors;
  private final JsonMapper json = new JsonMapper();

  Openers(Path connectors) {
    this.connectors = connectors;
  }

  /**
   * The system that likely reported what a channel speaks of: its own, or the first that reports.
   */
  String likely(String connector, String channel) {
    if (reports(connectors.resolve(connector).resolve("examples").resolve(channel))) {
      return connector;
    }
    return entries(connectors).stream()
        .filter(folder -> !folder.getFileName().toString().equals(connector))
        .filter(folder -> entries(folder.resolve("examples")).stream().anyMatch(this::reports))
        .map(folder -> folder.getFileName().toString())
        .findFirst()
        .orElse(connector);
  }

  private boolean reports(Path channel) {
    return entries(channel).stream()
        .map(example -> example.resolve("change.json"))
        .filter(Files::isRegularFile)
        .anyMatch(this::isReport);
  }

  private boolean isReport(Path file) {
    try {
      JsonNode changes = json.readTree(file.toFile());
      return changes.path("type").asText().equals("open")
          || changes.findValuesAsText("type").contains("open");
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}

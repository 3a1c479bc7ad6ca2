package io.tickethub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickethub.harness.EmbeddedHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The dashboards and alert rules that come with the hub. */
final class MonitoringFiles {

  static final Path DIRECTORY = EmbeddedHub.home().resolve("src/docs/monitoring");
  static final Path RULES = DIRECTORY.resolve("rules.yaml");
  static final Path RUNBOOK = EmbeddedHub.home().resolve("src/docs/runbook.md");

  private static final Pattern NOT_NAMES =
      Pattern.compile(
          "\\{[^}]*}|\"[^\"]*\"|\\[[^]]*]|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w.])[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\s*\\()\\b");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "up");

  private MonitoringFiles() {}

  static List<Path> dashboards() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY.resolve("dashboards"))) {
      return files.sorted().toList();
    }
  }

  static JsonNode read(Path file) throws IOException {
    ObjectMapper mapper = file.toString().endsWith(".json") ? new JsonMapper() : new YAMLMapper();
    return mapper.readTree(file.toFile());
  }

  /** The metrics each file asks for. */
  static Map<String, Set<String>> namesUsed() throws IOException {
    Map<String, Set<String>> names = new TreeMap<>();
    for (Path file : Stream.concat(dashboards().stream(), Stream.of(RULES)).toList()) {
      Set<String> used = new TreeSet<>();
      for (JsonNode expression : read(file).findValues("expr")) {
        used.addAll(names(expression.asText()));
      }
      names.put(file.getFileName().toString(), used);
    }
    return names;
  }

  /** The metrics an expression of PromQL asks for. */
  static Set<String> names(String expression) {
    Set<String> names = new TreeSet<>();
    Matcher name = NAME.matcher(NOT_NAMES.matcher(expression).replaceAll(" "));
    while (name.find()) {
      if (!WORDS.contains(name.group())) {
        names.add(name.group());
      }
    }
    return names;
  }
}

package io.tickethub.kit.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What rules ask of a connector's code tables. */
final class CodeChecks {

  private CodeChecks() {}

  static List<Finding> codeValues(ConnectorSubject subject) {
    String file = subject.manifest().codes();
    if (file == null) {
      return List.of();
    }
    List<Sighting> sightings =
        subject.examples().stream().map(example -> Sighting.in(subject, example)).toList();
    String mappings = mappings(subject.folder().resolve("mapping"));
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<String, JsonNode> table : tables(subject, file).properties()) {
      if (mappings.contains("\"%s\"".formatted(table.getKey()))) {
        findings.addAll(unseen(table.getKey(), table.getValue().path("values"), sightings));
      } else {
        findings.add(
            new Finding(
                table.getKey(), "%s: no mapping uses table '%s'".formatted(file, table.getKey())));
      }
    }
    return findings;
  }

  private static List<Finding> unseen(String table, JsonNode codes, List<Sighting> sightings) {
    return codes.properties().stream()
        .filter(
            code ->
                sightings.stream()
                    .noneMatch(sighting -> sighting.shows(code.getKey(), code.getValue().asText())))
        .map(
            code ->
                new Finding(
                    table + "/" + code.getKey(),
                    "table '%s': no example shows that '%s' means '%s'"
                        .formatted(table, code.getKey(), code.getValue().asText())))
        .toList();
  }

  private static JsonNode tables(ConnectorSubject subject, String file) {
    try {
      return new YAMLMapper().readTree(subject.content(file)).path("tables");
    } catch (JsonProcessingException e) {
      throw new DefinitionException("%s: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  private static String mappings(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonata"))
          .map(ConnectorSubject::text)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /**
   * What an example shows of codes.
   *
   * @param theirs the text the system wrote or got
   * @param ours the values of the hub's side
   */
  private record Sighting(String theirs, Set<String> ours) {

    private static Sighting in(ConnectorSubject subject, ExampleCase example) {
      Charset charset = Charset.forName(subject.charset(example.channel()));
      String theirs =
          Stream.of("received", "sent", "answer")
              .flatMap(stem -> example.bytes(stem).stream())
              .map(bytes -> new String(bytes, charset))
              .collect(Collectors.joining("\n"));
      Set<String> ours = new HashSet<>();
      Stream.of("change", "list", "told", "answered")
          .forEach(stem -> collectValues(example.tree(stem), ours));
      return new Sighting(theirs, ours);
    }

    private static void collectValues(JsonNode tree, Set<String> values) {
      if (tree.isValueNode()) {
        values.add(tree.asText());
      }
      tree.forEach(child -> collectValues(child, values));
    }

    /** The code stands by itself, and its meaning is on the other side. */
    private boolean shows(String code, String meaning) {
      return ours.contains(meaning)
          && Pattern.compile(
                  "(?<![\\p{L}\\p{N}-])%s(?![\\p{L}\\p{N}-])".formatted(Pattern.quote(code)))
              .matcher(theirs)
              .find();
    }
  }
}

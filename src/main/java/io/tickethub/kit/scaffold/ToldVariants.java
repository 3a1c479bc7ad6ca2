package io.tickethub.kit.scaffold;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an outbound mapping may be given, around an example: as it is, with everything a ticket can
 * have, and with nothing that it can lack.
 */
final class ToldVariants {

  private static final Set<String> ALWAYS =
      Set.of("key", "code", "sequence", "event", "ticket", "references");
  private static final Set<String> EVENT =
      Set.of("type", "from", "to", "inferred", "source", "occurredAt", "recordedAt");
  private static final Set<String> TICKET =
      Set.of(
          "number",
          "state",
          "tmf621Status",
          "openedBy",
          "openedAt",
          "urgeCount",
          "repeatCount",
          "reopenCount",
          "content");
  private static final Set<String> CONTENT = Set.of("kind", "productClass", "title");

  private final JsonMapper json = new JsonMapper();

  /** The example with all that is optional. */
  Map<String, Object> fullest(JsonNode told) {
    ObjectNode full = told.deepCopy();
    fill(full, everything());
    return map(full);
  }

  /** The example without all that is optional. */
  Map<String, Object> barest(JsonNode told) {
    ObjectNode bare = told.deepCopy();
    bare.retain(ALWAYS);
    retain(bare.path("event"), EVENT);
    retain(bare.path("ticket"), TICKET);
    retain(bare.path("ticket").path("content"), CONTENT);
    retain(bare.path("references"), List.of("hub"));
    return map(bare);
  }

  Map<String, Object> map(JsonNode told) {
    return json.convertValue(told, new TypeReference<>() {});
  }

  private static void retain(JsonNode node, java.util.Collection<String> names) {
    if (node instanceof ObjectNode object) {
      object.retain(names);
    }
  }

  private static void fill(ObjectNode node, ObjectNode with) {
    with.properties()
        .forEach(
            entry -> {
              JsonNode present = node.get(entry.getKey());
              if (present == null) {
                node.set(entry.getKey(), entry.getValue().deepCopy());
              } else if (present instanceof ObjectNode object
                  && entry.getValue() instanceof ObjectNode more) {
                fill(object, more);
              }
            });
  }

  private ObjectNode everything() {
    try (InputStream file =
        ToldVariants.class.getResourceAsStream("/io/tickethub/kit/scaffold/told-everything.json")) {
      return (ObjectNode) json.readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

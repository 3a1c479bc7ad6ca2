package io.tickethub.kit.scaffold.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes a JSON Schema that messages keep to; properties it does not name are allowed. */
final class JsonSchemaText {

  private final int enough;

  private JsonSchemaText(int enough) {
    this.enough = enough;
  }

  /**
   * The schema's text.
   *
   * @param keys of the whole message, required however few messages there are
   * @param enough so many objects have to have a property before it is required
   */
  static String of(
      List<JsonNode> messages, String title, List<String> remarks, List<String> keys, int enough) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", title);
    schema.put("$comment", String.join(" ", remarks));
    schema.putAll(new JsonSchemaText(enough).schema(messages));
    if (!keys.isEmpty() && !schema.containsKey("required") && schema.containsKey("properties")) {
      schema.put("required", keys);
    }
    return new JsonMapper().valueToTree(schema).toPrettyString() + "\n";
  }

  private Map<String, Object> schema(List<JsonNode> nodes) {
    Set<String> types = new TreeSet<>();
    List<JsonNode> items = new ArrayList<>();
    Map<String, List<JsonNode>> properties = new LinkedHashMap<>();
    int objects = 0;
    for (JsonNode node : nodes) {
      types.add(type(node));
      if (node instanceof ObjectNode) {
        objects++;
        node.properties()
            .forEach(
                entry ->
                    properties
                        .computeIfAbsent(entry.getKey(), any -> new ArrayList<>())
                        .add(entry.getValue()));
      } else if (node.isArray()) {
        node.forEach(items::add);
      }
    }
    if (!types.contains("object") && !types.contains("array")) {
      types.add("null");
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", types.size() == 1 ? types.iterator().next() : types);
    if (!properties.isEmpty()) {
      Map<String, Object> inside = new LinkedHashMap<>();
      properties.forEach((name, values) -> inside.put(name, schema(values)));
      schema.put("properties", inside);
      int all = objects;
      List<String> required =
          properties.entrySet().stream()
              .filter(property -> all >= enough && property.getValue().size() == all)
              .map(Map.Entry::getKey)
              .toList();
      if (!required.isEmpty()) {
        schema.put("required", required);
      }
    }
    if (!items.isEmpty()) {
      schema.put("items", schema(items));
    }
    return schema;
  }

  private static String type(JsonNode node) {
    if (node.isNumber()) {
      return "number";
    }
    return switch (node.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
      default -> "string";
    };
  }
}

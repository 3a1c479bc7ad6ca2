package io.tickethub.tmf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.flipkart.zjsonpatch.JsonPatch;
import com.flipkart.zjsonpatch.JsonPatchApplicationException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Applies what a client sent with PATCH: RFC 7396, RFC 6902, or the latter with JSONPath. */
final class TicketPatch {

  static final String MERGE = "application/merge-patch+json";
  static final String PATCH = "application/json-patch+json";
  static final String QUERY = "application/json-patch-query+json";

  private static final int MOST_OPERATIONS = 50;
  private static final Set<String> OPERATIONS =
      Set.of("add", "remove", "replace", "move", "copy", "test");

  /** Properties of tickets and specifications that are lists. */
  private static final Set<String> LISTS =
      Set.of(
          "attachment",
          "externalIdentifier",
          "note",
          "relatedEntity",
          "relatedParty",
          "troubleTicketRelationship",
          "troubleTicketCharacteristic",
          "specCharacteristic");

  private TicketPatch() {}

  /** {@code mediaType} without parameters; any but the two of RFC 6902 merges. */
  static ObjectNode apply(ObjectNode resource, JsonNode patch, String mediaType) {
    boolean operations = mediaType.equals(PATCH) || mediaType.equals(QUERY);
    if (!operations) {
      if (!(patch instanceof ObjectNode changes)) {
        throw TmfException.badRequest("a merge patch is an object");
      }
      ObjectNode merged = resource.deepCopy();
      merge(merged, changes);
      return merged;
    }
    if (!(patch instanceof ArrayNode list) || list.size() > MOST_OPERATIONS) {
      throw TmfException.badRequest(
          "a JSON patch is a list of %d operations at most".formatted(MOST_OPERATIONS));
    }
    JsonNode patched = resource.deepCopy();
    for (JsonNode operation : list) {
      patched = apply(patched, operation, mediaType.equals(QUERY));
    }
    if (!(patched instanceof ObjectNode object)) {
      throw TmfException.badRequest("the patch leaves no resource");
    }
    return object;
  }

  private static void merge(ObjectNode target, ObjectNode changes) {
    changes
        .properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              if (entry.getValue().isNull()) {
                target.remove(name);
              } else if (entry.getValue() instanceof ObjectNode inner) {
                ObjectNode merged =
                    target.get(name) instanceof ObjectNode there ? there : target.putObject(name);
                merge(merged, inner);
              } else {
                target.set(name, entry.getValue());
              }
            });
  }

  private static JsonNode apply(JsonNode document, JsonNode operation, boolean byQuery) {
    if (!(operation instanceof ObjectNode given)
        || !OPERATIONS.contains(given.path("op").asText())
        || !given.path("path").isTextual()) {
      throw TmfException.badRequest(
          "an operation has an op of %s and a path".formatted(OPERATIONS));
    }
    JsonNode patched = document;
    for (String place :
        byQuery ? placesByQuery(document, given) : List.of(given.get("path").asText())) {
      patched = applyAt(patched, given, place);
    }
    return patched;
  }

  private static JsonNode applyAt(JsonNode document, ObjectNode operation, String place) {
    ObjectNode one = operation.deepCopy();
    one.put("path", place);
    append(document, one);
    JsonNode there = place.startsWith("/") ? document.at(place) : document;
    boolean partly =
        operation.path("op").asText().equals("replace")
            && there instanceof ObjectNode
            && operation.get("value") instanceof ObjectNode
            && place.matches(".*/\\d+");
    if (partly) {
      ObjectNode merged = there.deepCopy();
      merged.setAll((ObjectNode) operation.get("value"));
      one.set("value", merged);
    }
    try {
      return JsonPatch.apply(JsonNodeFactory.instance.arrayNode().add(one), document);
    } catch (JsonPatchApplicationException e) {
      boolean test = operation.path("op").asText().equals("test");
      String message =
          "operation %s %s: %s"
              .formatted(
                  operation.path("op").asText(), operation.path("path").asText(), e.getMessage());
      throw test ? TmfException.conflict(message) : TmfException.badRequest(message);
    } catch (RuntimeException e) {
      throw TmfException.badRequest(
          "operation %s %s cannot be applied"
              .formatted(operation.path("op").asText(), operation.path("path").asText()));
    }
  }

  /**
   * The specification's example adds one note to {@code /note}: one object to a list is appended,
   * also to a list that is not there yet.
   */
  private static void append(JsonNode document, ObjectNode operation) {
    String place = operation.path("path").asText();
    boolean one =
        operation.path("op").asText().equals("add")
            && operation.path("value").isObject()
            && place.startsWith("/");
    if (one && document.at(place).isArray()) {
      operation.put("path", place + "/-");
    } else if (one && LISTS.contains(place.substring(1)) && document.at(place).isMissingNode()) {
      operation.set("value", operation.arrayNode().add(operation.get("value")));
    }
  }

  /**
   * Where an operation is meant: {@code $.note[?(@.id=='1')]}, or as the specification's examples
   * write it, {@code /note?id=1}, also with what is within it behind.
   */
  private static List<String> placesByQuery(JsonNode document, ObjectNode operation) {
    String path = operation.get("path").asText();
    if (path.startsWith("/") && !path.contains("?")) {
      return List.of(path);
    }
    String query = path.startsWith("/") ? asJsonPath(path) : path;
    List<String> places = JsonPaths.places(query, document);
    if (places.isEmpty()) {
      throw TmfException.badRequest("the path %s leads nowhere".formatted(path));
    }
    return operation.path("op").asText().equals("remove") ? lastFirst(places) : places;
  }

  private static List<String> lastFirst(List<String> places) {
    List<String> reversed = new ArrayList<>(places);
    Collections.reverse(reversed);
    return reversed;
  }

  private static String asJsonPath(String path) {
    int question = path.indexOf('?');
    String list = path.substring(1, question).replace('/', '.');
    String condition = path.substring(question + 1);
    int equals = condition.indexOf('=');
    if (equals < 1 || condition.contains("'")) {
      throw TmfException.badRequest("'%s' is no path with a query".formatted(path));
    }
    String name = condition.substring(0, equals);
    String value = condition.substring(equals + 1);
    String property = list.substring(list.lastIndexOf('.') + 1) + ".";
    return "$.%s[?(@.%s=='%s')]"
        .formatted(
            list, name.startsWith(property) ? name.substring(property.length()) : name, value);
  }
}

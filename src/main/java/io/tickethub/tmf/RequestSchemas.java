package io.tickethub.tmf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The schemas of the published specifications. A choice by {@code @type} is taken as any of its
 * branches: some branches of v5 overlap. Thread-safe.
 */
final class RequestSchemas {

  private static final String DEFINITIONS = "#/definitions/";
  private static final JsonMapper JSON = new JsonMapper();
  private final Map<TmfVersion, JsonNode> documents = new ConcurrentHashMap<>();
  private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

  /** A specification as it was published. */
  static ObjectNode document(TmfVersion version) {
    return version == TmfVersion.V4
        ? read("/tmf621/v4.json", JSON)
        : read("/tmf621/v5.yaml", new YAMLMapper());
  }

  private static ObjectNode read(String resource, ObjectMapper mapper) {
    try (InputStream in = RequestSchemas.class.getResourceAsStream(resource)) {
      return (ObjectNode) mapper.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the jar is damaged: " + resource, e);
    }
  }

  private static ObjectNode relaxed(ObjectNode document) {
    relax(document);
    return document;
  }

  private static void relax(JsonNode node) {
    if (node instanceof ObjectNode object) {
      JsonNode branches = object.get("oneOf");
      if (branches != null && object.has("discriminator")) {
        object.set("anyOf", object.remove("oneOf"));
      }
      if (object.path("$ref").isTextual()) {
        object.put(
            "$ref", object.get("$ref").asText().replace("#/components/schemas/", DEFINITIONS));
      }
      object.remove("discriminator");
      object.remove("example");
    }
    node.forEach(RequestSchemas::relax);
  }

  /** Throws unless a body is what the specification says; {@code name} is that of its schema. */
  void check(JsonNode body, TmfVersion version, String name) {
    Set<ValidationMessage> flaws = flaws(body, version, name);
    if (!flaws.isEmpty()) {
      throw TmfException.badRequest(
          flaws.stream().map(ValidationMessage::getMessage).sorted().limit(5).toList().toString());
    }
  }

  Set<ValidationMessage> flaws(JsonNode body, TmfVersion version, String name) {
    return schemas.computeIfAbsent(version + name, any -> schema(version, name)).validate(body);
  }

  private JsonSchema schema(TmfVersion version, String name) {
    ObjectNode root = JSON.createObjectNode();
    JsonNode document = documents.computeIfAbsent(version, any -> relaxed(document(version)));
    root.set(
        "definitions",
        document.at(version == TmfVersion.V4 ? "/definitions" : "/components/schemas"));
    root.put("$ref", DEFINITIONS + name);
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
        .getSchema(root, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
  }
}

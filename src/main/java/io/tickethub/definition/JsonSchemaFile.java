package io.tickethub.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.resource.InputStreamSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A JSON Schema, draft 2020-12 unless its {@code $schema} says otherwise. It may refer to nothing
 * outside its own file.
 */
public final class JsonSchemaFile {

  private JsonSchemaFile() {}

  public static JsonSchema read(Path file) {
    try {
      JsonSchemaFactory factory =
          JsonSchemaFactory.getInstance(
              SpecVersion.VersionFlag.V202012,
              builder -> builder.schemaLoaders(loaders -> loaders.add(JsonSchemaFile::refuse)));
      JsonNode tree = new JsonMapper().readTree(Files.readString(file));
      if (!tree.isObject()) {
        throw new DefinitionException("a schema is an object");
      }
      JsonSchema schema = factory.getSchema(tree);
      schema.initializeValidators();
      return schema;
    } catch (JsonProcessingException e) {
      throw new DefinitionException(
          "%s, line %d: not well-formed JSON: %s"
              .formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    } catch (IOException | RuntimeException e) {
      throw new DefinitionException(
          "%s: no usable JSON Schema: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static InputStreamSource refuse(AbsoluteIri iri) {
    String location = iri.toString();
    if (location.matches("https?://json-schema\\.org/.*")) {
      return null;
    }
    throw new DefinitionException("a schema may not refer to " + location);
  }
}

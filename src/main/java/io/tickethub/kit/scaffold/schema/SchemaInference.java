package io.tickethub.kit.scaffold.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.definition.DefinitionException;
import io.tickethub.definition.JsonSchemaFile;
import io.tickethub.mapping.Format;
import io.tickethub.mapping.JsonFormat;
import io.tickethub.mapping.Limits;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.SchemaFiles;
import io.tickethub.mapping.SoapFormat;
import io.tickethub.mapping.XmlFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Infers the schema that messages keep to. It is held to the messages by the hub's own validator
 * before it is given away.
 */
public final class SchemaInference {

  /** With fewer messages nothing is required: they say little of what may be left out. */
  private static final int ENOUGH = 3;

  private static final int LARGEST = 64 << 20;
  private static final Limits LIMITS = new Limits(LARGEST, 64);

  private final String subject;
  private final int enough;

  /**
   * An inference about messages.
   *
   * @param subject a sentence's beginning, such as "What the lamps send"
   * @param telling the messages show what may be left out; otherwise nothing is required
   */
  public SchemaInference(String subject, boolean telling) {
    this.subject = subject;
    this.enough = telling ? ENOUGH : Integer.MAX_VALUE;
  }

  /**
   * A JSON Schema.
   *
   * @param keys properties of the whole message that are required even if there are few messages
   */
  public Optional<String> json(List<String> messages, List<String> keys) {
    Format free = new JsonFormat(null, LIMITS);
    List<String> read = messages.stream().filter(text -> isRead(free, text)).toList();
    List<JsonNode> trees = read.stream().map(SchemaInference::tree).toList();
    if (trees.isEmpty()) {
      return Optional.empty();
    }
    String text =
        JsonSchemaText.of(
            trees,
            "%s, inferred from %d messages".formatted(subject, trees.size()),
            List.of(confidence(trees.size()), "Properties that none of them has are allowed."),
            keys,
            enough);
    return held(text, ".json", file -> new JsonFormat(JsonSchemaFile.read(file), LIMITS), read);
  }

  /** An XML Schema; empty if the messages' root elements are of several namespaces. */
  public Optional<String> xml(List<String> messages) {
    return xml(messages, 0, file -> new XmlFormat(file == null ? null : schema(file), LIMITS));
  }

  /** An XML Schema of what lies in the body of SOAP 1.1 messages. */
  public Optional<String> soap(List<String> messages) {
    return soap(messages, schema -> SoapFormat.soap11(schema, "UTF-8", LIMITS));
  }

  /** An XML Schema of what lies in the body of SOAP 1.2 messages. */
  public Optional<String> soap12(List<String> messages) {
    return soap(messages, schema -> SoapFormat.soap12(schema, "UTF-8", LIMITS));
  }

  private Optional<String> soap(
      List<String> messages, Function<javax.xml.validation.Schema, Format> format) {
    return xml(messages, 2, file -> format.apply(file == null ? null : schema(file)));
  }

  private Optional<String> xml(List<String> messages, int wrappers, Function<Path, Format> format) {
    Format free = format.apply(null);
    List<String> read = messages.stream().filter(text -> isRead(free, text)).toList();
    if (read.isEmpty()) {
      return Optional.empty();
    }
    XmlShapes shapes = new XmlShapes(wrappers);
    read.forEach(shapes::add);
    List<String> remarks =
        List.of(
            "%s, inferred from %d messages. %s"
                .formatted(subject, read.size(), confidence(read.size())),
            "An element or attribute that none of them has is refused: add what the interface document has beside.");
    return XmlSchemaText.of(shapes, remarks, enough, true)
        .flatMap(text -> held(text, ".xsd", format, read))
        .or(
            () ->
                XmlSchemaText.of(shapes, remarks, enough, false)
                    .flatMap(text -> held(text, ".xsd", format, read)));
  }

  /** The rule of succession: n of n kept to it. */
  private static String confidence(int messages) {
    return "How sure it is that the next one keeps to it: %.2f."
        .formatted((messages + 1.0) / (messages + 2.0));
  }

  private static javax.xml.validation.Schema schema(Path file) {
    return SchemaFiles.xmlSchema(file);
  }

  private static JsonNode tree(String text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static boolean isRead(Format format, String text) {
    try {
      format.read(text);
      return true;
    } catch (MappingException e) {
      return false;
    }
  }

  /** The schema if it is one and every message keeps to it. */
  private static Optional<String> held(
      String schema, String ending, Function<Path, Format> format, List<String> messages) {
    try {
      Path file = Files.createTempFile("schema-", ending);
      try {
        Files.writeString(file, schema);
        Format strict = format.apply(file);
        boolean kept = messages.stream().allMatch(text -> isRead(strict, text));
        return kept ? Optional.of(schema) : Optional.empty();
      } catch (DefinitionException e) {
        return Optional.empty();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

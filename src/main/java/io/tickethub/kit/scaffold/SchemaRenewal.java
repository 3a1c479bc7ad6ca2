package io.tickethub.kit.scaffold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickethub.connector.folder.ConnectorFolder;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.connector.folder.ConnectorManifest.Inbound;
import io.tickethub.connector.folder.ConnectorManifest.Outbound;
import io.tickethub.connector.folder.ConnectorManifest.Syntax;
import io.tickethub.definition.DefinitionException;
import io.tickethub.kit.scaffold.schema.SchemaInference;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.TextCodec;
import io.tickethub.ticket.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Writes the schema of a channel anew: from what was received, or from what its mapping writes. */
public final class SchemaRenewal {

  private static final Set<String> OF_GOOD_STRUCTURE =
      Set.of(ProblemCode.UNKNOWN_CODE.code(), ProblemCode.INVALID_VALUE.code());

  private final Path folder;
  private final ConnectorManifest manifest;

  public SchemaRenewal(Path folder) {
    this.folder = folder;
    this.manifest = ConnectorFolder.manifest(folder);
  }

  /**
   * What came of it.
   *
   * @param file the schema
   * @param changed it is another one now
   * @param named the manifest names it
   */
  public record Renewed(Path file, boolean changed, boolean named) {}

  /**
   * Writes the schema.
   *
   * @param samples more messages of an inbound channel than its examples are
   */
  public Renewed renew(String channel, List<Path> samples) {
    Inbound inbound = manifest.inbound().get(channel);
    Outbound outbound = manifest.outbound().get(channel);
    if (inbound == null && outbound == null) {
      throw new DefinitionException(
          "%s has no channel '%s'".formatted(folder.resolve("connector.yaml"), channel));
    }
    if (inbound == null && !samples.isEmpty()) {
      throw new DefinitionException(
          "'%s' goes to the system: its schema comes from its mapping, not from files"
              .formatted(channel));
    }
    Syntax syntax = inbound == null ? outbound.format() : inbound.format();
    String named = inbound == null ? outbound.schema() : inbound.schema();
    String file = named == null ? "schema/%s.%s".formatted(channel, ending(syntax)) : named;
    if (file.endsWith(".wsdl")) {
      throw new DefinitionException(
          folder.resolve(file) + ": a WSDL is the system's own: it stays");
    }
    Optional<String> text =
        inbound == null
            ? outbound(channel, outbound, folder.resolve(file))
            : inbound(channel, inbound, samples);
    String schema =
        text.orElseThrow(
            () ->
                new DefinitionException(
                    "%s, channel '%s': no schema fits all messages, or there is none"
                        .formatted(folder, channel)));
    return new Renewed(folder.resolve(file), write(folder.resolve(file), schema), named != null);
  }

  private static String ending(Syntax syntax) {
    return switch (syntax) {
      case JSON, JSON_LINES, JSON_RECORDS, LIBRARY -> "schema.json";
      case XML, XML_RECORDS, SOAP, SOAP12 -> "xsd";
      case DELIMITED, FIXED_WIDTH -> "columns.yaml";
    };
  }

  private Optional<String> inbound(String channel, Inbound form, List<Path> samples) {
    List<byte[]> bodies = new ArrayList<>();
    examples(channel, "received").stream()
        .filter(SchemaRenewal::isOfGoodStructure)
        .forEach(file -> bodies.add(bytes(file)));
    samples.forEach(file -> bodies.add(bytes(file)));
    TextCodec codec = TextCodec.of(form.charset(), TextCodec.Unmappable.REPLACE);
    List<String> messages = new ArrayList<>();
    for (byte[] body : bodies) {
      try {
        messages.add(codec.decode(body));
      } catch (MappingException e) {
        continue;
      }
    }
    SchemaInference inference = new SchemaInference("What %s sends".formatted(title()), true);
    return switch (form.format()) {
      case JSON -> inference.json(messages, List.of());
      case JSON_LINES ->
          inference.json(
              messages.stream().flatMap(String::lines).filter(line -> !line.isBlank()).toList(),
              List.of());
      case XML -> inference.xml(messages);
      case SOAP -> inference.soap(messages);
      case SOAP12, XML_RECORDS, JSON_RECORDS, DELIMITED, FIXED_WIDTH, LIBRARY ->
          throw new DefinitionException(
              "%s, channel '%s': the schema of what comes in as %s is written by hand"
                  .formatted(folder, channel, word(form.format())));
    };
  }

  private static boolean isOfGoodStructure(Path received) {
    Path rejected = received.resolveSibling("rejected.yaml");
    if (!Files.exists(rejected)) {
      return true;
    }
    try {
      List<String> codes = new YAMLMapper().readTree(bytes(rejected)).findValuesAsText("code");
      return OF_GOOD_STRUCTURE.containsAll(codes);
    } catch (IOException e) {
      throw new DefinitionException(
          "%s: cannot be read: %s".formatted(rejected, e.getMessage()), e);
    }
  }

  private Optional<String> outbound(String channel, Outbound form, Path file) {
    MappedMessages messages =
        new MappedMessages(
            folder.resolve(form.mapping()),
            ConnectorFolder.codeTables(folder, manifest),
            ZoneId.of(manifest.zone()),
            TextCodec.of(form.charset(), form.unmappable()));
    List<JsonNode> told = examples(channel, "told").stream().map(SchemaRenewal::tree).toList();
    if (form.format() == Syntax.DELIMITED && Files.exists(file)) {
      return Optional.of(new ColumnLines(file).with(messages.columns(told)));
    }
    return messages.schema(word(form.format()), "What %s is told".formatted(title()), told);
  }

  private String title() {
    return manifest.titles().getOrDefault("en", manifest.name());
  }

  private static String word(Syntax syntax) {
    return syntax.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private List<Path> examples(String channel, String stem) {
    Path examples = folder.resolve("examples").resolve(channel);
    if (!Files.isDirectory(examples)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(examples, 2)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(stem + "."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DefinitionException(
          "%s: cannot be read: %s".formatted(examples, e.getMessage()), e);
    }
  }

  private static JsonNode tree(Path file) {
    try {
      return new JsonMapper().readTree(bytes(file));
    } catch (IOException e) {
      throw new DefinitionException("%s: no JSON: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static boolean write(Path file, String text) {
    try {
      if (Files.exists(file) && Files.readString(file).equals(text)) {
        return false;
      }
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return true;
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }
}

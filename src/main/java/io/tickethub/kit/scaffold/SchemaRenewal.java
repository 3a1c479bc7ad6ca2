package io.tickethub.kit.scaffold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickethub.connector.folder.ConnectorFolder;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.connector.folder.ConnectorManifest.Inbound;
import io.tickethub.connector.folder.ConnectorManifest.Outbound;
import io.tickethub.connector.folder.ConnectorManifest.Syntax;
import io.tickethub.connector.folder.SyntaxName;
import io.tickethub.definition.DefinitionException;
import io.tickethub.kit.scaffold.sample.SampleFile;
import io.tickethub.kit.scaffold.sample.SampleReader;
import io.tickethub.kit.scaffold.schema.SchemaInference;
import io.tickethub.mapping.TextCodec;
import io.tickethub.mapping.TextCodec.Unmappable;
import io.tickethub.ticket.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
            : inbound(channel, inbound, folder.resolve(file), samples);
    String schema =
        text.orElseThrow(
            () ->
                new DefinitionException(
                    "%s, channel '%s': no schema fits all messages, or there is none"
                        .formatted(folder, channel)));
    return new Renewed(folder.resolve(file), write(folder.resolve(file), schema), named != null);
  }

  /** What the names of schema files end in. */
  static String ending(Syntax syntax) {
    return switch (syntax) {
      case JSON, JSON_LINES, JSON_RECORDS, LIBRARY -> "schema.json";
      case XML, XML_RECORDS, SOAP, SOAP12 -> "xsd";
      case DELIMITED -> "columns.yaml";
      case FIXED_WIDTH -> "widths.yaml";
    };
  }

  private Optional<String> inbound(String channel, Inbound form, Path file, List<Path> samples) {
    List<Path> examples = examples(channel, "received");
    if (form.format() == Syntax.DELIMITED || form.format() == Syntax.FIXED_WIDTH) {
      LayoutRenewal layout =
          new LayoutRenewal(file, TextCodec.of(form.charset(), Unmappable.REPLACE).charset());
      List<SampleFile> files =
          Stream.concat(examples.stream(), samples.stream()).map(SampleReader::file).toList();
      return Optional.of(
          form.format() == Syntax.DELIMITED ? layout.delimited(files) : layout.fixedWidths(files));
    }
    if (!FreeMessages.haveSchema(form.format())) {
      throw ofLibrary(channel, form.formatName());
    }
    FreeMessages messages =
        new FreeMessages(
            form.format(), form.records(), TextCodec.of(form.charset(), Unmappable.REPLACE));
    List<String> texts = new ArrayList<>();
    for (Path example : examples) {
      texts.addAll(texts(messages, example));
    }
    samples.forEach(sample -> texts.addAll(messages.texts(bytes(sample))));
    return messages.schema(
        new SchemaInference("What %s sends".formatted(title()), true), texts, List.of());
  }

  private DefinitionException ofLibrary(String channel, SyntaxName format) {
    return new DefinitionException(
        "%s, channel '%s': how '%s' is read is known to its jar in lib alone; write its JSON Schema, of what the mapping gets, by hand"
            .formatted(folder, channel, format));
  }

  /** The messages of an example but for those that are refused for their structure. */
  private static List<String> texts(FreeMessages messages, Path received) {
    Set<Integer> refused = new HashSet<>();
    Path rejected = received.resolveSibling("rejected.yaml");
    if (Files.exists(rejected)) {
      JsonNode problems = yaml(rejected);
      for (JsonNode problem : problems.isArray() ? problems : List.of(problems)) {
        if (OF_GOOD_STRUCTURE.contains(problem.path("code").asText())) {
          continue;
        }
        if (!problem.has("line")) {
          return List.of();
        }
        refused.add(problem.path("line").asInt());
      }
    }
    return messages.texts(bytes(received), line -> !refused.contains(line));
  }

  private static JsonNode yaml(Path file) {
    try {
      return new YAMLMapper().readTree(bytes(file));
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private Optional<String> outbound(String channel, Outbound form, Path file) {
    TextCodec codec = TextCodec.of(form.charset(), form.unmappable());
    MappedMessages messages =
        new MappedMessages(
            folder.resolve(form.mapping()),
            ConnectorFolder.codeTables(folder, manifest),
            ZoneId.of(manifest.zone()),
            codec);
    List<JsonNode> told = examples(channel, "told").stream().map(SchemaRenewal::tree).toList();
    return switch (form.format()) {
      case DELIMITED ->
          Optional.of(present(file, "delimiter: \",\"").delimited(messages.columns(told).keySet()));
      case FIXED_WIDTH ->
          Optional.of(present(file, "header: false").fixedWidths(messages.columns(told)));
      case LIBRARY -> throw ofLibrary(channel, form.formatName());
      default ->
          messages.schema(
              new FreeMessages(form.format(), form.records(), codec),
              "What %s is told".formatted(title()),
              told);
    };
  }

  /** No mapping says how a system divides and fills its columns. */
  private static ColumnLines present(Path file, String line) {
    if (!Files.exists(file)) {
      throw new DefinitionException(
          "%s: there is no such file; begin it with what the interface document says, such as '%s', and 'columns: []', then infer again"
              .formatted(file, line));
    }
    return new ColumnLines(file);
  }

  private String title() {
    return manifest.titles().getOrDefault("en", manifest.name());
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

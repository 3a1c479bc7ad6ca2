package io.tickethub.kit.scaffold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.kit.scaffold.schema.SchemaInference;
import io.tickethub.mapping.CodeTables;
import io.tickethub.mapping.Format;
import io.tickethub.mapping.JsonFormat;
import io.tickethub.mapping.Limits;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.OutboundTranslation;
import io.tickethub.mapping.TextCodec;
import io.tickethub.mapping.Translation;
import io.tickethub.mapping.XmlFormat;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an outbound mapping makes of examples and of {@link ToldVariants} of them, before any
 * schema.
 */
final class MappedMessages {

  private final Path mapping;
  private final Translation translation;
  private final TextCodec codec;
  private final ToldVariants variants = new ToldVariants();

  MappedMessages(Path mapping, CodeTables codes, ZoneId zone, TextCodec codec) {
    this.mapping = mapping;
    this.translation = new Translation(codes, zone);
    this.codec = codec;
  }

  /** A schema of what the mapping writes; empty if it is none of JSON, XML and SOAP. */
  Optional<String> schema(String syntax, String subject, List<JsonNode> told) {
    boolean json = syntax.equals("json") || syntax.equals("json-lines");
    if (!json && !syntax.equals("xml") && !syntax.startsWith("soap")) {
      return Optional.empty();
    }
    Format format =
        json ? new JsonFormat(null, Limits.DEFAULT) : new XmlFormat(null, Limits.DEFAULT);
    Written written = written(format, told);
    SchemaInference inference = new SchemaInference(subject, written.bare());
    return json ? inference.json(written.texts(), List.of()) : inference.xml(written.texts());
  }

  /** The names of the values of each record the mapping writes, in its order. */
  List<String> columns(List<JsonNode> told) {
    Set<String> names = new LinkedHashSet<>();
    for (String text : written(new JsonFormat(null, Limits.DEFAULT), told).texts()) {
      JsonNode tree = tree(text);
      (tree.isArray() ? tree : List.of(tree))
          .forEach(record -> record.fieldNames().forEachRemaining(names::add));
    }
    return List.copyOf(names);
  }

  /** {@code bare} if it can be seen what the mapping leaves out of the barest ticket. */
  private record Written(List<String> texts, boolean bare) {}

  private Written written(Format format, List<JsonNode> told) {
    OutboundTranslation mapped =
        translation.outbound(new Translation.Syntax(codec, format), mapping, Map.of());
    List<String> texts = new ArrayList<>();
    boolean bare = true;
    // The fullest come first: they have every value in the mapping's order.
    for (JsonNode each : told) {
      text(mapped, variants.fullest(each)).ifPresent(texts::add);
    }
    for (JsonNode each : told) {
      text(mapped, variants.map(each)).ifPresent(texts::add);
      Optional<String> barest = text(mapped, variants.barest(each));
      barest.ifPresent(texts::add);
      bare &= barest.isPresent();
    }
    return new Written(texts, bare);
  }

  private Optional<String> text(OutboundTranslation mapped, Map<String, Object> told) {
    try {
      return Optional.of(codec.decode(mapped.write(told).body()));
    } catch (MappingException e) {
      return Optional.empty();
    }
  }

  private static JsonNode tree(String text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}

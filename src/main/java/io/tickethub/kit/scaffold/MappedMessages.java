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
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** A schema of what the mapping writes in a syntax that has schemas; empty if none fits. */
  Optional<String> schema(FreeMessages messages, String subject, List<JsonNode> told) {
    Written written = written(messages.format(), told);
    List<String> texts =
        written.bodies().stream().flatMap(body -> messages.texts(body).stream()).toList();
    return messages.schema(new SchemaInference(subject, written.bare()), texts, List.of());
  }

  /**
   * The names of the values of each record the mapping writes, in its order, with the bytes of the
   * longest.
   */
  Map<String, Integer> columns(List<JsonNode> told) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    for (byte[] body : written(new JsonFormat(null, Limits.DEFAULT), told).bodies()) {
      JsonNode tree = tree(codec.decode(body));
      (tree.isArray() ? tree : List.of(tree))
          .forEach(
              record ->
                  record
                      .properties()
                      .forEach(
                          value ->
                              columns.merge(value.getKey(), length(value.getValue()), Math::max)));
    }
    return columns;
  }

  private int length(JsonNode value) {
    return value.isNull() ? 0 : value.asText().getBytes(codec.charset()).length;
  }

  /** {@code bare} if it can be seen what the mapping leaves out of the barest ticket. */
  private record Written(List<byte[]> bodies, boolean bare) {}

  private Written written(Format format, List<JsonNode> told) {
    OutboundTranslation mapped =
        translation.outbound(new Translation.Syntax(codec, format), mapping, Map.of());
    List<byte[]> bodies = new ArrayList<>();
    boolean bare = true;
    // The fullest come first: they have every value in the mapping's order.
    for (JsonNode each : told) {
      body(mapped, variants.fullest(each)).ifPresent(bodies::add);
    }
    for (JsonNode each : told) {
      body(mapped, variants.map(each)).ifPresent(bodies::add);
      Optional<byte[]> barest = body(mapped, variants.barest(each));
      barest.ifPresent(bodies::add);
      bare &= barest.isPresent();
    }
    return new Written(bodies, bare);
  }

  private static Optional<byte[]> body(OutboundTranslation mapped, Map<String, Object> told) {
    try {
      return Optional.of(mapped.write(told).body());
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

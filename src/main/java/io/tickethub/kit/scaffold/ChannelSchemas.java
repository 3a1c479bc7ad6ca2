package io.tickethub.kit.scaffold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.connector.folder.ConnectorManifest.Syntax;
import io.tickethub.connector.folder.SyntaxName;
import io.tickethub.kit.scaffold.sample.Placement;
import io.tickethub.kit.scaffold.sample.Samples;
import io.tickethub.kit.scaffold.sample.Shape;
import io.tickethub.kit.scaffold.schema.SchemaInference;
import io.tickethub.mapping.CodeTables;
import io.tickethub.mapping.TextCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The schemas of a connector made from samples: of what they are, and of what its mapping writes.
 */
final class ChannelSchemas {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final NewConnector connector;
  private final Proposal proposal;
  private final Samples samples;
  private final TextCodec codec;
  private final Syntax syntax;

  /** {@code format} of the channels, as manifests write it. */
  ChannelSchemas(NewConnector connector, Proposal proposal, String format) {
    this.connector = connector;
    this.proposal = proposal;
    this.syntax = new SyntaxName(format).syntax();
    this.samples = proposal.samples();
    this.codec = TextCodec.of(samples.charset().value().name(), TextCodec.Unmappable.TRANSLITERATE);
  }

  /** The file of a channel's schema. */
  String file(String channel) {
    String ending = SchemaRenewal.ending(syntax);
    return "schema/%s.%s".formatted(channel, ending);
  }

  /** Empty if the samples keep to no one schema. */
  Optional<String> inbound() {
    if (samples.table().isPresent()) {
      return Optional.of(
          SchemaText.columns(proposal, samples.table().get(), SchemaText.Kept.NOTHING));
    }
    SchemaInference inference =
        new SchemaInference("What %s sends".formatted(connector.titleEnglish()), true);
    // Lines are messages of their own, even where each comes alone.
    Syntax read = samples.shape().value() == Shape.JSON_LINES ? Syntax.JSON_LINES : syntax;
    FreeMessages messages = new FreeMessages(read, null, codec);
    List<String> texts =
        samples.files().stream().flatMap(file -> messages.texts(file.bytes()).stream()).toList();
    return messages.schema(inference, texts, keys());
  }

  private List<String> keys() {
    if (!samples.place().steps().isEmpty() || samples.list()) {
      return List.of();
    }
    return Stream.of("message-id", "ticket.id", "ticket.hub")
        .flatMap(meaning -> proposal.placements().of(meaning).stream())
        .map(Placement::field)
        .filter(field -> field.isAlwaysThere() && field.path().steps().size() == 1)
        .map(field -> field.path().label())
        .toList();
  }

  /** What the mapping in the folder writes. */
  String outbound(OutboundText outbound, Path folder) {
    if (samples.table().isPresent()) {
      return outbound.columns();
    }
    return new MappedMessages(
            folder.resolve("mapping/ticket.jsonata"), CodeTables.NONE, ZONE, codec)
        .schema(
            new FreeMessages(syntax, null, codec),
            "What %s is told".formatted(connector.titleEnglish()),
            told())
        .orElseThrow();
  }

  private List<JsonNode> told() {
    List<JsonNode> told = new ArrayList<>();
    for (byte[] tree : new ToldExamples().of(connector).values()) {
      try {
        told.add(new JsonMapper().readTree(tree));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return told;
  }
}

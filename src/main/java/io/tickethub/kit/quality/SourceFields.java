package io.tickethub.kit.quality;

import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.mapping.ColumnLayout;
import io.tickethub.mapping.FixedWidthLayout;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.RecordFormat;
import io.tickethub.mapping.SchemaFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names of the fields a channel gets, and of those a mapping uses. */
final class SourceFields {

  private static final Pattern NAME = Pattern.compile("[@#]?[\\p{L}_][\\p{L}\\p{N}_-]*");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");

  /** Not the sender's: what XML needs to be read. */
  private static final Pattern SYNTAX = Pattern.compile("@xmlns.*|#text");

  private SourceFields() {}

  /** What the schema declares, where it is a list of columns. */
  static Set<String> of(Path folder, InboundChannel channel) {
    if (channel.form().schema() == null) {
      return Set.of();
    }
    Path schema = folder.resolve(channel.form().schema());
    return switch (channel.form().format()) {
      case DELIMITED ->
          SchemaFiles.columns(schema).columns().stream()
              .map(ColumnLayout.Column::name)
              .collect(Collectors.toSet());
      case FIXED_WIDTH ->
          SchemaFiles.fixedWidths(schema).columns().stream()
              .map(FixedWidthLayout.FixedColumn::name)
              .collect(Collectors.toSet());
      default -> Set.of();
    };
  }

  /** What a message, or the records of a file, hold; nothing of what cannot be read. */
  static Set<String> in(InboundChannel channel, byte[] message) {
    Set<String> names = new TreeSet<>();
    switch (channel.form().format()) {
      case DELIMITED, FIXED_WIDTH -> {
        return names;
      }
      case JSON_LINES, JSON_RECORDS, XML_RECORDS -> {
        try {
          ((RecordFormat) channel.translation().format())
              .records(message)
              .forEachRemaining(record -> collect(channel, record.bytes(), names));
        } catch (MappingException e) {
          return names;
        }
      }
      default -> collect(channel, message, names);
    }
    return names;
  }

  private static void collect(InboundChannel channel, byte[] message, Set<String> names) {
    try {
      collect(channel.translation().parse(channel.translation().decode(message)), names);
    } catch (MappingException e) {
      // It is an example of what is refused.
      return;
    }
  }

  private static void collect(Object tree, Set<String> names) {
    if (tree instanceof Map<?, ?> map) {
      map.forEach(
          (name, value) -> {
            if (!SYNTAX.matcher(String.valueOf(name)).matches() && isLeaf(value)) {
              names.add(String.valueOf(name));
            }
            collect(value, names);
          });
    } else if (tree instanceof Iterable<?> list) {
      list.forEach(item -> collect(item, names));
    }
  }

  private static boolean isLeaf(Object value) {
    return !(value instanceof Map) && !(value instanceof Iterable);
  }

  /** All names in a mapping's text but in its comments. */
  static Set<String> namesIn(String mapping) {
    return NAME.matcher(COMMENT.matcher(mapping).replaceAll(" "))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }
}

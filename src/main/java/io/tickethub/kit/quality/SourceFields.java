package io.tickethub.kit.quality;

import io.tickethub.connector.folder.ConnectorManifest.Syntax;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.mapping.ColumnLayout;
import io.tickethub.mapping.DelimitedFormat;
import io.tickethub.mapping.MappingException;
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
  static Set<String> of(InboundChannel channel) {
    return channel.translation().format() instanceof DelimitedFormat format
        ? format.layout().columns().stream()
            .map(ColumnLayout.Column::name)
            .collect(Collectors.toSet())
        : Set.of();
  }

  /** What a message holds; nothing if it cannot be read. */
  static Set<String> in(InboundChannel channel, byte[] message) {
    Set<String> names = new TreeSet<>();
    if (channel.form().format() != Syntax.DELIMITED) {
      try {
        collect(channel.translation().parse(channel.translation().decode(message)), names);
      } catch (MappingException e) {
        return Set.of();
      }
    }
    return names;
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

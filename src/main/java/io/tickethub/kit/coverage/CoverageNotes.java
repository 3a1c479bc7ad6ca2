package io.tickethub.kit.coverage;

import io.tickethub.mapping.CodeTables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What is seen while the samples of one channel are mapped. */
final class CoverageNotes {

  private final ReadNotes read = new ReadNotes();
  private final Map<String, Integer> occurrences = new LinkedHashMap<>();
  private final Map<String, Integer> filled = new TreeMap<>();
  private final Map<String, Map<String, Integer>> asked = new TreeMap<>();
  private int messages;
  private int refused;
  private int unparsed;

  void asked(String table, String code) {
    asked.computeIfAbsent(table, any -> new TreeMap<>()).merge(code, 1, Integer::sum);
  }

  /** A message could not be read. */
  void unreadable() {
    messages++;
    refused++;
    unparsed++;
  }

  /** A message that was read could not be mapped. */
  void refused() {
    refused++;
  }

  /** The tree of a message, noting what is read of it. */
  Object message(Object tree) {
    messages++;
    Set<String> present = new HashSet<>();
    Set<String> notEmpty = new HashSet<>();
    collect(tree, "", present, notEmpty);
    notEmpty.forEach(path -> filled.merge(path, 1, Integer::sum));
    return read.noting(tree);
  }

  private void collect(Object tree, String path, Set<String> present, Set<String> notEmpty) {
    if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach((name, value) -> collect(value, ReadNotes.child(path, name), present, notEmpty));
    } else if (tree instanceof List<?> list && !list.isEmpty()) {
      list.forEach(item -> collect(item, path, present, notEmpty));
    } else {
      if (present.add(path)) {
        occurrences.merge(path, 1, Integer::sum);
      }
      if (tree != null && !String.valueOf(tree).isBlank()) {
        notEmpty.add(path);
      }
    }
  }

  Coverage coverage(
      String connector, String channel, int samples, CodeTables codes, String mapping) {
    List<Coverage.Field> fields = new ArrayList<>();
    occurrences.forEach(
        (path, count) ->
            fields.add(
                new Coverage.Field(path, count, filled.getOrDefault(path, 0), read.hasRead(path))));
    List<Coverage.Table> tables = new ArrayList<>();
    new TreeMap<>(codes.tables())
        .forEach(
            (name, table) -> {
              if (asked.containsKey(name) || asksFor(mapping, name)) {
                tables.add(table(name, table));
              }
            });
    return new Coverage(connector, channel, samples, messages, refused, unparsed, fields, tables);
  }

  private static boolean asksFor(String mapping, String table) {
    return Pattern.compile("\\$code\\(\\s*[\"']" + Pattern.quote(table) + "[\"']")
        .matcher(mapping)
        .find();
  }

  private Coverage.Table table(String name, CodeTables.Table table) {
    Map<String, Integer> codes = asked.getOrDefault(name, Map.of());
    List<Coverage.Code> unknown =
        codes.entrySet().stream()
            .filter(entry -> !table.values().containsKey(entry.getKey()))
            .map(entry -> new Coverage.Code(entry.getKey(), entry.getValue()))
            .toList();
    List<String> unused =
        table.values().keySet().stream().filter(code -> !codes.containsKey(code)).sorted().toList();
    return new Coverage.Table(
        name,
        table.values().size(),
        table.otherwise().name().toLowerCase(Locale.ROOT),
        unknown,
        unused);
  }
}

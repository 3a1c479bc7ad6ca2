package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Prints answers: for people as tables, for programs as JSON. */
final class Output {

  @Option(names = "--json", description = "prints JSON for programs")
  private boolean json;

  boolean isJson() {
    return json;
  }

  void json(PrintWriter out, JsonNode node) {
    out.println(node.toPrettyString());
    out.flush();
  }

  /** A table of the named fields of a list; a field may be a path such as {@code titles.en}. */
  void table(PrintWriter out, JsonNode list, String... fields) {
    if (json) {
      json(out, list);
      return;
    }
    List<String[]> rows = new ArrayList<>();
    rows.add(fields);
    for (JsonNode item : list) {
      String[] row = new String[fields.length];
      for (int i = 0; i < fields.length; i++) {
        row[i] = text(item.at("/" + fields[i].replace('.', '/')));
      }
      rows.add(row);
    }
    print(out, rows);
    if (list.isEmpty()) {
      out.println("(none)");
    }
    out.flush();
  }

  private static String text(JsonNode node) {
    return node.isMissingNode() || node.isNull()
        ? "-"
        : node.isValueNode() ? node.asText() : node.toString();
  }

  private static void print(PrintWriter out, List<String[]> rows) {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], width(row[i]));
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        boolean last = i == row.length - 1;
        line.append(row[i]).append(last ? "" : " ".repeat(widths[i] - width(row[i]) + 2));
      }
      out.println(line);
    }
  }

  /** Chinese characters take two columns of a terminal. */
  private static int width(String text) {
    return text.codePoints().map(point -> point >= 0x2E80 ? 2 : 1).sum();
  }

  /** The fields of an object, one a line. */
  void object(PrintWriter out, JsonNode object) {
    if (json) {
      json(out, object);
      return;
    }
    object
        .fields()
        .forEachRemaining(
            entry -> {
              if (!entry.getValue().isNull()) {
                out.println("%-16s %s".formatted(entry.getKey(), text(entry.getValue())));
              }
            });
    out.flush();
  }
}

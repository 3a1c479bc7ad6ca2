package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Differences as RFC 4180, in UTF-8 with the mark that spreadsheets ask for. */
final class DriftCsv {

  private static final List<String> FIELDS =
      List.of(
          "id",
          "run",
          "connector",
          "ticket",
          "kind",
          "field",
          "hub",
          "system",
          "right",
          "because",
          "cause",
          "delivery",
          "message",
          "state",
          "taken",
          "takenBy",
          "takenAt",
          "reason");

  private DriftCsv() {}

  static void write(Path file, List<JsonNode> drifts) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write('\ufeff');
      out.write(String.join(",", FIELDS) + "\r\n");
      for (JsonNode drift : drifts) {
        out.write(
            FIELDS.stream()
                    .map(field -> cell(drift.path(field).asText("")))
                    .collect(Collectors.joining(","))
                + "\r\n");
      }
    }
  }

  /** What begins like a formula is text: values come from systems. */
  private static String cell(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
  }
}

package io.tickethub.kit.scaffold;

import io.tickethub.kit.scaffold.sample.CodeValues;
import io.tickethub.kit.scaffold.sample.FieldProfile;
import io.tickethub.kit.scaffold.sample.Guess;
import io.tickethub.kit.scaffold.sample.Placement;
import io.tickethub.kit.scaffold.sample.Placements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes the code tables, with what was not understood as comments. */
final class CodesText {

  private final Proposal proposal;
  private final CodeValues codes;

  CodesText(Proposal proposal, CodeValues codes) {
    this.proposal = proposal;
    this.codes = codes;
  }

  /** Empty if the samples hold no codes. */
  Optional<String> text() {
    Map<String, Placement> tables = new TreeMap<>();
    Placements.TABLES.forEach(
        (meaning, table) -> {
          if (proposal.uses(meaning)) {
            tables.put(table, proposal.placements().of(meaning).orElseThrow());
          }
        });
    if (tables.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder text =
        new StringBuilder(
            """
            # The system's codes and the hub's. A figure is how sure a guess is, from 0 to 1. A code that a table lacks is handled as its
            # 'otherwise' says: reject, keep, or default.
            tables:
            """);
    tables.forEach((table, field) -> table(text, table, field.field()));
    return Optional.of(text.toString());
  }

  private void table(StringBuilder text, String table, FieldProfile field) {
    Map<String, Guess<String>> understood = understood(table, field);
    text.append("  %s:\n    # %s\n".formatted(table, Texts.line(field.path().label())));
    text.append(understood.isEmpty() ? "    values: {}\n" : "    values:\n");
    understood.forEach(
        (value, guess) ->
            text.append(
                "      %s: %s%s\n"
                    .formatted(
                        Texts.json(value),
                        guess.value(),
                        proposal.guessed() ? " # %.2f".formatted(guess.confidence()) : "")));
    for (String value : unknown(table, field)) {
      text.append(
          "      # not placed: %s (%d in the samples)\n"
              .formatted(Texts.json(value), field.values().get(value)));
    }
    text.append(
        switch (table) {
          case "product" -> "    otherwise: default\n    default: general\n";
          case "level" -> "    otherwise: keep\n";
          case "hold" -> "    otherwise: default\n    default: other\n";
          default -> "    otherwise: reject\n";
        });
  }

  private Map<String, Guess<String>> understood(String table, FieldProfile field) {
    Map<String, Guess<String>> understood = codes.codes(table, field.values().keySet());
    understood.values().removeIf(guess -> MappingText.isNoState(guess.value()));
    return understood;
  }

  private List<String> unknown(String table, FieldProfile field) {
    List<String> unknown = new ArrayList<>(field.values().keySet());
    unknown.removeAll(codes.codes(table, unknown).keySet());
    return unknown.subList(0, Math.min(unknown.size(), 50));
  }

  /** The codes in the samples that no table holds, by the field's name. */
  Map<String, List<String>> notUnderstood() {
    Map<String, List<String>> all = new TreeMap<>();
    Placements.TABLES.forEach(
        (meaning, table) -> {
          if (proposal.uses(meaning)) {
            FieldProfile field = proposal.placements().of(meaning).orElseThrow().field();
            List<String> unknown = unknown(table, field);
            if (!unknown.isEmpty()) {
              all.put(field.path().label(), unknown);
            }
          }
        });
    return all;
  }
}

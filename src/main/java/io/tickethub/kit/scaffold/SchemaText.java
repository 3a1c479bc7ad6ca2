package io.tickethub.kit.scaffold;

import io.tickethub.kit.scaffold.sample.FieldProfile;
import io.tickethub.kit.scaffold.sample.Guess;
import io.tickethub.kit.scaffold.sample.Placement;
import io.tickethub.kit.scaffold.sample.Table;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Writes what the samples say of a channel's columns. */
final class SchemaText {

  private SchemaText() {}

  static String columns(Proposal proposal, Table table) {
    Set<String> required = new TreeSet<>();
    for (String meaning : List.of("message-id", "ticket.id", "ticket.hub")) {
      proposal
          .placements()
          .of(meaning)
          .map(Placement::field)
          .filter(FieldProfile::isAlwaysThere)
          .ifPresent(field -> required.add(field.path().label()));
    }
    StringBuilder text =
        new StringBuilder(
            proposal.guessed()
                ? "# Columns of the files, from %d samples.\n"
                    .formatted(proposal.samples().files().size())
                : "# Columns of the files.\n");
    text.append(
        "delimiter: %s%s\n"
            .formatted(Texts.json(table.delimiter().value()), sure(proposal, table.delimiter())));
    if (table.quote() != null) {
      text.append("quote: %s\n".formatted(Texts.json(String.valueOf(table.quote()))));
    }
    text.append(
        "header: %s%s\n"
            .formatted(
                table.header().value() && table.usableHeader(), sure(proposal, table.header())));
    if (table.lineEnd().equals("\r\n")) {
      text.append("line-end: \"\\r\\n\"\n");
    }
    key(proposal).ifPresent(key -> text.append("key: %s\n".formatted(Texts.json(key))));
    text.append("columns:\n");
    for (FieldProfile field : proposal.samples().fields()) {
      String name = field.path().label();
      text.append(
          "  - {name: %s%s}%s\n"
              .formatted(
                  Texts.json(name),
                  required.contains(name) ? ", required: true" : "",
                  proposal.guessed() ? " # " + seen(field) : ""));
    }
    return text.toString();
  }

  private static String sure(Proposal proposal, Guess<?> guess) {
    return proposal.guessed() ? " # %.2f %s".formatted(guess.confidence(), guess.reason()) : "";
  }

  /** The column that does not repeat within a file. */
  static java.util.Optional<String> key(Proposal proposal) {
    return proposal
        .placements()
        .of("message-id")
        .or(
            () ->
                proposal.opens()
                    ? proposal.placements().of("ticket.id")
                    : java.util.Optional.empty())
        .map(Placement::field)
        .filter(field -> field.isUnique() && field.records() == proposal.samples().records())
        .map(field -> field.path().label());
  }

  private static String seen(FieldProfile field) {
    String date =
        field
            .date()
            .map(d -> ", " + d.pattern() + (d.isGlued() ? ", date and time glued" : ""))
            .orElse("");
    return "%s%s, %d of %d filled"
        .formatted(field.type().title(), date, field.filled(), field.records());
  }
}

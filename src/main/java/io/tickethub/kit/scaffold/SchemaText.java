package io.tickethub.kit.scaffold;

import io.tickethub.kit.scaffold.sample.FieldProfile;
import io.tickethub.kit.scaffold.sample.Guess;
import io.tickethub.kit.scaffold.sample.Placement;
import io.tickethub.kit.scaffold.sample.Table;
import io.tickethub.kit.scaffold.sample.Table.Cell;
import io.tickethub.kit.scaffold.sample.Table.Delimited;
import io.tickethub.kit.scaffold.sample.Table.FixedWidth;
import io.tickethub.mapping.FixedWidthLayout.Align;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Writes what the samples say of a channel's columns. */
final class SchemaText {

  private SchemaText() {}

  /**
   * What an earlier layout says, where the samples agree.
   *
   * @param required the columns that are
   * @param key null for none
   */
  record Kept(Set<String> required, String key, boolean stripSpaces) {
    static final Kept NOTHING = new Kept(Set.of(), null, false);
  }

  static String columns(Proposal proposal, Table table, Kept kept) {
    StringBuilder text = new StringBuilder("# Columns of the files");
    if (proposal.guessed()) {
      text.append(", from %d samples".formatted(proposal.samples().files().size()));
    }
    if (table.division() instanceof FixedWidth) {
      text.append("; widths are bytes of %s".formatted(proposal.samples().charset().value()));
    }
    text.append(".\n");
    if (table.division() instanceof Delimited delimited) {
      delimiter(text, proposal, delimited);
    }
    boolean compared = table.usableHeader() || table.division() instanceof FixedWidth;
    text.append(
        "header: %s%s\n"
            .formatted(table.header().value() && compared, sure(proposal, table.header())));
    if (table.division() instanceof FixedWidth widths && widths.whole()) {
      text.append("whole: true%s\n".formatted(sure(proposal, widths.bytes())));
    }
    if (kept.stripSpaces()) {
      text.append("strip-spaces: true\n");
    }
    if (table.lineEnd().equals("\r\n")) {
      text.append("line-end: \"\\r\\n\"\n");
    }
    key(proposal, kept).ifPresent(key -> text.append("key: %s\n".formatted(Texts.json(key))));
    columns(text, proposal, table, required(proposal, kept));
    return text.toString();
  }

  private static void delimiter(StringBuilder text, Proposal proposal, Delimited delimited) {
    text.append(
        "delimiter: %s%s\n"
            .formatted(
                Texts.json(delimited.delimiter().value()), sure(proposal, delimited.delimiter())));
    if (delimited.quote() != null) {
      text.append("quote: %s\n".formatted(Texts.json(String.valueOf(delimited.quote()))));
    }
  }

  private static Set<String> required(Proposal proposal, Kept kept) {
    Set<String> required = new TreeSet<>();
    for (String meaning : List.of("message-id", "ticket.id", "ticket.hub")) {
      proposal
          .placements()
          .of(meaning)
          .map(Placement::field)
          .filter(FieldProfile::isAlwaysThere)
          .ifPresent(field -> required.add(field.path().label()));
    }
    proposal.samples().fields().stream()
        .filter(FieldProfile::isAlwaysThere)
        .map(field -> field.path().label())
        .filter(kept.required()::contains)
        .forEach(required::add);
    return required;
  }

  private static void columns(
      StringBuilder text, Proposal proposal, Table table, Set<String> required) {
    text.append("columns:\n");
    for (int i = 0; i < table.columns().size(); i++) {
      String name = table.columns().get(i);
      String width = "";
      String sure = "";
      if (table.division() instanceof FixedWidth widths) {
        Cell cell = widths.cells().get(i);
        width =
            ", width: %d%s%s"
                .formatted(
                    cell.width().value(),
                    cell.align() == Align.RIGHT ? ", align: right" : "",
                    cell.pad() == ' ' ? "" : ", pad: " + Texts.json(String.valueOf(cell.pad())));
        sure = "%.2f %s; ".formatted(cell.width().confidence(), cell.width().reason());
      }
      text.append(
          "  - {name: %s%s%s}%s\n"
              .formatted(
                  Texts.json(name),
                  width,
                  required.contains(name) ? ", required: true" : "",
                  proposal.guessed() ? " # " + sure + seen(proposal, name) : ""));
    }
  }

  private static String sure(Proposal proposal, Guess<?> guess) {
    return proposal.guessed() ? " # %.2f %s".formatted(guess.confidence(), guess.reason()) : "";
  }

  /** The column that does not repeat within a file. */
  private static Optional<String> key(Proposal proposal, Kept kept) {
    return proposal.samples().fields().stream()
        .filter(field -> field.path().label().equals(kept.key()))
        .findFirst()
        .or(
            () ->
                proposal
                    .placements()
                    .of("message-id")
                    .or(
                        () ->
                            proposal.opens()
                                ? proposal.placements().of("ticket.id")
                                : Optional.empty())
                    .map(Placement::field))
        .filter(field -> field.isUnique() && field.records() == proposal.samples().records())
        .map(field -> field.path().label());
  }

  private static String seen(Proposal proposal, String name) {
    return proposal.samples().fields().stream()
        .filter(field -> field.path().label().equals(name))
        .findFirst()
        .map(SchemaText::seen)
        .orElse("in no record");
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

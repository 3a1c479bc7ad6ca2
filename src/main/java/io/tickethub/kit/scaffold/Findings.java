package io.tickethub.kit.scaffold;

import io.tickethub.kit.scaffold.ScaffoldReport.Finding;
import io.tickethub.kit.scaffold.sample.FieldProfile;
import io.tickethub.kit.scaffold.sample.Guess;
import io.tickethub.kit.scaffold.sample.Placement;
import io.tickethub.kit.scaffold.sample.Samples;
import io.tickethub.kit.scaffold.sample.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What was found out of the samples as a whole. */
final class Findings {

  private Findings() {}

  static List<Finding> of(Proposal proposal) {
    Samples samples = proposal.samples();
    List<Finding> findings = new ArrayList<>();
    findings.add(
        new Finding(
            "charset",
            samples.charset().value().name(),
            samples.charset().confidence(),
            samples.charset().reason()));
    findings.add(
        new Finding(
            "format",
            samples.shape().value().title(),
            samples.shape().confidence(),
            samples.shape().reason()));
    samples
        .table()
        .ifPresent(
            table -> {
              findings.add(division(table));
              findings.add(
                  new Finding(
                      "header",
                      table.header().value() ? "yes" : "no",
                      table.header().confidence(),
                      table.header().reason()));
            });
    if (!samples.place().steps().isEmpty()) {
      findings.add(
          new Finding(
              "place of the records", samples.place().label(), 0.9, "everything lies in it"));
    }
    proposal
        .placements()
        .of("message-id")
        .map(Placement::field)
        .map(FieldProfile::path)
        .ifPresent(
            path ->
                findings.add(
                    new Finding(
                        "key",
                        path.label(),
                        proposal.placements().of("message-id").orElseThrow().confidence(),
                        "no two records have the same")));
    findings.add(
        new Finding(
            "channel",
            proposal.purpose().value().title(),
            proposal.purpose().confidence(),
            proposal.purpose().reason()));
    return findings;
  }

  private static Finding division(Table table) {
    if (table.division() instanceof Table.Delimited delimited) {
      return new Finding(
          "delimiter",
          Texts.json(delimited.delimiter().value()),
          delimited.delimiter().confidence(),
          delimited.delimiter().reason());
    }
    Table.FixedWidth widths = (Table.FixedWidth) table.division();
    Guess<Integer> least =
        widths.cells().stream()
            .map(Table.Cell::width)
            .min(Comparator.comparingDouble(Guess::confidence))
            .orElseThrow();
    return new Finding(
        "widths",
        widths.cells().stream()
            .map(cell -> String.valueOf(cell.width().value()))
            .collect(Collectors.joining(", ")),
        Math.min(widths.bytes().confidence(), least.confidence()),
        "the least sure: " + least.reason());
  }
}

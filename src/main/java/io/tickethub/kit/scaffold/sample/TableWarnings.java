package io.tickethub.kit.scaffold.sample;

import io.tickethub.kit.scaffold.sample.Table.Cell;
import io.tickethub.kit.scaffold.sample.Table.FixedWidth;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/** What a person should know, or say, of a file of columns. */
final class TableWarnings {

  private static final double SURE = 0.8;
  private static final int FEW = 5;

  private TableWarnings() {}

  static List<String> of(Table table, int lines, int records, Charset charset) {
    List<String> warnings = new ArrayList<>();
    if (table.dirty() > 0) {
      warnings.add(
          "%d of %d lines cannot be read as %d columns: each is rejected on its own"
              .formatted(table.dirty(), lines, table.columns().size()));
    }
    if (table.division() instanceof FixedWidth widths) {
      ofWidths(warnings, table, widths, records, charset);
    } else if (table.header().value() && !table.usableHeader()) {
      warnings.add("the header names a column twice or not at all: it is not compared");
    }
    return List.copyOf(warnings);
  }

  private static void ofWidths(
      List<String> warnings, Table table, FixedWidth widths, int records, Charset charset) {
    if (records < FEW) {
      warnings.add(
          "only %d lines show where the columns are: do the widths, in bytes of %s, agree with the interface document?"
              .formatted(records, charset.name()));
    }
    List<String> doubtful = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < widths.cells().size(); i++) {
      Cell cell = widths.cells().get(i);
      if (cell.width().confidence() < SURE) {
        doubtful.add(
            "%s at byte %d (%.2f)"
                .formatted(table.columns().get(i), begin + 1, cell.width().confidence()));
      }
      begin += cell.width().value();
    }
    if (!doubtful.isEmpty()) {
      warnings.add("do these columns begin where they seem to? " + String.join(", ", doubtful));
    }
    if (!widths.whole()) {
      warnings.add(
          "the lines have several lengths: is the last column free, or are blanks at the end left out?");
    }
  }
}

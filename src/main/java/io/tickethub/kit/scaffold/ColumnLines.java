package io.tickethub.kit.scaffold;

import io.tickethub.definition.DefinitionException;
import io.tickethub.mapping.ColumnLayout;
import io.tickethub.mapping.FixedWidthLayout;
import io.tickethub.mapping.FixedWidthLayout.Align;
import io.tickethub.mapping.SchemaFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns of a layout's file, to be replaced by others; all that stands before them stays. */
final class ColumnLines {

  private final Path file;

  ColumnLines(Path file) {
    this.file = file;
  }

  /** The text of a delimited layout with these columns; those it had keep what it said of them. */
  String delimited(Collection<String> names) {
    Map<String, ColumnLayout.Column> present =
        SchemaFiles.columns(file).columns().stream()
            .collect(Collectors.toMap(ColumnLayout.Column::name, Function.identity()));
    StringBuilder text = beginning();
    for (String name : names) {
      ColumnLayout.Column column =
          present.getOrDefault(name, new ColumnLayout.Column(name, false, null));
      text.append("  - {name: ").append(Texts.json(name));
      text.append(column.required() ? ", required: true" : "");
      text.append(column.bytes() == null ? "" : ", bytes: " + column.bytes()).append("}\n");
    }
    return text.toString();
  }

  /**
   * The text of a layout of fixed widths with these columns.
   *
   * @param longest by name, the bytes of the longest value seen: the width of a column it had not
   */
  String fixedWidths(Map<String, Integer> longest) {
    Map<String, FixedWidthLayout.FixedColumn> present =
        SchemaFiles.fixedWidths(file).columns().stream()
            .collect(Collectors.toMap(FixedWidthLayout.FixedColumn::name, Function.identity()));
    StringBuilder text = beginning();
    longest.forEach(
        (name, bytes) -> {
          FixedWidthLayout.FixedColumn column = present.get(name);
          text.append("  - {name: ").append(Texts.json(name));
          if (column == null) {
            text.append(
                ", width: %d} # the longest of its examples; what says the interface document?\n"
                    .formatted(Math.max(1, bytes)));
            return;
          }
          text.append(", width: ").append(column.width());
          text.append(column.align() == Align.RIGHT ? ", align: right" : "");
          text.append(column.pad() == ' ' ? "" : ", pad: " + Texts.json(column.pad().toString()));
          text.append(column.required() ? ", required: true" : "").append("}\n");
        });
    return text.toString();
  }

  private StringBuilder beginning() {
    StringBuilder text = new StringBuilder();
    for (String line : lines()) {
      if (line.startsWith("columns:")) {
        break;
      }
      text.append(line).append('\n');
    }
    return text.append("columns:\n");
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }
}

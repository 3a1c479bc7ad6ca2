package io.tickethub.kit.scaffold;

import io.tickethub.definition.DefinitionException;
import io.tickethub.mapping.ColumnLayout;
import io.tickethub.mapping.SchemaFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** The file's text with these columns; those it had keep what it said of them. */
  String with(List<String> names) {
    Map<String, ColumnLayout.Column> present =
        SchemaFiles.columns(file).columns().stream()
            .collect(Collectors.toMap(ColumnLayout.Column::name, Function.identity()));
    StringBuilder text = new StringBuilder();
    for (String line : lines()) {
      if (line.startsWith("columns:")) {
        break;
      }
      text.append(line).append('\n');
    }
    text.append("columns:\n");
    for (String name : names) {
      ColumnLayout.Column column =
          present.getOrDefault(name, new ColumnLayout.Column(name, false, null));
      text.append("  - {name: ").append(Texts.json(name));
      text.append(column.required() ? ", required: true" : "");
      text.append(column.bytes() == null ? "" : ", bytes: " + column.bytes()).append("}\n");
    }
    return text.toString();
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }
}

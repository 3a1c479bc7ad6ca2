package io.tickethub.mapping;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.definition.DefinitionException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns of a delimited file, as {@code schema/*.columns.yaml} gives them.
 *
 * @param delimiter any text; {@code _+|} for 112
 * @param quote the character around values that hold the delimiter; null if the system knows none
 * @param header the first record names the columns
 * @param stripSpaces all spaces inside values are removed, as the consumers of 112's files do
 * @param key the column that must not repeat within a file; null if none
 * @param lineEnd written after each record; line feed if null
 */
public record ColumnLayout(
    @JsonProperty(required = true) String delimiter,
    Character quote,
    boolean header,
    @JsonProperty("strip-spaces") boolean stripSpaces,
    String key,
    @JsonProperty("line-end") String lineEnd,
    @JsonProperty(required = true) List<Column> columns) {

  /**
   * One column.
   *
   * @param name as the file's header and the mapping call it
   * @param required an empty value is refused
   * @param bytes the most bytes a value may have in the file's charset; null for no limit
   */
  public record Column(
      @JsonProperty(required = true) String name, boolean required, Integer bytes) {}

  public ColumnLayout {
    lineEnd = lineEnd == null ? "\n" : lineEnd;
    columns = List.copyOf(columns);
    if (delimiter.isEmpty() || quote != null && delimiter.indexOf(quote) >= 0) {
      throw new DefinitionException("the delimiter is empty or holds the quote");
    }
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new DefinitionException("column '%s' is named twice".formatted(column.name()));
      }
    }
    if (key != null && !names.contains(key)) {
      throw new DefinitionException("the key '%s' is no column".formatted(key));
    }
  }
}

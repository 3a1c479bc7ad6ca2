package io.tickethub.mapping;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.definition.DefinitionException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns of a file of fixed widths, as {@code schema/*.columns.yaml} gives them.
 *
 * @param header the first line names the columns and is passed over
 * @param whole a line shorter than its columns is refused, as one of a file that was cut off;
 *     otherwise the pads at its end may be missing
 * @param key the column that must not repeat within a file; null if none
 * @param lineEnd written after each record; line feed if null
 */
public record FixedWidthLayout(
    boolean header,
    boolean whole,
    String key,
    @JsonProperty("line-end") String lineEnd,
    @JsonProperty(required = true) List<FixedColumn> columns) {

  /**
   * One column.
   *
   * @param name as the mapping calls it
   * @param width in bytes of the file's charset
   * @param align where the value stands; left if null
   * @param pad fills the rest, one ASCII character; a space if null
   * @param required an empty value is refused
   */
  public record FixedColumn(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) Integer width,
      Align align,
      Character pad,
      boolean required) {

    public FixedColumn {
      align = align == null ? Align.LEFT : align;
      pad = pad == null ? ' ' : pad;
      if (width < 1 || pad > '~') {
        throw new DefinitionException(
            "column '%s': a width is at least 1, a pad is an ASCII character".formatted(name));
      }
    }
  }

  /** Where a value stands in its column. */
  public enum Align {
    LEFT,
    RIGHT
  }

  public FixedWidthLayout {
    lineEnd = lineEnd == null ? "\n" : lineEnd;
    columns = List.copyOf(columns);
    Set<String> names = new HashSet<>();
    for (FixedColumn column : columns) {
      if (!names.add(column.name())) {
        throw new DefinitionException("column '%s' is named twice".formatted(column.name()));
      }
    }
    if (key != null && !names.contains(key)) {
      throw new DefinitionException("the key '%s' is no column".formatted(key));
    }
  }

  int width() {
    return columns.stream().mapToInt(FixedColumn::width).sum();
  }
}

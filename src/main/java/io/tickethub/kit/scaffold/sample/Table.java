package io.tickethub.kit.scaffold.sample;

import io.tickethub.mapping.FixedWidthLayout.Align;
import java.util.List;

/**
 * How a file of lines is built, each a record of columns.
 *
 * @param division what divides a line
 * @param header whether the first line names the columns
 * @param usableHeader the header's names are those of {@code columns}; false if one is missing or
 *     there twice
 * @param dirty how many lines have other columns
 */
public record Table(
    Division division,
    Guess<Boolean> header,
    boolean usableHeader,
    String lineEnd,
    List<String> columns,
    int dirty) {

  /** What divides a line into columns. */
  public sealed interface Division {}

  /**
   * A delimiter.
   *
   * @param quote null if there are no quotes
   */
  public record Delimited(Guess<String> delimiter, Character quote) implements Division {}

  /**
   * Widths.
   *
   * @param whole no line lacks the blanks at its end
   */
  public record FixedWidth(Guess<Integer> bytes, boolean whole, List<Cell> cells)
      implements Division {}

  /** A column of fixed width: its bytes, with how sure its beginning is. */
  public record Cell(Guess<Integer> width, Align align, char pad) {}
}

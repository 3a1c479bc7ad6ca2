package io.tickethub.kit.scaffold.sample;

import io.tickethub.kit.scaffold.sample.Table.Cell;
import io.tickethub.mapping.FixedWidthFormat;
import io.tickethub.mapping.FixedWidthLayout;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.RecordSplitter.RawRecord;
import io.tickethub.mapping.TextCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts lines into columns of fixed widths, by the hub's own format. */
final class WidthCutter implements LineCutter {

  private static final Pattern BLANKS = Pattern.compile("[\\s\\u3000]+");

  private final FixedWidthFormat format;
  private final int columns;
  private final TextCodec codec;
  private final FieldNames names;

  /** {@code whole}: a line of fewer bytes than the columns is none. */
  WidthCutter(List<Cell> cells, boolean whole, TextCodec codec, FieldNames names) {
    List<FixedWidthLayout.FixedColumn> layout = new ArrayList<>();
    cells.forEach(
        cell ->
            layout.add(
                new FixedWidthLayout.FixedColumn(
                    "column" + (layout.size() + 1),
                    cell.width().value(),
                    cell.align(),
                    cell.pad(),
                    false)));
    this.format =
        new FixedWidthFormat(new FixedWidthLayout(false, whole, null, null, layout), codec);
    this.columns = cells.size();
    this.codec = codec;
    this.names = names;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public Iterator<RawRecord> records(byte[] file) {
    return format.records(file);
  }

  @Override
  public List<String> values(byte[] line) {
    return format.read(codec.decode(line)).values().stream().map(String::valueOf).toList();
  }

  /** Titles may be longer than their columns, or stand beside them: then blanks divide them. */
  @Override
  public List<String> titles(byte[] line) {
    List<String> divided =
        Arrays.stream(BLANKS.split(codec.decode(line).strip())).filter(t -> !t.isEmpty()).toList();
    List<String> cut;
    try {
      cut = values(line);
    } catch (MappingException e) {
      if (divided.size() == columns) {
        return divided;
      }
      throw e;
    }
    return divided.size() == columns && known(divided) > known(cut) ? divided : cut;
  }

  private long known(List<String> titles) {
    return titles.stream().filter(names::isKnown).count();
  }
}

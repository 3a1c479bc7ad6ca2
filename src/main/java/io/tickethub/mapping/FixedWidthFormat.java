package io.tickethub.mapping;

import io.tickethub.mapping.FixedWidthLayout.Align;
import io.tickethub.mapping.FixedWidthLayout.FixedColumn;
import io.tickethub.mapping.RecordSplitter.RawRecord;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Lines of columns whose widths are bytes of the file's charset, so that a Chinese character takes
 * two of a GBK column. A record is a map by column name.
 */
public final class FixedWidthFormat implements RecordFormat {

  private final FixedWidthLayout layout;
  private final TextCodec codec;

  public FixedWidthFormat(FixedWidthLayout layout, TextCodec codec) {
    this.layout = layout;
    this.codec = codec;
  }

  @Override
  public Iterator<RawRecord> records(byte[] file) {
    Iterator<RawRecord> lines = RecordSplitter.lines(file);
    if (layout.header() && lines.hasNext()) {
      lines.next();
    }
    return lines;
  }

  @Override
  public String key() {
    return layout.key();
  }

  @Override
  public Map<String, Object> read(String text) {
    byte[] line = codec.bytes(text);
    if (line.length > layout.width() || layout.whole() && line.length < layout.width()) {
      throw new MappingException(
          Problem.of(
              ProblemCode.COLUMN_COUNT,
              "%d bytes instead of %d".formatted(line.length, layout.width())));
    }
    Map<String, Object> record = new LinkedHashMap<>();
    int start = 0;
    for (FixedColumn column : layout.columns()) {
      int end = start + column.width();
      record.put(column.name(), value(column, line, start, end));
      start = end;
    }
    return record;
  }

  /** The pads at the end of a line may be missing. */
  private String value(FixedColumn column, byte[] line, int start, int end) {
    byte[] cell =
        start >= line.length
            ? new byte[0]
            : Arrays.copyOfRange(line, start, Math.min(end, line.length));
    String value;
    try {
      value = unpadded(column, codec.decode(cell));
    } catch (MappingException e) {
      throw new MappingException(
          Problem.of(
              ProblemCode.UNDECODABLE, column.name(), null, "a character lies across its border"));
    }
    if (column.required() && value.isEmpty()) {
      throw new MappingException(
          Problem.of(ProblemCode.MISSING_FIELD, column.name(), null, "the column is empty"));
    }
    return value;
  }

  private static String unpadded(FixedColumn column, String text) {
    int start = 0;
    int end = text.length();
    while (column.align() == Align.RIGHT && start < end && text.charAt(start) == column.pad()) {
      start++;
    }
    while (column.align() == Align.LEFT && start < end && text.charAt(end - 1) == column.pad()) {
      end--;
    }
    return text.substring(start, end).strip();
  }

  @Override
  public String write(Object tree) {
    List<?> records = RecordFormat.list(tree);
    StringBuilder text = new StringBuilder();
    if (layout.header()) {
      layout.columns().forEach(column -> text.append(cell(column, column.name(), true)));
      text.append(layout.lineEnd());
    }
    records.forEach(record -> text.append(line(record)).append(layout.lineEnd()));
    return text.toString();
  }

  private String line(Object record) {
    if (!(record instanceof Map<?, ?> map)) {
      throw new MappingException(ProblemCode.MAPPING, "a record must be an object of columns");
    }
    List<String> names = layout.columns().stream().map(FixedColumn::name).toList();
    for (Object name : map.keySet()) {
      if (!names.contains(String.valueOf(name))) {
        throw new MappingException(
            Problem.of(
                ProblemCode.MAPPING, String.valueOf(name), null, "is no column of the layout"));
      }
    }
    return layout.columns().stream()
        .map(column -> cell(column, map.get(column.name()), false))
        .collect(Collectors.joining());
  }

  /** Text is cut to its column; a number would mean another one. */
  private String cell(FixedColumn column, Object value, boolean title) {
    String text = value == null ? "" : String.valueOf(value);
    if (column.required() && text.isEmpty()) {
      throw new MappingException(
          Problem.of(ProblemCode.MISSING_FIELD, column.name(), null, "the column is empty"));
    }
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw new MappingException(
          Problem.of(ProblemCode.INVALID_VALUE, column.name(), text, "holds a line break"));
    }
    String cut = ByteLength.cut(text, column.width(), codec.charset());
    if (column.align() == Align.RIGHT && !title && cut.length() < text.length()) {
      throw new MappingException(
          Problem.of(
              ProblemCode.INVALID_VALUE,
              column.name(),
              text,
              "is longer than %d bytes".formatted(column.width())));
    }
    String pad =
        String.valueOf(title ? ' ' : column.pad())
            .repeat(column.width() - cut.getBytes(codec.charset()).length);
    return column.align() == Align.RIGHT ? pad + cut : cut + pad;
  }
}

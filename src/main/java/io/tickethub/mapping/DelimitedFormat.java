package io.tickethub.mapping;

import io.tickethub.mapping.RecordSplitter.RawRecord;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Records of columns divided by any delimiter. Reading takes one record and gives a map by column
 * name; writing takes a map, or a list of maps, and gives the file with its header.
 */
public final class DelimitedFormat implements RecordFormat {

  private final ColumnLayout layout;
  private final TextCodec codec;
  private final CSVFormat csv;

  public DelimitedFormat(ColumnLayout layout, TextCodec codec) {
    this.layout = layout;
    this.codec = codec;
    this.csv =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(layout.delimiter())
            .setQuote(layout.quote())
            .setRecordSeparator(layout.lineEnd())
            .setIgnoreEmptyLines(false)
            .get();
  }

  public ColumnLayout layout() {
    return layout;
  }

  /** A header that is not the layout's is refused with the whole file. */
  @Override
  public Iterator<RawRecord> records(byte[] file) {
    RecordSplitter records = new RecordSplitter(file, layout);
    if (layout.header() && records.hasNext()) {
      checkHeader(codec.decode(records.next().bytes()));
    }
    return records;
  }

  @Override
  public String key() {
    return layout.key();
  }

  @Override
  public String delimiter() {
    return layout.delimiter();
  }

  @Override
  public Map<String, Object> read(String text) {
    List<String> values = values(text);
    if (values.size() != layout.columns().size()) {
      throw new MappingException(
          Problem.of(
              ProblemCode.COLUMN_COUNT,
              "%d columns instead of %d".formatted(values.size(), layout.columns().size())));
    }
    Map<String, Object> record = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      ColumnLayout.Column column = layout.columns().get(i);
      String value = layout.stripSpaces() ? stripped(values.get(i)) : values.get(i).strip();
      if (column.required() && value.isEmpty()) {
        throw new MappingException(
            Problem.of(ProblemCode.MISSING_FIELD, column.name(), null, "the column is empty"));
      }
      record.put(column.name(), value);
    }
    return record;
  }

  /**
   * Refuses a header that names other columns than the layout: every value after it would be
   * misread.
   */
  public void checkHeader(String text) {
    List<String> titles = values(text);
    for (int i = 0; i < Math.max(titles.size(), layout.columns().size()); i++) {
      String expected = i < layout.columns().size() ? layout.columns().get(i).name() : "nothing";
      String found = i < titles.size() ? stripped(titles.get(i)) : "nothing";
      if (!expected.equals(found)) {
        throw new MappingException(
            new Problem(
                ProblemCode.HEADER,
                1,
                expected,
                found,
                "column %d of the header is not the one expected".formatted(i + 1)));
      }
    }
  }

  @Override
  public String write(Object tree) {
    List<?> records = RecordFormat.list(tree);
    StringBuilder text = new StringBuilder();
    try {
      if (layout.header()) {
        csv.printRecord(text, layout.columns().stream().map(ColumnLayout.Column::name).toArray());
      }
      for (Object record : records) {
        csv.printRecord(text, row(record).toArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private List<String> row(Object record) {
    if (!(record instanceof Map<?, ?> map)) {
      throw new MappingException(ProblemCode.MAPPING, "a record must be an object of columns");
    }
    map.keySet().stream()
        .filter(name -> layout.columns().stream().noneMatch(column -> column.name().equals(name)))
        .findFirst()
        .ifPresent(
            unknown -> {
              throw new MappingException(
                  Problem.of(
                      ProblemCode.MAPPING,
                      String.valueOf(unknown),
                      null,
                      "is no column of the layout"));
            });
    return layout.columns().stream().map(column -> cell(column, map.get(column.name()))).toList();
  }

  private String cell(ColumnLayout.Column column, Object value) {
    String text = value == null ? "" : String.valueOf(value);
    if (column.required() && text.isEmpty()) {
      throw new MappingException(
          Problem.of(ProblemCode.MISSING_FIELD, column.name(), null, "the column is empty"));
    }
    if (layout.quote() == null && !fitsUnquoted(text)) {
      throw new MappingException(
          Problem.of(
              ProblemCode.INVALID_VALUE,
              column.name(),
              text,
              "holds the delimiter or a line break, which this file cannot carry"));
    }
    return column.bytes() == null ? text : ByteLength.cut(text, column.bytes(), codec.charset());
  }

  /** Whether a reader finds the delimiter after the text, and none before. */
  private boolean fitsUnquoted(String text) {
    return (text + layout.delimiter()).indexOf(layout.delimiter()) == text.length()
        && text.indexOf('\n') < 0
        && text.indexOf('\r') < 0;
  }

  private List<String> values(String text) {
    try (CSVParser parser = CSVParser.parse(text, csv)) {
      List<CSVRecord> records = parser.getRecords();
      if (records.size() > 1) {
        throw new MappingException(ProblemCode.MALFORMED, "a line break inside the record");
      }
      return records.isEmpty() ? List.of() : records.get(0).toList();
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      throw new MappingException(ProblemCode.MALFORMED, "not a record: " + e.getMessage());
    }
  }

  private static String stripped(String text) {
    return text.replaceAll("[\\s\\u3000\\u00A0]", "");
  }
}

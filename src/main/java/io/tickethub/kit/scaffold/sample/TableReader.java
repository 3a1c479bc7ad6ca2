package io.tickethub.kit.scaffold.sample;

import io.tickethub.kit.scaffold.sample.DelimiterGuess.Delimiter;
import io.tickethub.mapping.ColumnLayout;
import io.tickethub.mapping.DelimitedFormat;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.RecordSplitter;
import io.tickethub.mapping.TextCodec;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads delimited samples by the hub's own format, before their columns have names. */
final class TableReader {

  private static final Pattern SPACES = Pattern.compile("[\\s\\u3000\\u00A0]");
  private static final Pattern MOSTLY_DIGITS = Pattern.compile(".*\\d.*\\d.*");

  /** Values are hardly ever the names of other fields. */
  private static final int NAMES_OF_A_HEADER = 3;

  private final Delimiter delimiter;
  private final TextCodec codec;
  private final FieldNames names;
  private final List<List<String>> firsts = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private int dirty;
  private boolean windowsLines;

  TableReader(Delimiter delimiter, Charset charset, FieldNames names) {
    this.delimiter = delimiter;
    this.codec = TextCodec.of(charset.name(), TextCodec.Unmappable.REPLACE);
    this.names = names;
  }

  /** What was read. */
  record Read(Table table, List<Map<FieldPath, List<String>>> records) {}

  Read read(List<byte[]> files, Guess<Delimiter> guess) {
    files.forEach(this::read);
    Guess<Boolean> header = header();
    List<String> titles =
        header.value()
            ? firsts.get(0).stream().map(title -> SPACES.matcher(title).replaceAll("")).toList()
            : List.of();
    List<String> columns = columns(titles);
    if (!header.value()) {
      rows.addAll(0, firsts);
    }
    Table table =
        new Table(
            new Guess<>(delimiter.text(), guess.confidence(), guess.reason()),
            delimiter.quote(),
            header,
            titles.equals(columns),
            windowsLines ? "\r\n" : "\n",
            columns,
            dirty);
    return new Read(table, rows.stream().map(row -> named(columns, row)).toList());
  }

  private void read(byte[] file) {
    ColumnLayout layout = layout();
    DelimitedFormat format = new DelimitedFormat(layout, codec);
    RecordSplitter records = new RecordSplitter(file, layout);
    boolean first = true;
    while (records.hasNext()) {
      byte[] bytes = records.next().bytes();
      if (bytes.length == 0) {
        continue;
      }
      try {
        List<String> row =
            format.read(codec.decode(bytes)).values().stream().map(String::valueOf).toList();
        (first ? firsts : rows).add(row);
      } catch (MappingException e) {
        dirty++;
      }
      first = false;
    }
    windowsLines |= new String(file, java.nio.charset.StandardCharsets.ISO_8859_1).contains("\r\n");
  }

  private ColumnLayout layout() {
    return new ColumnLayout(
        delimiter.text(),
        delimiter.quote(),
        false,
        false,
        null,
        null,
        IntStream.rangeClosed(1, delimiter.columns())
            .mapToObj(i -> new ColumnLayout.Column("column" + i, false, null))
            .toList());
  }

  private Guess<Boolean> header() {
    if (firsts.isEmpty()) {
      return new Guess<>(false, 0.5, "no first line has the usual number of columns");
    }
    List<String> first = firsts.get(0);
    boolean repeated = firsts.size() > 1 && firsts.stream().allMatch(first::equals);
    long known = first.stream().filter(names::isKnown).count();
    double typed = typedOnlyBelow(first);
    long filled = first.stream().filter(title -> !title.isBlank()).count();
    long numbers = first.stream().filter(title -> MOSTLY_DIGITS.matcher(title).matches()).count();
    if (known >= NAMES_OF_A_HEADER || known * 4 >= first.size()) {
      return new Guess<>(
          true,
          Math.min(0.99, 0.85 + known / 50.0),
          "its first line holds %d names of fields".formatted(known));
    }
    if (repeated && numbers * 4 < first.size()) {
      return new Guess<>(true, 0.95, "every file begins with the same line");
    }
    if (typed >= 0.2 && filled * 10 >= first.size() * 9L && numbers * 4 < first.size()) {
      return new Guess<>(
          true,
          Math.min(0.95, 0.6 + typed / 2),
          "the values below its first line are of other types");
    }
    return new Guess<>(false, 0.7, "its first line looks like the others");
  }

  /** The share of columns whose values are dates, numbers and the like, but for the first line. */
  private double typedOnlyBelow(List<String> first) {
    if (rows.isEmpty()) {
      return 0;
    }
    int typed = 0;
    for (int i = 0; i < first.size(); i++) {
      int column = i;
      ValueType below =
          FieldProfile.of(
                  FieldPath.of("x"),
                  rows.size(),
                  rows.stream().map(r -> r.get(column)).toList(),
                  false)
              .type();
      ValueType above = FieldProfile.of(FieldPath.of("x"), 1, List.of(first.get(i)), false).type();
      boolean distinct =
          below != ValueType.TEXT && below != ValueType.CODE && below != ValueType.EMPTY;
      typed += distinct && above != below && above == ValueType.TEXT ? 1 : 0;
    }
    return (double) typed / first.size();
  }

  private List<String> columns(List<String> titles) {
    List<String> columns = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < delimiter.columns(); i++) {
      String title = i < titles.size() ? titles.get(i) : "";
      String name = title.isEmpty() ? "column" + (i + 1) : title;
      columns.add(taken.add(name) ? name : name + "_" + (i + 1));
      taken.add(columns.get(i));
    }
    return columns;
  }

  private static Map<FieldPath, List<String>> named(List<String> columns, List<String> row) {
    Map<FieldPath, List<String>> record = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      record.put(FieldPath.of(columns.get(i)), List.of(row.get(i)));
    }
    return record;
  }
}

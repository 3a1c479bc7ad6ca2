package io.tickethub.kit.scaffold.sample;

import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.RecordSplitter.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads samples of lines, each a record of columns. */
final class TableReader {

  private static final Pattern SPACES = Pattern.compile("[\\s\\u3000\\u00A0]");
  private static final Pattern MOSTLY_DIGITS = Pattern.compile(".*\\d.*\\d.*");

  /** Values are hardly ever the names of other fields. */
  private static final int NAMES_OF_A_HEADER = 3;

  private final LineCutter cutter;
  private final FieldNames names;
  private final KnownColumns known;
  private final List<First> firsts = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private int dirty;
  private boolean windowsLines;

  TableReader(LineCutter cutter, FieldNames names, KnownColumns known) {
    this.cutter = cutter;
    this.names = names;
    this.known = known;
  }

  /**
   * A file's first line.
   *
   * @param titles its values if it is a header
   * @param values its values if it is a record; null if it cannot be one
   */
  private record First(List<String> titles, List<String> values) {}

  /** What was read. */
  record Read(Table table, List<Map<FieldPath, List<String>>> records) {}

  Read read(List<byte[]> files, Table.Division division) {
    files.forEach(this::read);
    Guess<Boolean> header = header();
    List<String> titles =
        header.value()
            ? firsts.get(0).titles().stream()
                .map(title -> SPACES.matcher(title).replaceAll(""))
                .toList()
            : List.of();
    List<String> columns = columns(titles);
    if (!header.value()) {
      List<List<String>> begin =
          firsts.stream().map(First::values).filter(Objects::nonNull).toList();
      dirty += firsts.size() - begin.size();
      rows.addAll(0, begin);
    }
    Table table =
        new Table(
            division, header, titles.equals(columns), windowsLines ? "\r\n" : "\n", columns, dirty);
    return new Read(table, rows.stream().map(row -> named(columns, row)).toList());
  }

  private void read(byte[] file) {
    Iterator<RawRecord> records = cutter.records(file);
    boolean first = true;
    while (records.hasNext()) {
      byte[] bytes = records.next().bytes();
      if (bytes.length == 0) {
        continue;
      }
      try {
        if (first) {
          firsts.add(new First(cutter.titles(bytes), values(bytes)));
        } else {
          rows.add(cutter.values(bytes));
        }
      } catch (MappingException e) {
        dirty++;
      }
      first = false;
    }
    windowsLines |= new String(file, StandardCharsets.ISO_8859_1).contains("\r\n");
  }

  private List<String> values(byte[] first) {
    try {
      return cutter.values(first);
    } catch (MappingException e) {
      return null;
    }
  }

  private Guess<Boolean> header() {
    if (firsts.isEmpty()) {
      return new Guess<>(false, 0.5, "no first line has the usual number of columns");
    }
    List<String> first = firsts.get(0).titles();
    boolean repeated =
        firsts.size() > 1 && firsts.stream().map(First::titles).allMatch(first::equals);
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
    for (int i = 0; i < cutter.columns(); i++) {
      String title = i < titles.size() ? titles.get(i) : "";
      String name = title.isEmpty() ? known.name(i, cutter.columns()) : title;
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

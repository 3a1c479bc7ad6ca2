package io.tickethub.kit.scaffold.sample;

import io.tickethub.kit.scaffold.sample.ColumnBorders.Title;
import io.tickethub.kit.scaffold.sample.Table.Cell;
import io.tickethub.kit.scaffold.sample.Table.FixedWidth;
import io.tickethub.kit.scaffold.sample.TableReader.Read;
import io.tickethub.mapping.FixedWidthLayout.Align;
import io.tickethub.mapping.FixedWidthLayout.FixedColumn;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.TextCodec;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds whether samples are lines of columns of fixed widths, and which. */
final class FixedWidthGuess {

  private static final int FEWEST_COLUMNS = 3;
  private static final int FEWEST_RAGGED = 5;
  private static final int MOST_LINES = 2_000;
  private static final double EVEN = 0.8;
  private static final double OF_RAGGED = 0.6;

  private final Charset charset;
  private final TextCodec codec;
  private final FieldNames names;
  private final KnownColumns known;
  private final List<byte[]> files;
  private final List<byte[]> firsts = new ArrayList<>();
  private final List<byte[]> others = new ArrayList<>();

  FixedWidthGuess(List<byte[]> files, Charset charset, FieldNames names, KnownColumns known) {
    this.known = known;
    this.charset = charset;
    this.codec = TextCodec.of(charset.name(), TextCodec.Unmappable.REPLACE);
    this.names = names;
    this.files = files;
    for (byte[] file : files) {
      List<byte[]> lines = Lines.of(file).stream().filter(this::isText).toList();
      if (!lines.isEmpty()) {
        firsts.add(lines.get(0));
        others.addAll(lines.subList(1, lines.size()));
      }
    }
  }

  private boolean isText(byte[] line) {
    try {
      return !codec.decode(line).isBlank();
    } catch (MappingException e) {
      return false;
    }
  }

  /**
   * How long the lines are.
   *
   * @param share of lines that have exactly this length
   */
  private record Length(int bytes, double share) {

    static Length of(List<byte[]> lines) {
      Map<Integer, Long> counts =
          lines.stream()
              .collect(Collectors.groupingBy(l -> l.length, TreeMap::new, Collectors.counting()));
      Map.Entry<Integer, Long> usual =
          counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
      return new Length(usual.getKey(), (double) usual.getValue() / lines.size());
    }
  }

  /** As the widths say that are known; empty if there are none, or they do not fit. */
  Optional<Read> known() {
    if (known.widths().isEmpty()) {
      return Optional.empty();
    }
    int bytes = known.widths().stream().mapToInt(FixedColumn::width).sum();
    List<byte[]> lines = data();
    boolean whole = lines.stream().allMatch(line -> line.length == bytes);
    List<Cell> cells =
        known.widths().stream()
            .map(
                column ->
                    new Cell(new Guess<>(column.width(), 1, "known"), column.align(), column.pad()))
            .toList();
    Read read = read(new Guess<>(bytes, 1, "known"), whole, cells);
    return Optional.of(read).filter(found -> found.records().size() >= lines.size() * EVEN);
  }

  /** Empty unless nearly all lines have one length, and columns are seen in them. */
  Optional<Read> even() {
    List<byte[]> lines = data();
    if (lines.size() < 2) {
      return Optional.empty();
    }
    Length length = Length.of(lines);
    return length.share() < EVEN
        ? Optional.empty()
        : read(
            length.bytes(),
            true,
            length.share(),
            "in %.0f%% of lines".formatted(length.share() * 100));
  }

  /** The same for lines without the blanks at their ends. */
  Optional<Read> ragged() {
    List<byte[]> lines = data();
    if (lines.size() < FEWEST_RAGGED) {
      return Optional.empty();
    }
    int longest = lines.stream().mapToInt(line -> line.length).max().orElseThrow();
    return read(
        longest,
        false,
        OF_RAGGED,
        "in the longest line; the others seem to lack blanks at their ends");
  }

  /** Whether the lines would have one length if they were written another way. */
  boolean isEvenAs(Function<String, Integer> length) {
    List<byte[]> lines = data();
    return lines.size() > 2
        && Length.of(lines).share() < 1
        && lines.stream().map(line -> length.apply(codec.decode(line))).distinct().count() == 1;
  }

  /** A first line may be a header, of another length. */
  private List<byte[]> data() {
    List<byte[]> all = new ArrayList<>(firsts);
    all.addAll(others);
    return others.size() < 2 ? all : others;
  }

  private Optional<Read> read(int bytes, boolean whole, double sure, String reason) {
    Guess<Integer> width =
        new Guess<>(bytes, sure * ofLines(), "%d bytes %s".formatted(bytes, reason));
    List<Border> borders = borders(data(), bytes, List.of());
    if (!read(width, whole, cells(width, borders)).table().header().value()) {
      List<byte[]> all = new ArrayList<>(firsts);
      all.addAll(others);
      borders = borders(all, bytes, List.of());
    } else if (standAbove(titles(firsts.get(0)), borders)) {
      borders = borders(data(), bytes, titles(firsts.get(0)));
      borders = belowTitles(borders, firsts.get(0));
    }
    return borders.size() + 1 < FEWEST_COLUMNS
        ? Optional.empty()
        : Optional.of(read(width, whole, cells(width, borders)));
  }

  /** Two lines say little of a third. */
  private double ofLines() {
    double lines = data().size();
    return lines / (lines + 1);
  }

  private List<Border> borders(List<byte[]> lines, int bytes, List<Title> titles) {
    List<byte[]> fitting =
        lines.stream()
            .filter(line -> line.length <= bytes)
            .filter(line -> line.length == bytes || !isEven(bytes))
            .limit(MOST_LINES)
            .toList();
    return ColumnBorders.of(new ByteGrid(fitting, bytes, charset), charset, titles);
  }

  private boolean isEven(int bytes) {
    Length length = Length.of(data());
    return length.share() >= EVEN && length.bytes() == bytes;
  }

  /** Titles that stand above their columns, rather than one behind the other. */
  private static boolean standAbove(List<Title> titles, List<Border> borders) {
    Set<Integer> begins = borders.stream().map(Border::at).collect(Collectors.toSet());
    return titles.stream().filter(title -> begins.contains(title.at())).count() * 2
        >= titles.size();
  }

  /** Where a border may be at several places, it is where it leaves the header's titles whole. */
  private List<Border> belowTitles(List<Border> borders, byte[] header) {
    List<Border> placed = new ArrayList<>(borders);
    for (int i = 0; i < placed.size(); i++) {
      Border border = placed.get(i);
      int begin = i == 0 ? 0 : placed.get(i - 1).at();
      int end = i + 1 == placed.size() ? header.length : placed.get(i + 1).at();
      int best = border.at();
      for (int at = border.at(); at <= border.latest(); at++) {
        best = known(header, begin, at, end) > known(header, begin, best, end) ? at : best;
      }
      boolean named = known(header, best, end, end) >= FieldNames.KNOWN;
      placed.set(i, named ? border.at(best).underTitle() : border.at(best));
    }
    return placed;
  }

  private double known(byte[] header, int begin, int at, int end) {
    return Stream.of(Arrays.copyOfRange(header, begin, at), Arrays.copyOfRange(header, at, end))
        .filter(this::isText)
        .mapToDouble(title -> names.likeness(codec.decode(title).strip()))
        .max()
        .orElse(0);
  }

  private List<Title> titles(byte[] header) {
    ByteGrid line = new ByteGrid(List.of(header), header.length, charset);
    List<Title> titles = new ArrayList<>();
    int blanks = 0;
    for (int at = 0; at < header.length; at++) {
      if (line.isBlank(0, at)) {
        blanks++;
      } else {
        if (blanks > 0) {
          titles.add(new Title(at, blanks));
        }
        blanks = 0;
      }
    }
    return titles;
  }

  private Read read(Guess<Integer> width, boolean whole, List<Cell> cells) {
    WidthCutter cutter = new WidthCutter(cells, whole, codec, names);
    return new TableReader(cutter, names, known).read(files, new FixedWidth(width, whole, cells));
  }

  private static List<Cell> cells(Guess<Integer> width, List<Border> borders) {
    List<Cell> cells = new ArrayList<>();
    Border begin = new Border(0, 1, "the line begins there");
    for (Border next : borders) {
      cells.add(cell(begin, next.at()));
      begin = next;
    }
    cells.add(cell(begin, width.value()));
    return List.copyOf(cells);
  }

  private static Cell cell(Border begin, int end) {
    return new Cell(
        new Guess<>(end - begin.at(), begin.confidence(), begin.reason()),
        begin.reason().equals(ColumnBorders.RIGHT_ALIGNED) ? Align.RIGHT : Align.LEFT,
        ' ');
  }
}

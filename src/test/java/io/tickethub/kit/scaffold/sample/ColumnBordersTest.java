package io.tickethub.kit.scaffold.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ColumnBordersTest {

  private static final Charset GBK = Charset.forName("GB18030");

  /** Columns whose ends can be seen: by blanks, by their form, or by what follows. */
  private enum Kind {
    NUMBER_BEFORE_TEXT,
    DATE,
    TEXT,
    CODE,
    PHONE,
    AMOUNT
  }

  private record Column(Kind kind, int room) {

    int width() {
      return switch (kind) {
        case NUMBER_BEFORE_TEXT -> 8 + 2 * room + 14;
        case DATE -> 14;
        case TEXT -> 12 + 2 * room;
        case CODE -> 6 + room;
        case PHONE -> 11 + room;
        case AMOUNT -> 10;
      };
    }

    /** The widths of the columns it stands for. */
    List<Integer> widths() {
      return kind == Kind.NUMBER_BEFORE_TEXT ? List.of(8, width() - 8) : List.of(width());
    }

    String value(Random random) {
      return switch (kind) {
        case NUMBER_BEFORE_TEXT -> "%08d".formatted(random.nextInt(90_000)) + text(random, 6);
        case DATE ->
            "2026%02d%02d%02d%02d%02d"
                .formatted(
                    1 + random.nextInt(12),
                    1 + random.nextInt(28),
                    random.nextInt(24),
                    random.nextInt(60),
                    random.nextInt(60));
        case TEXT -> text(random, 5);
        case CODE -> "%c%d".formatted('A' + random.nextInt(3), 100 + random.nextInt(900));
        case PHONE -> "13%09d".formatted(random.nextInt(1_000_000_000));
        case AMOUNT -> "%d.%02d".formatted(random.nextInt(1_000), random.nextInt(100));
      };
    }
  }

  private static String text(Random random, int most) {
    return random
        .ints(1 + random.nextInt(most), '\u4e00', '\u9000')
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  @Provide
  Arbitrary<List<Column>> columns() {
    return Combinators.combine(Arbitraries.of(Kind.class), Arbitraries.integers().between(1, 6))
        .as(Column::new)
        .list()
        .ofMinSize(2)
        .ofMaxSize(20);
  }

  @Property(tries = 100)
  void columnsAreFoundWhereTheyBegin(@ForAll("columns") List<Column> columns, @ForAll long seed) {
    Random random = new Random(seed);
    List<String> lines =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    columns.stream()
                        .map(column -> padded(column.value(random), column.width()))
                        .collect(Collectors.joining()))
            .toList();

    assertThat(widths(lines))
        .isEqualTo(columns.stream().flatMap(column -> column.widths().stream()).toList());
  }

  @Property(tries = 100)
  void noBorderLiesInACharacter(
      @ForAll("lines") List<String> texts, @ForAll("lines") List<String> headers) {
    List<byte[]> lines =
        Stream.concat(texts.stream(), headers.stream()).map(ColumnBordersTest::bytes).toList();
    int width = lines.stream().mapToInt(line -> line.length).max().orElseThrow();
    List<ColumnBorders.Title> titles =
        headers.stream()
            .map(header -> new ColumnBorders.Title(1 + bytes(header).length % 9, 2))
            .toList();

    List<Border> borders = ColumnBorders.of(new ByteGrid(lines, width, GBK), GBK, titles);

    int before = 0;
    for (Border border : borders) {
      assertThat(border.at()).isGreaterThan(before).isLessThan(width);
      assertThat(border.confidence()).isBetween(0.0, 1.0);
      for (byte[] line : lines) {
        byte[] beginning = Arrays.copyOf(line, Math.min(line.length, border.at()));
        assertThat(bytes(new String(beginning, GBK))).isEqualTo(beginning);
      }
      before = border.at();
    }
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.strings()
        .withChars("  01289AZ-:/. ".toCharArray())
        .withChars('\u4e00', '\u4e05')
        .withChars('\u3000', 'é')
        .ofMinLength(1)
        .ofMaxLength(30)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  @Test
  void thePrefixOfANumberIsPartOfIt() {
    assertThat(widths(List.of("GZ202601050031张三  ", "GZ202601050032李四光", "GZ202601050041王五  ")))
        .containsExactly(14, 6);
  }

  @Test
  void aDateIsNotCutAtItsBlank() {
    assertThat(
            widths(
                List.of(
                    "0001732026-01-05 09:30:00Y",
                    "0001802026-01-06 10:05:00N",
                    "0001912026-01-07 23:59:59Y")))
        .containsExactly(6, 19, 1);
  }

  @Test
  void aDateThatANumberBeginsWithIsNoColumn() {
    List<String> lines =
        IntStream.range(0, 12)
            .mapToObj(i -> "20260105%02d1500%03d不能上网%s  ".formatted(9 + i, i, "了".repeat(i % 3)))
            .map(line -> padded(line, 32))
            .toList();

    assertThat(widths(lines)).containsExactly(17, 15);
  }

  @Test
  void aPlateIsNotCutBehindItsCharacter() {
    assertThat(widths(List.of("01桂P12345车载终端  ", "02桂P99810不上线    ", "03桂A20071定位错误  ")))
        .containsExactly(2, 8, 10);
  }

  @Test
  void numbersFilledWithBlanksBeginBeforeTheLongest() {
    assertThat(widths(List.of("A1      3.50ok", "B7     12.00ok", "C9    120.25no")))
        .containsExactly(2, 10, 2);
  }

  @Test
  void emptyValuesHideNoColumn() {
    assertThat(
            widths(
                List.of(
                    "00001张三      20260105093000光纤断  ",
                    "00002          00000000000000        ",
                    "00003李四      20260106101500无信号  ",
                    "00004王小二                          ")))
        .containsExactly(5, 10, 14, 8);
  }

  @Test
  void aTitleShowsWhereTextsThatTouchDivide() {
    List<byte[]> lines =
        Stream.of("张三港口区兴港路", "李四防城区教育路", "王五东兴市北仑路").map(ColumnBordersTest::bytes).toList();
    ByteGrid grid = new ByteGrid(lines, 16, GBK);

    assertThat(ColumnBorders.of(grid, GBK, List.of())).isEmpty();
    assertThat(ColumnBorders.of(grid, GBK, List.of(new ColumnBorders.Title(4, 2))))
        .singleElement()
        .satisfies(border -> assertThat(border.at()).isEqualTo(4));
  }

  @Test
  void fewerLinesAreLessSure() {
    List<String> lines = List.of("A1  ok", "B2  no", "C3  ok", "D4  no", "E5  ok", "F6  no");

    assertThat(borders(lines.subList(0, 2)).get(0).confidence())
        .isLessThan(borders(lines).get(0).confidence());
  }

  private static List<Integer> widths(List<String> lines) {
    List<Integer> widths = new ArrayList<>();
    int begin = 0;
    for (Border border : borders(lines)) {
      widths.add(border.at() - begin);
      begin = border.at();
    }
    widths.add(bytes(lines.get(0)).length - begin);
    return widths;
  }

  private static List<Border> borders(List<String> texts) {
    List<byte[]> lines = texts.stream().map(ColumnBordersTest::bytes).toList();
    int width = lines.stream().mapToInt(line -> line.length).max().orElseThrow();
    assertThat(lines).allMatch(line -> line.length == width);
    return ColumnBorders.of(new ByteGrid(lines, width, GBK), GBK, List.of());
  }

  private static String padded(String value, int bytes) {
    return value + " ".repeat(bytes - bytes(value).length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(GBK);
  }
}

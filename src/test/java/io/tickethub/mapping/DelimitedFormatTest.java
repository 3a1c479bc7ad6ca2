package io.tickethub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.definition.DefinitionException;
import io.tickethub.mapping.ColumnLayout.Column;
import io.tickethub.mapping.TextCodec.Unmappable;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelimitedFormatTest {

  private final DelimitedFormat pipes = format(layout("_+|", null, true, "a", "b", "c"));
  private final DelimitedFormat csv = format(layout(",", '"', false, "a", "b", "c"));

  @ParameterizedTest
  @CsvSource({"fault-infor, 34, 故障号, 三级修复时间", "result-infor, 10, 小结类型, 小结工号"})
  void theExportFilesOf112HaveTheirColumns(String file, int columns, String second, String last) {
    ColumnLayout layout =
        SchemaFiles.columns(Path.of("connectors/fault-112/schema/%s.columns.yaml".formatted(file)));

    assertThat(layout.columns()).hasSize(columns);
    assertThat(layout.columns()).extracting(Column::name).contains(second).endsWith(last);
    Map<String, Object> record =
        format(layout).read(String.join("_+|", Collections.nCopies(columns, "x y")));
    assertThat(record).hasSize(columns).containsEntry(last, "xy");
    assertThat(
            problem(format(layout), String.join("_+|", Collections.nCopies(columns - 1, "x")))
                .detail())
        .isEqualTo("%d columns instead of %d".formatted(columns - 1, columns));
  }

  @Test
  void allSpacesInsideValuesGoWhereTheLayoutSaysSo() {
    assertThat(pipes.read(" 2026-01-05 09:03:00_+|张\u3000三\u00A0\t_+|"))
        .isEqualTo(Map.of("a", "2026-01-0509:03:00", "b", "张三", "c", ""));
    assertThat(csv.read(" x y ,, \u3000z")).isEqualTo(Map.of("a", "x y", "b", "", "c", "z"));
  }

  @Test
  void partsOfTheDelimiterAreText() {
    assertThat(pipes.read("_+_+|+|_+|a|_")).isEqualTo(Map.of("a", "_+", "b", "+|", "c", "a|_"));
  }

  @Test
  void quotedValuesHoldWhatDividesRecords() {
    assertThat(csv.read("\"a,\"\"b\"\"\r\nc\",2,3"))
        .isEqualTo(Map.of("a", "a,\"b\"\r\nc", "b", "2", "c", "3"));
  }

  @Test
  void aQuoteInTheMiddleOfAValueIsText() {
    assertThat(csv.read("5\" pipe,2,3")).containsEntry("a", "5\" pipe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a,2,3", "\"a\"b,2,3", "\"a\n,2,3"})
  void aQuoteThatIsNotClosedIsMalformed(String record) {
    assertThat(problem(csv, record).code()).isEqualTo(ProblemCode.MALFORMED);
  }

  @Test
  void nothingAfterALoneCarriageReturnIsLostInSilence() {
    assertThat(problem(csv, "1,2,3\rmore").code()).isEqualTo(ProblemCode.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1,2", "1,2,3,4", "1"})
  void anotherNumberOfColumnsIsRefused(String record) {
    assertThat(problem(csv, record).code()).isEqualTo(ProblemCode.COLUMN_COUNT);
  }

  @Test
  void anEmptyRequiredColumnIsNamed() {
    DelimitedFormat format =
        format(
            new ColumnLayout(
                ",",
                null,
                false,
                false,
                null,
                null,
                List.of(new Column("流水", true, null), new Column("b", false, null))));

    Problem problem = problem(format, " ,1");
    assertThat(problem.code()).isEqualTo(ProblemCode.MISSING_FIELD);
    assertThat(problem.field()).isEqualTo("流水");
    assertThat(Problems.of(() -> format.write(Map.of("b", 1))).field()).isEqualTo("流水");
  }

  @Test
  void aHeaderOfOtherColumnsIsRefusedWithTheFirstThatDiffers() {
    pipes.checkHeader("a _+| b_+|c");
    for (String header : List.of("a_+|x_+|c", "a", "a_+|c_+|b")) {
      Problem problem = Problems.of(() -> pipes.checkHeader(header));
      assertThat(problem.code()).isEqualTo(ProblemCode.HEADER);
      assertThat(problem.line()).isEqualTo(1);
      assertThat(problem.field()).isEqualTo("b");
    }
    assertThat(Problems.of(() -> pipes.checkHeader("a_+|b_+|c_+|d")).value()).isEqualTo("d");
  }

  @Test
  void aFileIsWrittenWithHeaderAndLineEnds() {
    DelimitedFormat format =
        format(
            new ColumnLayout(
                ",",
                '"',
                true,
                false,
                null,
                "\r\n",
                List.of(new Column("单号", true, null), new Column("b", false, null))));

    assertThat(format.write(List.of(Map.of("单号", "1"), Map.of("单号", "a,b", "b", "\"q\"\n"))))
        .isEqualTo("单号,b\r\n1,\r\n\"a,b\",\"\"\"q\"\"\n\"\r\n");
  }

  @Test
  void valuesAreCutToTheBytesOfTheirColumnOnCharacterBorders() {
    ColumnLayout layout =
        new ColumnLayout(",", '"', false, false, null, null, List.of(new Column("a", false, 5)));

    assertThat(new DelimitedFormat(layout, codec("GBK")).write(Map.of("a", "故障故障")))
        .isEqualTo("故障\n");
    assertThat(new DelimitedFormat(layout, codec("UTF-8")).write(Map.of("a", "故障故障")))
        .isEqualTo("故\n");
    assertThat(new DelimitedFormat(layout, codec("GB18030")).write(Map.of("a", "ab\uD840\uDC00")))
        .isEqualTo("ab\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x_+|y", "x\ny", "x\ry"})
  void aValueAFileWithoutQuotesCannotCarryIsRefused(String value) {
    Problem problem = Problems.of(() -> pipes.write(Map.of("a", value)));
    assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_VALUE);
    assertThat(problem.field()).isEqualTo("a");
  }

  @Test
  void aValueThatWouldRunIntoItsDelimiterIsRefused() {
    DelimitedFormat format = format(layout("||", null, false, "a", "b"));

    assertThat(Problems.of(() -> format.write(Map.of("a", "x|", "b", "y"))).field()).isEqualTo("a");
    assertThat(format.write(Map.of("a", "|x", "b", "y"))).isEqualTo("|x||y\n");
  }

  @Test
  void aColumnTheLayoutDoesNotHaveIsRefused() {
    assertThat(Problems.of(() -> csv.write(Map.of("d", 1))).field()).isEqualTo("d");
    assertThat(Problems.of(() -> csv.write("text")).code()).isEqualTo(ProblemCode.MAPPING);
  }

  @Test
  void aLayoutThatContradictsItselfIsRefused() {
    for (ThrowingLayout layout :
        List.<ThrowingLayout>of(
            () -> layout("", null, false, "a"),
            () -> layout("\"", '"', false, "a"),
            () -> layout(",", null, false, "a", "a"),
            () -> new ColumnLayout(",", null, false, false, "key", null, List.of()))) {
      assertThatThrownBy(layout::make).isInstanceOf(DefinitionException.class);
    }
  }

  private interface ThrowingLayout {
    ColumnLayout make();
  }

  private static ColumnLayout layout(
      String delimiter, Character quote, boolean strip, String... columns) {
    return new ColumnLayout(
        delimiter,
        quote,
        false,
        strip,
        null,
        null,
        List.of(columns).stream().map(name -> new Column(name, false, null)).toList());
  }

  private static DelimitedFormat format(ColumnLayout layout) {
    return new DelimitedFormat(layout, codec("GBK"));
  }

  private static TextCodec codec(String charset) {
    return TextCodec.of(charset, Unmappable.REJECT);
  }

  private static Problem problem(DelimitedFormat format, String record) {
    return Problems.of(() -> format.read(record));
  }
}

package io.tickethub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.definition.DefinitionException;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTablesTest {

  @TempDir Path directory;

  @Test
  void codesAreTranslatedBothWays() {
    CodeTables codes =
        codes("{values: {\"20\": accepted, 接单: accepted, \"30\": processing}, otherwise: reject}");

    assertThat(codes.toHub("t", "20")).isEqualTo("accepted");
    assertThat(codes.toHub("t", "接单")).isEqualTo("accepted");
    assertThat(codes.fromHub("t", "processing")).isEqualTo("30");
  }

  @Test
  void ofSeveralCodesOfOneMeaningTheFirstIsToldUnlessBackSaysOtherwise() {
    String values = "values: {\"20\": accepted, \"21\": accepted}, otherwise: reject";

    assertThat(codes("{%s}".formatted(values)).fromHub("t", "accepted")).isEqualTo("20");
    assertThat(codes("{%s, back: {accepted: \"21\"}}".formatted(values)).fromHub("t", "accepted"))
        .isEqualTo("21");
  }

  @Test
  void anUnknownCodeIsRejectedWithWhatTheTableKnows() {
    CodeTables codes = codes("{values: {b: x, a: y}, otherwise: reject}");

    Problem problem = Problems.of(() -> codes.toHub("t", "z"));
    assertThat(problem.code()).isEqualTo(ProblemCode.UNKNOWN_CODE);
    assertThat(problem.value()).isEqualTo("z");
    assertThat(problem.detail()).isEqualTo("the code is not in table 't', which knows [a, b]");
    assertThat(Problems.of(() -> codes.fromHub("t", "z")).detail()).endsWith("knows [x, y]");
  }

  @Test
  void anUnknownCodeIsKeptOrReplacedWhereTheTableSaysSo() {
    assertThat(codes("{values: {a: x}, otherwise: keep}").toHub("t", "z")).isEqualTo("z");
    CodeTables codes = codes("{values: {a: x}, otherwise: default, default: d, default-back: b}");
    assertThat(codes.toHub("t", "z")).isEqualTo("d");
    assertThat(codes.fromHub("t", "z")).isEqualTo("b");
  }

  @Test
  void noCodeIsNoUnknownCode() {
    for (String otherwise : new String[] {"reject", "keep", "default, default: d"}) {
      CodeTables codes = codes("{values: {a: x}, otherwise: %s}".formatted(otherwise));
      assertThat(codes.toHub("t", null)).isNull();
      assertThat(codes.fromHub("t", null)).isNull();
    }
  }

  @Test
  void aMappingThatAsksForATableThatIsNotThereIsWrong() {
    assertThat(Problems.of(() -> CodeTables.NONE.toHub("states", "a")).detail())
        .isEqualTo("the mapping asks for a code table 'states' that is not there");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{values: {a: x}, otherwise: guess}",
        "{values: {a: x}}",
        "{values: {a: x}, otherwise: default}",
        "{values: {a: x, a: y}, otherwise: keep}",
        "{values: {a: }, otherwise: keep}",
        "{values: , otherwise: keep}",
        "{values: {a: x}, otherwise: keep, els: y}"
      })
  void aWrongTableNamesFileAndLine(String table) {
    assertThatThrownBy(() -> codes(table))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("codes.yaml, line 2: ")
        .hasMessageNotContaining("io.tickethub")
        .hasMessageNotContaining("null");
  }

  private CodeTables codes(String table) {
    try {
      return CodeTables.read(
          Files.writeString(directory.resolve("codes.yaml"), "tables:\n  t: " + table));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

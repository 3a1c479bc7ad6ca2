package io.tickethub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.mapping.FixedWidthLayout.Align;
import io.tickethub.mapping.FixedWidthLayout.FixedColumn;
import io.tickethub.ticket.ProblemCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FixedWidthFormatTest {

  private static final TextCodec GBK = TextCodec.of("GBK", TextCodec.Unmappable.REJECT);
  private static final List<FixedColumn> COLUMNS =
      List.of(
          new FixedColumn("no", 4, Align.RIGHT, '0', true),
          new FixedColumn("name", 6, null, null, false),
          new FixedColumn("note", 5, null, null, false));

  private static FixedWidthFormat format(boolean whole) {
    return new FixedWidthFormat(new FixedWidthLayout(false, whole, null, null, COLUMNS), GBK);
  }

  @Test
  void widthsAreBytesOfTheCharset() {
    assertThat(format(true).read("0012张三  ab   "))
        .isEqualTo(Map.of("no", "12", "name", "张三", "note", "ab"));
    assertThat(format(true).write(Map.of("no", 12, "name", "欧阳建华", "note", "ab")))
        .isEqualTo("0012欧阳建ab   \n");
  }

  @Test
  void padsAtTheEndOfALineMayBeMissing() {
    assertThat(format(false).read("0012张三"))
        .isEqualTo(Map.of("no", "12", "name", "张三", "note", ""));
  }

  @Test
  void aLineThatHasToBeWholeIsRefusedWhereItIsCutOff() {
    assertThatThrownBy(() -> format(true).read("0012张三  ab"))
        .isInstanceOfSatisfying(
            MappingException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo(ProblemCode.COLUMN_COUNT);
              assertThat(e.problem().detail()).isEqualTo("12 bytes instead of 15");
            });
  }

  @Test
  void aCharacterAcrossABorderIsRefused() {
    assertThatThrownBy(() -> format(false).read("0012a张三李"))
        .isInstanceOfSatisfying(
            MappingException.class,
            e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.UNDECODABLE));
  }

  @Test
  void whatStandsAtTheRightIsNeverCutOff() {
    assertThatThrownBy(() -> format(false).write(Map.of("no", "12345")))
        .isInstanceOfSatisfying(
            MappingException.class,
            e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.INVALID_VALUE));
  }
}

package io.tickethub.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.mapping.TextCodec.Unmappable;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingFunctionsTest {

  @ParameterizedTest
  @CsvSource({
    "0770-2812345, 07702812345",
    "07702812345, 07702812345",
    "(0770)2812345, 07702812345",
    "010-62345678, 01062345678",
    "13800001234, 13800001234",
    "138 0000 1234, 13800001234",
    "+86 13800001234, 13800001234",
    "+86-0770-2812345, 07702812345",
    "+8613800001234, 13800001234",
    "8613800001234, 13800001234",
    "008613800001234, 13800001234",
    "+86 10010, 10010",
    "＋８６１３８００００１２３４, 13800001234",
    "张三13800001234, 13800001234",
    "3号楼张三13800001234, 13800001234",
    "13800001234/13900005678, 13800001234",
    "张三 0770-2812345 李四 13900005678, 07702812345",
    "0770-2812345转8001, 07702812345",
    "2812345, 2812345",
    "10000, 10000"
  })
  void everyFormOfATelephoneNumberIsItsDigits(String text, String digits) {
    assertThat(of("$phone(v)", text)).isEqualTo(digits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234", "张三", "1380000123456789"})
  void whatIsNoTelephoneNumberIsRefused(String text) {
    Problem problem = Problems.of(() -> of("$phone(v)", text));

    assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_VALUE);
    assertThat(problem.value()).isEqualTo(text);
    assertThat(problem.field()).isEqualTo("v");
    assertThat(problem.sentence()).doesNotContain(text);
  }

  @ParameterizedTest
  @CsvSource({
    "桂P12345, 桂P12345",
    "桂P·12345, 桂P12345",
    "桂p 12345, 桂P12345",
    "桂Ｐ-１２３４５, 桂P12345",
    "桂P.D12345, 桂PD12345"
  })
  void aPlateIsItsSignsInCapitals(String text, String plate) {
    assertThat(of("$plate(v)", text)).isEqualTo(plate);
  }

  @Test
  void nothingIsWhatTheMappingSays() {
    assertThat(of("$none(v)", "0")).isNull();
    assertThat(of("$none(v, '-', '待定')", "0")).isEqualTo("0");
    assertThat(of("$none(v, '-', '待定')", " 待定 ")).isNull();
    assertThat(of("$none(v, ['-', '待定'])", "-")).isNull();
    assertThat(of("$none(v, '-')", "  ")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-05 09:03:00, '[], \"UTC\"', 2026-01-05T09:03:00Z",
    "2026-01-05 09:03:00, '[], \"Asia/Tokyo\"', 2026-01-05T00:03:00Z",
    "05.01.2026 09:03, '[\"yyyy-MM-dd\", \"dd.MM.yyyy HH:mm\"], \"Asia/Tokyo\"', 2026-01-05T00:03:00Z",
    "05.01.2026 09:03, '[\"dd.MM.yyyy HH:mm\"]', 2026-01-05T01:03:00Z",
    "05.01.2026 09:03, '\"yyyy-MM-dd\", \"dd.MM.yyyy HH:mm\"', 2026-01-05T01:03:00Z",
    "2026年1月5日9时03分, '[]', 2026-01-05T01:03:00Z",
    "2026-01-05T09:03:00+09:00, '[], \"UTC\"', 2026-01-05T00:03:00Z"
  })
  void aDateHasSeveralPatternsAndAZoneOfItsOwn(String text, String arguments, String instant) {
    assertThat(of("$date(v, %s)".formatted(arguments), text)).isEqualTo(instant);
  }

  @Test
  void aDateIsWrittenInAnotherZone() {
    assertThat(of("$formatDate(v, 'yyyy-MM-dd HH:mm')", "2026-01-05T01:03:00Z"))
        .isEqualTo("2026-01-05 09:03");
    assertThat(of("$formatDate(v, 'yyyy-MM-dd HH:mm', 'UTC')", "2026-01-05T01:03:00Z"))
        .isEqualTo("2026-01-05 01:03");
  }

  @Test
  void aZoneThatIsNoneIsAFaultOfTheMapping() {
    Problem problem = Problems.of(() -> of("$date(v, [], 'Asia/Nowhere')", "2026-01-05"));

    assertThat(problem.code()).isEqualTo(ProblemCode.MAPPING);
    assertThat(problem.detail()).startsWith("there is no zone 'Asia/Nowhere'").contains("line 1");
  }

  @Test
  void fullWidthSignsBecomeHalfWidth() {
    assertThat(of("$halfWidth(v)", "ＡＢ１２（，）　报")).isEqualTo("AB12(,) 报");
  }

  @Test
  void anIdentityNumberIsVerified() {
    assertThat(of("$identityCard(v)", "11010519491231002x")).isEqualTo("11010519491231002X");
    assertThat(Problems.of(() -> of("$identityCard(v)", "110105194912310021")).detail())
        .isEqualTo("is an identity number with a wrong check character (test, line 1)");
    assertThat(Problems.of(() -> of("$identityCard(v)", "110105491231002")).detail())
        .isEqualTo("is no identity number of 18 characters (test, line 1)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u3000", "0", "null", "N/A", "无"})
  void whatMeansNothingIsNothing(String text) {
    for (String function : new String[] {"none", "phone", "plate", "identityCard", "date"}) {
      assertThat(of("$" + function + "(v)", text)).as(function).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$none(x)",
        "$date(x)",
        "$formatDate(x, 'yyyy')",
        "$halfWidth(x)",
        "$phone(x)",
        "$plate(x)",
        "$identityCard(x)",
        "$cutBytes(x, 3)"
      })
  void everyFunctionGivesNothingForNothing(String expression) {
    assertThat(of(expression, "")).isNull();
  }

  @Test
  void aTextIsCutToBytesOfTheChannelsCharset() {
    assertThat(in("GBK", Unmappable.REJECT, "$cutBytes(v, 5)", "故障单")).isEqualTo("故障");
    assertThat(in("UTF-8", Unmappable.REJECT, "$cutBytes(v, 5)", "故障单")).isEqualTo("故");
    assertThat(in("GBK", Unmappable.REJECT, "$cutBytes(v, 0)", "故障单")).isEqualTo("");
    assertThat(in("US-ASCII", Unmappable.TRANSLITERATE, "$cutBytes(v, 3)", "１㎡㎡")).isEqualTo("1m2");
  }

  @Test
  void aDateIsAnInstantAndBackInTheZone() {
    assertThat(of("$date(v)", "２０２６-01-05 09:03:00")).isEqualTo("2026-01-05T01:03:00Z");
    assertThat(of("$formatDate(v, 'yyyy-MM-dd HH:mm')", "2026-01-05T01:03:00Z"))
        .isEqualTo("2026-01-05 09:03");
    assertThat(in("UTF-8", Unmappable.REJECT, "$date(v)", 20260105090300L))
        .isEqualTo("2026-01-05T01:03:00Z");
  }

  @Test
  void aMappingRefusesAMessageInItsOwnWords() {
    Problem problem = Problems.of(() -> of("$reject('Action', 'there is no such action')", "x"));

    assertThat(problem.sentence())
        .isEqualTo("invalid-value, field Action: there is no such action (test, line 1)");
  }

  @Test
  void dataAreNeverCode() {
    assertThat(Problems.of(() -> of("$eval(v)", "1+1")).detail()).contains("$eval is not allowed");
    assertThat(Problems.of(() -> of("($f := $eval; $f(v))", "1+1")).detail())
        .contains("$eval is not allowed");
  }

  private static Object of(String expression, String value) {
    return in("UTF-8", Unmappable.REJECT, expression, value);
  }

  private static Object in(String charset, Unmappable unmappable, String expression, Object value) {
    MappingFunctions functions =
        new MappingFunctions(
            CodeTables.NONE, ZoneId.of("Asia/Shanghai"), TextCodec.of(charset, unmappable));
    return MappingExpression.inline("test", "test", expression, functions)
        .evaluate(Map.of("v", value), Map.of());
  }
}

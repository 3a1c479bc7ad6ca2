package io.tickethub.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {

  private final Dates dates = new Dates(ZoneId.of("Asia/Shanghai"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20260105090300",
        "05-01-2026 09:03",
        "05-01-2026 09:03:00",
        "2026/1/5 9:03",
        "2026/01/05 09:03:00",
        "2026-01-05 09:03:00",
        "2026-1-5 9:03",
        "2026-01-05 09:03:00.000",
        "2026-01-0509:03:00",
        "2026-01-0509:03",
        "2026/01/0509:03:00",
        "2026/1/509:03",
        "05-01-202609:03",
        "05-01-202609:03:00",
        "2026-01-05T09:03:00",
        "2026-01-05T09:03",
        "2026-01-05T09:03:00+08:00",
        "2026-01-05T01:03:00Z",
        "2026-01-05T01:03:00.000Z"
      })
  void everyUsualFormIsRead(String text) {
    assertThat(dates.parse(text, List.of())).contains(Instant.parse("2026-01-05T01:03:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"20260105", "2026-01-05", "2026/1/5"})
  void aDayBeginsAtMidnightOfTheZone(String text) {
    assertThat(dates.parse(text, List.of())).contains(Instant.parse("2026-01-04T16:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1900-01-01T00:00:00",
        "1900-01-01 00:00:00",
        "19000101000000",
        "0001-01-01T00:00:00"
      })
  void theYear1900MeansNone(String text) {
    assertThat(dates.parse(text, List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-30 00:00:00",
        "2026-02-30T00:00:00",
        "20260230",
        "20261301",
        "2026-01-05 25:00:00",
        "05-13-2026 09:03",
        "2026/1/59:03",
        "13800001234",
        "yesterday",
        "2026-01-05 09:03:00 x",
        "T"
      })
  void whatIsNoDateIsRefusedWithItsValue(String text) {
    Problem problem = Problems.of(() -> dates.parse(text, List.of()));

    assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_VALUE);
    assertThat(problem.value()).isEqualTo(text);
    assertThat(problem.sentence()).doesNotContain(text).contains("is a date of no usual pattern");
  }

  @Test
  void aGivenPatternIsTheOnlyOne() {
    List<String> patterns = List.of("dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy HH:mm");

    assertThat(dates.parse("05-01-2026 09:03", patterns))
        .contains(Instant.parse("2026-01-05T01:03:00Z"));
    assertThat(Problems.of(() -> dates.parse("2026-01-05 09:03:00", patterns)).detail())
        .isEqualTo("is no date of the pattern dd-MM-yyyy HH:mm:ss or dd-MM-yyyy HH:mm");
  }

  @Test
  void aPatternWithAZoneOverrulesTheConnectors() {
    assertThat(dates.parse("2026-01-05 09:03 +0000", List.of("yyyy-MM-dd HH:mm Z")))
        .contains(Instant.parse("2026-01-05T09:03:00Z"));
  }

  @Test
  void aDateIsWrittenInTheZone() {
    assertThat(dates.format(Instant.parse("2026-01-04T16:03:00Z"), "yyyy/M/d H:mm"))
        .isEqualTo("2026/1/5 0:03");
    assertThat(
            new Dates(ZoneId.of("UTC"))
                .format(Instant.parse("2026-01-04T16:03:00Z"), "yyyyMMddHHmmss"))
        .isEqualTo("20260104160300");
  }
}

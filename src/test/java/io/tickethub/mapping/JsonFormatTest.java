package io.tickethub.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.definition.JsonSchemaFile;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class JsonFormatTest {

  private final JsonFormat format = new JsonFormat(null, new Limits(1 << 20, 8));

  @TempDir Path directory;

  @Test
  void anObjectIsReadInItsOrder() {
    assertThat(format.read("{\"b\":[1,true,null],\"a\":\"报\"}"))
        .hasToString("{b=[1, true, null], a=报}");
  }

  @Test
  void decimalsKeepTheirDigits() {
    assertThat(format.read("[0.1]")).isEqualTo(List.of(new BigDecimal("0.1")));
    assertThat(format.read("[123456789012345678901234567890]"))
        .hasToString("[123456789012345678901234567890]");
  }

  @Test
  void nestingBeyondTheLimitIsTooDeep() {
    assertThat(format.read("[".repeat(8) + "]".repeat(8))).isNotNull();
    assertThat(problem("[".repeat(9) + "]".repeat(9)).code()).isEqualTo(ProblemCode.TOO_DEEP);
    assertThat(problem("{\"a\":".repeat(100_000)).code()).isEqualTo(ProblemCode.TOO_DEEP);
  }

  @Test
  void aRepeatedKeyIsRefusedWithItsLine() {
    Problem problem = problem("{\n\"a\":1,\n\"a\":2}");

    assertThat(problem.code()).isEqualTo(ProblemCode.REPEATED_KEY);
    assertThat(problem.line()).isEqualTo(3);
  }

  @Test
  @Timeout(5)
  void numbersOfAbsurdlyManyDigitsAreRefused() {
    for (String number :
        List.of("1e1000000000", "-1e-1000000000", "1e99999999999", "1".repeat(1_001))) {
      assertThat(problem("{\"n\":[" + number + "]}").code()).isEqualTo(ProblemCode.TOO_LARGE);
    }
  }

  @Test
  void whatIsNoJsonIsMalformedWithItsLine() {
    for (String text :
        List.of("\n{\"a\":NaN}", "\n{} {}", "\n{\"a\":}", "\n[1,]", "\n{'a':1}", "\n[01]")) {
      Problem problem = problem(text);
      assertThat(problem.code()).as(text).isEqualTo(ProblemCode.MALFORMED);
      assertThat(problem.line()).as(text).isEqualTo(2);
    }
  }

  @Test
  void anEmptyTextIsMalformed() {
    assertThat(problem("").code()).isEqualTo(ProblemCode.MALFORMED);
    assertThat(problem("  \n").code()).isEqualTo(ProblemCode.MALFORMED);
  }

  @Test
  void theWordTheParserStumbledOverIsNotRepeated() {
    assertThat(problem("{\"name\": 张三}").sentence()).doesNotContain("张三");
  }

  @Test
  void aMissingPropertyIsNamedByItsWholePath() throws IOException {
    JsonFormat strict =
        withSchema(
            """
            {"properties": {"grid": {"required": ["id"], "properties": {"id": {}}, "additionalProperties": false}}}
            """);

    Problem missing = Problems.of(() -> strict.read("{\"grid\":{}}"));
    assertThat(missing.code()).isEqualTo(ProblemCode.MISSING_FIELD);
    assertThat(missing.field()).isEqualTo("$.grid.id");
    assertThat(Problems.of(() -> strict.read("{\"grid\":{\"id\":1,\"d\":2}}")).field())
        .isEqualTo("$.grid.d");
  }

  @Test
  void aBrokenSchemaNamesFieldAndValue() throws IOException {
    JsonFormat strict =
        withSchema("{\"properties\": {\"state\": {\"enum\": [\"a\"]}, \"n\": {\"maxLength\": 2}}}");

    Problem code = Problems.of(() -> strict.read("{\"state\":\"b\"}"));
    assertThat(code.code()).isEqualTo(ProblemCode.UNKNOWN_CODE);
    assertThat(code.field()).isEqualTo("$.state");
    assertThat(code.value()).isEqualTo("b");
    Problem length = Problems.of(() -> strict.read("{\"n\":\"张三丰\"}"));
    assertThat(length.code()).isEqualTo(ProblemCode.SCHEMA);
    assertThat(length.sentence()).contains("$.n").doesNotContain("张三丰");
  }

  @Test
  void whatIsWrittenKeepsToTheSchemaToo() throws IOException {
    JsonFormat strict = withSchema("{\"required\": [\"key\"]}");

    assertThat(strict.write(Map.of("key", "k"))).isEqualTo("{\"key\":\"k\"}");
    assertThat(Problems.of(() -> strict.write(Map.of())).code())
        .isEqualTo(ProblemCode.MISSING_FIELD);
  }

  private JsonFormat withSchema(String schema) throws IOException {
    Path file = Files.writeString(directory.resolve("s.schema.json"), schema);
    return new JsonFormat(JsonSchemaFile.read(file), Limits.DEFAULT);
  }

  private Problem problem(String text) {
    return Problems.of(() -> format.read(text));
  }
}

package io.tickethub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dashjoin.jsonata.Jsonata;
import io.tickethub.definition.DefinitionException;
import io.tickethub.mapping.TextCodec.Unmappable;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingExpressionTest {

  private static final MappingFunctions FUNCTIONS =
      new MappingFunctions(
          CodeTables.NONE, ZoneId.of("Asia/Shanghai"), TextCodec.of("UTF-8", Unmappable.REJECT));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "($f := function($x) {$f($x)}; $f(1))",
        "($f := function($x) {1 + $f($x)}; $f(1))",
        "($f := function($x) {[$f($x), $f($x)]}; $f(1))",
        "($f := function($n) {$n < 100 ? $f($n + 1) & $f($n + 1) : 'x'}; $f(1))",
        "$map([1..10000000], function($v) {$v * 2})"
      })
  void whatNeverEndsIsEnded(String expression) {
    long start = System.nanoTime();

    Problem problem = Problems.of(() -> evaluate(expression, Map.of()));

    assertThat(problem.code()).isEqualTo(ProblemCode.MAPPING);
    assertThat(problem.detail())
        .startsWith("mapping/test.jsonata")
        .containsPattern("endless loop|nested more than|non-terminating recursive function");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aLongListIsNotTakenForADeepOne() {
    List<Map<String, Object>> tickets = new ArrayList<>();
    for (int number = 0; number < 1_000; number++) {
      tickets.add(Map.of("no", number, "state", "open"));
    }

    Object list =
        evaluate(
            "{'list': 'a', 'statements': tickets.{'ticket': {'id': no, 'of': state}, 'state': state}}",
            Map.of("tickets", tickets));

    assertThat((Map<?, ?>) list)
        .extracting("statements")
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(1_000);
  }

  @Test
  void aMachineThatStandsStillIsNoFaultOfTheExpression() {
    Jsonata.JFunction standsStill =
        new Jsonata.JFunction(
            (input, arguments) -> {
              LockSupport.parkNanos(Duration.ofMillis(600).toNanos());
              return "on";
            },
            "<:s>");

    assertThat(
            expression("$standsStill() & $standsStill() & $standsStill()")
                .evaluate(Map.of(), Map.of("standsStill", standsStill)))
        .isEqualTo("ononon");
  }

  @Test
  void afterAnEndlessEvaluationTheNextOneWorks() {
    MappingExpression expression =
        expression("($f := function($x) {$f($x)}; endless ? $f(1) : 'ok')");

    Problems.of(() -> expression.evaluate(Map.of("endless", true), Map.of()));

    assertThat(expression.evaluate(Map.of("endless", false), Map.of())).isEqualTo("ok");
  }

  @Test
  void aRefusedValueIsFoundInTheMessage() {
    Object message =
        Map.of("tickets", List.of(Map.of("at", "2026-01-05"), Map.of("at", "tomorrow")));

    Problem problem =
        Problems.of(() -> evaluate("$map(tickets.at, function($at) {$date($at)})", message));

    assertThat(problem.field()).isEqualTo("tickets[1].at");
    assertThat(problem.value()).isEqualTo("tomorrow");
  }

  @Test
  void aFaultOfTheMappingNamesFileAndLineWhereItIsKnown() {
    assertThat(Problems.of(() -> evaluate("\n\n$error('boom')", Map.of())).detail())
        .isEqualTo("mapping/test.jsonata, line 3: boom");
    assertThat(Problems.of(() -> evaluate("\n\n'x' * 2", Map.of())).detail())
        .startsWith("mapping/test.jsonata")
        .doesNotContain("line 1");
  }

  @Test
  void aRefusalOfAFunctionNamesTheMappingsLineBesideItsOwnDetail() {
    Problem problem =
        Problems.of(() -> evaluate("{\n  \"a\": 1,\n  \"b\": $date(at)\n}", Map.of("at", "soon")));

    assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_VALUE);
    assertThat(problem.line()).isNull();
    assertThat(problem.field()).isEqualTo("at");
    assertThat(problem.value()).isEqualTo("soon");
    assertThat(problem.detail())
        .isEqualTo("is a date of no usual pattern (mapping/test.jsonata, line 3)");
    assertThat(Problems.of(() -> evaluate("\n$reject('f', 'why')", Map.of())).detail())
        .isEqualTo("why (mapping/test.jsonata, line 2)");
  }

  @Test
  void ofSeveralFieldsWithTheRefusedValueTheOneInTheCallIsNamed() {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("名称", "x");
    message.put("Report", Map.of("@when", "x"));
    message.put("联系电话", "x");

    assertThat(Problems.of(() -> evaluate("$phone($string(联系电话))", message)).field())
        .isEqualTo("联系电话");
    assertThat(Problems.of(() -> evaluate("Report.($date('@when' = 1 ? 1 : `@when`))", message)))
        .extracting(Problem::field)
        .isEqualTo("Report.@when");
  }

  @Test
  void aFunctionCalledWronglyIsNamedWithItsPlace() {
    assertThat(Problems.of(() -> evaluate("\n$cutBytes('text')", Map.of())).detail())
        .startsWith("$cutBytes cannot be called with these arguments")
        .endsWith("(mapping/test.jsonata, line 2)");
  }

  @Test
  void theMachinesPathIsNotToldToSenders(@TempDir Path folder) throws IOException {
    Path file = Files.createDirectories(folder.resolve("mapping")).resolve("in.jsonata");
    Files.writeString(file, "\n$date(v)");

    Problem problem =
        Problems.of(
            () -> MappingExpression.file(file, FUNCTIONS).evaluate(Map.of("v", "x"), Map.of()));

    assertThat(problem.detail()).endsWith("(mapping/in.jsonata, line 2)");
    assertThat(problem.detail()).doesNotContain(folder.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"$number(v)", "$formatDate(v, 'yyyy')", "$toMillis(v)"})
  void aFaultOfTheMappingDoesNotRepeatTheValue(String expression) {
    assertThat(Problems.of(() -> evaluate(expression, Map.of("v", "张三1"))).sentence())
        .doesNotContain("张三");
  }

  @Test
  void anExpressionThatIsNoneIsAFaultOfTheDefinition() {
    assertThatThrownBy(() -> expression("{\n\"a\": 1,\n\"b\" 2}"))
        .isInstanceOf(DefinitionException.class)
        .hasMessageStartingWith("mapping/test.jsonata, line 3: ");
  }

  @Test
  void variablesAndInputAreSeen() {
    assertThat(
            expression("$message.fileName & '/' & v")
                .evaluate(Map.of("v", "报"), Map.of("message", Map.of("fileName", "f"))))
        .isEqualTo("f/报");
    assertThat(evaluate("missing", Map.of())).isNull();
  }

  @Test
  void threadsDoNotSeeEachOthersMessages() throws Exception {
    MappingExpression expression =
        expression("($f := function($k) {$k + $twice + $base}; $twice := v * 2; $map([1, 2], $f))");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<String>>> results = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int first = thread * 10_000;
        results.add(threads.submit(() -> evaluations(expression, first)));
      }
      for (Future<List<String>> result : results) {
        assertThat(result.get()).isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Those that were wrong. */
  private static List<String> evaluations(MappingExpression expression, int first) {
    List<String> wrong = new ArrayList<>();
    for (int v = first; v < first + 1_000; v++) {
      Object result = expression.evaluate(Map.of("v", v), Map.of("base", v));
      if (!List.of(1 + 3 * v, 2 + 3 * v).toString().equals(String.valueOf(result))) {
        wrong.add(v + ": " + result);
      }
    }
    return wrong;
  }

  private static Object evaluate(String expression, Object input) {
    return expression(expression).evaluate(input, Map.of());
  }

  private static MappingExpression expression(String text) {
    return MappingExpression.inline(
        "mapping/test.jsonata", "mapping/test.jsonata", text, FUNCTIONS);
  }
}

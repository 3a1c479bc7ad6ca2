package io.tickethub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.alert.AlertKind;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The dashboards, alert rules and runbook fit together; their metrics are checked by ObservedHubIT.
 */
class MonitoringFilesTest {

  private static final String PLACE = "src/docs/runbook.md#";

  @Test
  void dashboardsHavePanelsThatAskForSomethingAndIdsOfTheirOwn() throws Exception {
    Set<String> uids = new TreeSet<>();
    for (Path file : MonitoringFiles.dashboards()) {
      JsonNode dashboard = MonitoringFiles.read(file);
      assertThat(uids.add(dashboard.path("uid").asText())).as(file.toString()).isTrue();
      assertThat(dashboard.path("title").asText()).isNotBlank();
      Set<Integer> ids = new TreeSet<>();
      for (JsonNode panel : dashboard.path("panels")) {
        assertThat(ids.add(panel.path("id").asInt())).as("%s: %s", file, panel).isTrue();
        if (!panel.path("type").asText().equals("row")) {
          assertThat(panel.path("targets").findValuesAsText("expr"))
              .as("%s: %s", file, panel.path("title"))
              .isNotEmpty()
              .allMatch(expression -> expression.contains("job=\"$job\""));
        }
      }
    }
    assertThat(uids).hasSize(2);
  }

  @Test
  void everyAlertHasItsPageInTheRunbook() throws Exception {
    Set<String> pages = pages();
    for (JsonNode rule : MonitoringFiles.read(MonitoringFiles.RULES).findValues("rules").get(0)) {
      String name = rule.path("alert").asText();
      String place = rule.path("annotations").path("runbook_url").asText();
      assertThat(place).as(name).startsWith(PLACE);
      assertThat(pages).as(name).contains(name.toLowerCase(Locale.ROOT));
      if (!place.contains("{{")) {
        assertThat(place).isEqualTo(PLACE + name.toLowerCase(Locale.ROOT));
      }
    }
  }

  @Test
  void everyKindOfTheHubsOwnAlertsHasItsPageInTheRunbook() throws Exception {
    assertThat(pages())
        .containsAll(Arrays.stream(AlertKind.values()).map(AlertKind::text).toList());
  }

  private static Set<String> pages() throws Exception {
    return Files.readAllLines(MonitoringFiles.RUNBOOK).stream()
        .filter(line -> line.startsWith("### "))
        .map(line -> line.substring(4).toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"check rules rules.yaml", "test rules rules-test.yaml"})
  void prometheusUnderstandsTheRules(String arguments) throws Exception {
    Optional<Path> promtool = promtool();
    assumeTrue(promtool.isPresent(), "promtool is not installed");
    Process process =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(promtool.get().toString()), Arrays.stream(arguments.split(" ")))
                    .toList())
            .directory(MonitoringFiles.DIRECTORY.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static Optional<Path> promtool() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> Path.of(directory, "promtool"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sum by (a, b) (rate(x_total{y=\"z\"}[5m])) > 0.5 | x_total",
        "a_b unless on (job) count by (job) (c_d) | a_b,c_d",
        "histogram_quantile(0.95, sum by (le) (rate(e_bucket[$__rate_interval]))) | e_bucket",
        "f offset 5m or vector(0) | f"
      })
  void theMetricsOfAnExpressionAreFound(String expression, String names) {
    assertThat(MonitoringFiles.names(expression))
        .containsExactlyElementsOf(List.of(names.split(",")));
  }
}

package io.tickethub.kit.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.harness.ShippedConnectors;
import io.tickethub.kit.quality.QualityReport.RuleResult;
import io.tickethub.kit.quality.QualityReport.Standing;
import io.tickethub.kit.quality.QualityRule.Judge;
import io.tickethub.kit.quality.QualityRule.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class QualityTest {

  private static final String NAME = "partner-transport";

  @TempDir Path directory;
  private Path folder;

  @BeforeEach
  void copyConnector() throws IOException {
    folder = directory.resolve(NAME);
    ShippedConnectors.copy(directory, NAME);
  }

  @Test
  void aClaimThatTheProgramRefutesIsAProblemThatSaysWhatIsMissing() throws IOException {
    FileSystemUtils.deleteRecursively(folder.resolve("examples/order/urged"));

    QualityReport report = grade();

    assertThat(result(report, "told-examples").standing()).isEqualTo(Standing.REFUTED);
    assertThat(report.grade()).contains(Grade.BRONZE);
    assertThat(report.problems())
        .contains(
            folder.resolve("quality.yaml")
                + ": told-examples: channel 'order' has no example of what is sent for 'urged'",
            folder.resolve("quality.yaml") + ": claims gold, but [told-examples] not kept");
  }

  @Test
  void aCodeWithoutAnExampleIsFound() throws IOException {
    FileSystemUtils.deleteRecursively(folder.resolve("examples/progress/escalated"));
    FileSystemUtils.deleteRecursively(folder.resolve("examples/reconcile-list"));

    assertThat(result(grade(), "code-values").missing())
        .contains("table 'state': no example shows that '4' means 'escalated'");
  }

  @Test
  void aFieldThatNoMappingUsesIsFound() throws IOException {
    replace("mapping/progress.jsonata", "$none(Cause)", "undefined");

    assertThat(result(grade(), "source-fields").missing())
        .containsExactly("channel 'progress': the mapping does not use 'Cause'");
  }

  @Test
  void anExceptionWithAReasonIsKeptAndOneThatIsNotNeededIsRefuted() throws IOException {
    replace("mapping/progress.jsonata", "$none(Cause)", "undefined");
    String exception =
        "source-fields: {except: [{items: [progress/Cause%s], because: nobody reads it}]}";
    replace("quality.yaml", "source-fields: done", exception.formatted(""));

    assertThat(result(grade(), "source-fields").standing()).isEqualTo(Standing.DONE);

    replace("quality.yaml", exception.formatted(""), exception.formatted(", progress/Text"));

    assertThat(result(grade(), "source-fields").missing())
        .containsExactly("'except' names 'progress/Text', which is not missing: take it out");
  }

  @Test
  void aPersonHasToSayWhatShowsIt() throws IOException {
    replace("quality.yaml", "rehearsed: {todo:", "rehearsed: done #");

    assertThat(result(grade(), "rehearsed").standing()).isEqualTo(Standing.REFUTED);
  }

  @Test
  void nobodyIsExemptFromAReadme() throws IOException {
    replace("quality.yaml", "  readme: done", "  readme: {exempt: no time}");

    assertThat(grade().problems())
        .contains(folder.resolve("quality.yaml") + ": readme: nobody is exempt from this rule");
  }

  @Test
  void aSecretInARouteIsFound() throws IOException {
    Files.createDirectories(folder.resolve("routes"));
    Files.writeString(
        folder.resolve("routes/more.camel.yaml"),
        """
        - route:
            from:
              uri: "timer:never?delay=-1&repeatCount=1"
              steps:
                - to: "ftp://example.test/?password=hunter2"
        """);

    assertThat(result(grade(), "secrets-by-reference").missing())
        .singleElement()
        .asString()
        .contains("more.camel.yaml writes a secret at 'password=…'")
        .doesNotContain("hunter2");
  }

  @Test
  void theContractSuiteHasTheLastWord() {
    assertThat(result(grade(), "contract-suite").remark()).isEqualTo("claimed; not run");

    QualityReport failed = Quality.grade(folder, Optional.of(false));

    assertThat(result(failed, "contract-suite").standing()).isEqualTo(Standing.REFUTED);
    assertThat(failed.grade()).contains(Grade.BRONZE);
  }

  @Test
  void withoutClaimsTheProgramDecidesWhatItCan() throws IOException {
    Files.delete(folder.resolve("quality.yaml"));

    QualityReport report = Quality.grade(folder, Optional.of(true));

    assertThat(report.claimed()).isEmpty();
    assertThat(report.grade()).contains(Grade.SILVER);
    assertThat(report.holds()).isTrue();
    assertThat(result(report, "replay-safe").standing()).isEqualTo(Standing.TODO);
  }

  @Test
  void aFolderThatDoesNotCompileHasNoGrade() throws IOException {
    replace("connector.yaml", "format: xml", "format: yaml");

    assertThat(grade().grade()).isEmpty();
    assertThat(grade().problems()).singleElement().asString().contains("connector.yaml, line ");
  }

  @Test
  void aRuleThatIsNoneIsRefused() throws IOException {
    replace("quality.yaml", "  readme: done", "  readme: done\n  beauty: done");

    assertThat(grade().problems())
        .containsExactly(folder.resolve("quality.yaml") + ": there is no rule 'beauty'");
  }

  @Test
  void everyRuleOfTheProgramHasACheckAndNoCheckIsWithoutARule() {
    QualityRules rules = QualityRules.shipped();

    assertThat(byProgram(rules.of(Kind.CONNECTOR)))
        .containsExactlyInAnyOrderElementsOf(Quality.CONNECTOR_CHECKS.keySet());
    assertThat(byProgram(rules.of(Kind.PRODUCT)))
        .containsExactlyInAnyOrderElementsOf(Quality.PRODUCT_CHECKS.keySet());
    assertThat(rules.rules()).extracting(QualityRule::id).doesNotHaveDuplicates();
  }

  private static List<String> byProgram(List<QualityRule> rules) {
    return rules.stream().filter(rule -> rule.by() == Judge.PROGRAM).map(QualityRule::id).toList();
  }

  private QualityReport grade() {
    return Quality.grade(folder, Optional.empty());
  }

  private static RuleResult result(QualityReport report, String rule) {
    return report.rules().stream()
        .filter(result -> result.rule().id().equals(rule))
        .findFirst()
        .orElseThrow();
  }

  private void replace(String file, String text, String otherwise) throws IOException {
    Path path = folder.resolve(file);
    String content = Files.readString(path);
    assertThat(content).contains(text);
    Files.writeString(path, content.replace(text, otherwise));
  }
}

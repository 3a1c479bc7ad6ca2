package io.tickethub.kit.quality;

import io.tickethub.definition.DefinitionException;
import io.tickethub.definition.YamlFiles;
import io.tickethub.kit.quality.QualityClaims.Claim;
import io.tickethub.kit.quality.QualityReport.RuleResult;
import io.tickethub.kit.quality.QualityReport.Standing;
import io.tickethub.kit.quality.QualityRule.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Holds what folders claim to the rules. */
public final class Quality {

  public static final String FILE = "quality.yaml";

  /** The checks of connectors, by rule. */
  static final Map<String, Function<ConnectorSubject, List<Finding>>> CONNECTOR_CHECKS =
      Map.ofEntries(
          Map.entry("manifest-complete", ManifestChecks::manifestComplete),
          Map.entry("folder-sound", ManifestChecks::folderSound),
          Map.entry("readme", ManifestChecks::readme),
          Map.entry("channel-examples", ExampleChecks::channelExamples),
          Map.entry("refused-examples", ExampleChecks::refusedExamples),
          Map.entry("settings-described", ManifestChecks::settingsDescribed),
          Map.entry("secrets-by-reference", ManifestChecks::secretsByReference),
          Map.entry("schemas", ManifestChecks::schemas),
          Map.entry("message-ids", ManifestChecks::messageIds),
          Map.entry("repetition-harmless", ManifestChecks::repetitionHarmless),
          Map.entry("limits", ManifestChecks::limits),
          Map.entry("code-values", CodeChecks::codeValues),
          Map.entry("told-examples", ExampleChecks::toldExamples),
          Map.entry("answers", ExampleChecks::answers),
          Map.entry("expected-rhythm", ManifestChecks::expectedRhythm),
          Map.entry("source-fields", ExampleChecks::sourceFields),
          Map.entry("rates", ManifestChecks::rates),
          Map.entry("charsets", ExampleChecks::charsets),
          Map.entry("same-id", ManifestChecks::sameId),
          Map.entry("oddities", subject -> ManifestChecks.section(subject, "Oddities")),
          Map.entry("order", subject -> ManifestChecks.section(subject, "Order and repetition")),
          Map.entry("personal-data", subject -> ManifestChecks.section(subject, "Personal data")));

  /** The checks of product adapters, by rule. */
  static final Map<String, Function<ProductSubject, List<Finding>>> PRODUCT_CHECKS =
      Map.of(
          "product-complete", ProductChecks::complete,
          "product-readme", ProductChecks::readme,
          "product-examples", ProductChecks::examples,
          "attributes-described", ProductChecks::described,
          "required-refused", ProductChecks::requiredRefused,
          "attributes-in-examples", ProductChecks::inExamples,
          "forms-refused", ProductChecks::formsRefused,
          "repair-limits", ProductChecks::repairLimits,
          "masked", ProductChecks::masked,
          "responsible-there", ProductChecks::responsibleThere);

  private final QualityRules rules;

  public Quality(QualityRules rules) {
    this.rules = rules;
  }

  /**
   * The grade of a connector's or a product adapter's folder.
   *
   * @param contractPassed what the contract suite said; empty if it did not run: then the claim is
   *     believed
   */
  public static QualityReport grade(Path folder, Optional<Boolean> contractPassed) {
    return new Quality(QualityRules.shipped()).report(folder, contractPassed);
  }

  /** As {@link #grade}, by these rules. */
  public QualityReport report(Path folder, Optional<Boolean> contractPassed) {
    Kind kind = kind(folder);
    List<String> problems = new ArrayList<>();
    Optional<QualityClaims> claims = Optional.empty();
    try {
      claims = claims(folder);
    } catch (DefinitionException e) {
      problems.add(e.getMessage());
    }
    Function<QualityRule, List<Finding>> check;
    try {
      check = kind == Kind.PRODUCT ? productCheck(folder) : connectorCheck(folder);
    } catch (DefinitionException e) {
      problems.add(e.getMessage());
      return new QualityReport(
          name(folder),
          kind,
          Optional.empty(),
          claims.map(QualityClaims::claims),
          List.of(),
          problems);
    }
    return report(folder, claims, problems, new RuleJudge(check, contractPassed));
  }

  private QualityReport report(
      Path folder, Optional<QualityClaims> claims, List<String> problems, RuleJudge judge) {
    Path file = folder.resolve(FILE);
    Kind kind = kind(folder);
    List<QualityRule> asked = rules.of(kind);
    Map<String, Claim> said = claims.map(QualityClaims::rules).orElse(Map.of());
    said.keySet().stream()
        .filter(id -> asked.stream().noneMatch(rule -> rule.id().equals(id)))
        .sorted()
        .forEach(id -> problems.add("%s: there is no rule '%s'".formatted(file, id)));
    List<RuleResult> results = new ArrayList<>();
    for (QualityRule rule : asked) {
      RuleResult result = judge.judge(rule, Optional.ofNullable(said.get(rule.id())));
      results.add(result);
      if (result.standing() == Standing.REFUTED) {
        problems.add("%s: %s: %s".formatted(file, rule.id(), String.join("; ", result.missing())));
      }
    }
    Optional<Grade> grade = grade(results);
    claims
        .map(QualityClaims::claims)
        .filter(claimed -> !reaches(grade, claimed))
        .ifPresent(claimed -> problems.add(overclaimed(file, claimed, results)));
    return new QualityReport(
        name(folder), kind, grade, claims.map(QualityClaims::claims), results, problems);
  }

  /** How it stands with each rule if a folder says this of them; its own file is not read. */
  List<RuleResult> results(Path folder, Map<String, Claim> said) {
    Kind kind = kind(folder);
    RuleJudge judge =
        new RuleJudge(
            kind == Kind.PRODUCT ? productCheck(folder) : connectorCheck(folder), Optional.empty());
    return rules.of(kind).stream()
        .map(rule -> judge.judge(rule, Optional.ofNullable(said.get(rule.id()))))
        .toList();
  }

  /** The grade a folder reaches if it says this of the rules. */
  Optional<Grade> reached(Path folder, Map<String, Claim> said) {
    return grade(results(folder, said));
  }

  private static String overclaimed(Path file, Grade claimed, List<RuleResult> results) {
    return "%s: claims %s, but %s not kept"
        .formatted(
            file,
            claimed.code(),
            results.stream()
                .filter(result -> result.rule().grade().compareTo(claimed) <= 0)
                .filter(result -> !result.isKept())
                .map(result -> result.rule().id())
                .toList());
  }

  private static boolean reaches(Optional<Grade> grade, Grade claimed) {
    return grade.filter(reached -> reached.compareTo(claimed) >= 0).isPresent();
  }

  private static Optional<Grade> grade(List<RuleResult> results) {
    Optional<Grade> reached = Optional.empty();
    for (Grade grade : Grade.values()) {
      if (results.stream().anyMatch(r -> r.rule().grade() == grade && !r.isKept())) {
        return reached;
      }
      reached = Optional.of(grade);
    }
    return reached;
  }

  private static Function<QualityRule, List<Finding>> connectorCheck(Path folder) {
    ConnectorSubject subject = ConnectorSubject.read(folder);
    return rule -> CONNECTOR_CHECKS.get(rule.id()).apply(subject);
  }

  private static Function<QualityRule, List<Finding>> productCheck(Path folder) {
    ProductSubject subject = ProductSubject.read(folder);
    return rule -> PRODUCT_CHECKS.get(rule.id()).apply(subject);
  }

  private static Optional<QualityClaims> claims(Path folder) {
    Path file = folder.resolve(FILE);
    return Files.exists(file)
        ? Optional.of(YamlFiles.read(file, QualityClaims.class))
        : Optional.empty();
  }

  private static Kind kind(Path folder) {
    return Files.exists(folder.resolve("product.yaml")) ? Kind.PRODUCT : Kind.CONNECTOR;
  }

  private static String name(Path folder) {
    return folder.getFileName().toString();
  }
}

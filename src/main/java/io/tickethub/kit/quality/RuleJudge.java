package io.tickethub.kit.quality;

import io.tickethub.kit.quality.QualityClaims.Claim;
import io.tickethub.kit.quality.QualityClaims.Exemption;
import io.tickethub.kit.quality.QualityReport.RuleResult;
import io.tickethub.kit.quality.QualityReport.Standing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Decides how it stands with one rule. What a folder does not speak of is decided by the program
 * where it can, and is otherwise to be done.
 */
final class RuleJudge {

  private static final Claim UNSAID = new Claim("", null, null, null);

  private final Function<QualityRule, List<Finding>> check;
  private final Optional<Boolean> contractPassed;

  RuleJudge(Function<QualityRule, List<Finding>> check, Optional<Boolean> contractPassed) {
    this.check = check;
    this.contractPassed = contractPassed;
  }

  RuleResult judge(QualityRule rule, Optional<Claim> claim) {
    if (claim.isPresent() && claim.get().exempt() != null) {
      return exempt(rule, claim.get().exempt());
    }
    if (claim.isPresent() && claim.get().todo() != null) {
      return new RuleResult(rule, Standing.TODO, claim.get().todo(), List.of());
    }
    Claim said = claim.orElse(UNSAID);
    Standing otherwise = claim.isPresent() ? Standing.REFUTED : Standing.TODO;
    return switch (rule.by()) {
      case PROGRAM -> byProgram(rule, said, otherwise);
      case RUN -> byRun(rule, claim, otherwise);
      case PERSON -> byPerson(rule, said, otherwise);
    };
  }

  private static RuleResult exempt(QualityRule rule, String reason) {
    return rule.exemptible() && !reason.isBlank()
        ? new RuleResult(rule, Standing.EXEMPT, reason, List.of())
        : new RuleResult(
            rule,
            Standing.REFUTED,
            reason,
            List.of(
                reason.isBlank()
                    ? "an exemption needs its reason"
                    : "nobody is exempt from this rule"));
  }

  private RuleResult byProgram(QualityRule rule, Claim said, Standing otherwise) {
    List<Finding> findings = check.apply(rule);
    Set<String> excepted = new HashSet<>();
    said.except().stream().map(Exemption::items).forEach(excepted::addAll);
    List<String> missing =
        new ArrayList<>(
            findings.stream()
                .filter(finding -> !excepted.contains(finding.item()))
                .map(Finding::text)
                .toList());
    findings.stream().map(Finding::item).toList().forEach(excepted::remove);
    excepted.stream()
        .sorted()
        .map("'except' names '%s', which is not missing: take it out"::formatted)
        .forEach(missing::add);
    return result(rule, said.done(), missing, otherwise);
  }

  private RuleResult byRun(QualityRule rule, Optional<Claim> claim, Standing otherwise) {
    if (contractPassed.isEmpty()) {
      return claim.isPresent()
          ? new RuleResult(rule, Standing.DONE, "claimed; not run", List.of())
          : new RuleResult(rule, Standing.TODO, "not run: hub connector test", List.of());
    }
    return result(
        rule,
        contractPassed.get() ? "passed in this run" : "",
        contractPassed.get() ? List.of() : List.of("the contract suite failed in this run"),
        otherwise);
  }

  private static RuleResult byPerson(QualityRule rule, Claim said, Standing otherwise) {
    boolean isShown = said.done() != null && !said.done().isBlank();
    return result(
        rule,
        said.done(),
        isShown ? List.of() : List.of("quality.yaml has to say: " + rule.how()),
        otherwise);
  }

  private static RuleResult result(
      QualityRule rule, String remark, List<String> missing, Standing otherwise) {
    return new RuleResult(
        rule,
        missing.isEmpty() ? Standing.DONE : otherwise,
        remark == null ? "" : remark,
        List.copyOf(missing));
  }
}

package io.tickethub.kit.quality;

import io.tickethub.kit.quality.QualityRule.Kind;
import java.util.List;
import java.util.Optional;

/**
 * What a folder is worth.
 *
 * @param name the folder's
 * @param grade what it reaches; empty if not even bronze
 * @param claimed what it claims; empty without {@code quality.yaml}
 * @param problems claims that do not hold; file and cause each
 */
public record QualityReport(
    String name,
    Kind kind,
    Optional<Grade> grade,
    Optional<Grade> claimed,
    List<RuleResult> rules,
    List<String> problems) {

  /** Nothing that was claimed is refuted. */
  public boolean holds() {
    return problems.isEmpty();
  }

  /** Whether a rule is still to be done. */
  public boolean isToDo(String rule) {
    return rules.stream()
        .anyMatch(result -> result.rule().id().equals(rule) && result.standing() == Standing.TODO);
  }

  /** The grade for tables and reports: {@code none} if not even bronze. */
  public String gradeText() {
    return grade.map(Grade::code).orElse("none");
  }

  /** How it stands with a rule. */
  public enum Standing {
    DONE,
    TODO,
    EXEMPT,
    /** Claimed as done, but it is not. */
    REFUTED
  }

  /**
   * One rule's result.
   *
   * @param remark the claim's evidence or reason, or what a run would tell; may be empty
   * @param missing what the rule asks for and the folder lacks
   */
  public record RuleResult(
      QualityRule rule, Standing standing, String remark, List<String> missing) {

    boolean isKept() {
      return standing == Standing.DONE || standing == Standing.EXEMPT;
    }
  }
}

package io.tickethub.assessment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a partner is assessed by, for each product class. The samples are of the faults and
 * complaints it had that were closed in the month.
 */
public enum PartnerFigure {
  TICKETS("Tickets", "工单数", Aggregate.SUM, (work, rules) -> one(true)),
  RESPONSE_P50(
      "Response, median", "响应时长（中位）", Aggregate.P50, (work, rules) -> numbers(work.responses())),
  RESPONSE_P90(
      "Response, 90%", "响应时长（90%）", Aggregate.P90, (work, rules) -> numbers(work.responses())),
  RESPONSE_IN_TIME(
      "Response in time",
      "响应及时率",
      Aggregate.SHARE,
      (work, rules) ->
          rules.responseWithin() == null
              ? List.of()
              : work.responses().stream()
                  .map(seconds -> flag(seconds <= rules.responseWithin().toSeconds()))
                  .toList()),
  REPAIR_P50("Repair, median", "修复时长（中位）", Aggregate.P50, (work, rules) -> numbers(work.repairs())),
  REPAIR_P90("Repair, 90%", "修复时长（90%）", Aggregate.P90, (work, rules) -> numbers(work.repairs())),
  FIRST_TIME_FIX(
      "First-time fix",
      "一次修复率",
      Aggregate.SHARE,
      (work, rules) -> work.replies() == 0 ? List.of() : one(work.isFirstTimeFix())),
  REOPENED(
      "Reopened",
      "重派率",
      Aggregate.SHARE,
      (work, rules) -> work.replies() == 0 ? List.of() : one(work.reopened() > 0)),
  SATISFIED(
      "Satisfied",
      "回访满意率",
      Aggregate.SHARE,
      (work, rules) ->
          Stream.concat(
                  Stream.generate(() -> 1.0).limit(work.satisfied()),
                  Stream.generate(() -> 0.0).limit(work.unsatisfied()))
              .toList()),
  BREACHES(
      "Limits breached", "超时次数", Aggregate.SUM, (work, rules) -> List.of((double) work.breaches())),
  OVERDUE("Tickets overdue", "超时工单数", Aggregate.SUM, (work, rules) -> one(work.breaches() > 0)),
  RETURNED("Given back", "退单次数", Aggregate.SUM, (work, rules) -> List.of((double) work.returned()));

  private final String english;
  private final String chinese;
  private final Aggregate aggregate;
  private final BiFunction<Work, AssessmentRules, List<Double>> samples;

  PartnerFigure(
      String english,
      String chinese,
      Aggregate aggregate,
      BiFunction<Work, AssessmentRules, List<Double>> samples) {
    this.english = english;
    this.chinese = chinese;
    this.aggregate = aggregate;
    this.samples = samples;
  }

  static List<Double> one(boolean yes) {
    return List.of(flag(yes));
  }

  static double flag(boolean yes) {
    return yes ? 1 : 0;
  }

  private static List<Double> numbers(List<Long> seconds) {
    return seconds.stream().map(Long::doubleValue).toList();
  }

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String english() {
    return english;
  }

  String chinese() {
    return chinese;
  }

  Aggregate aggregate() {
    return aggregate;
  }

  List<Double> samples(Work work, AssessmentRules rules) {
    return samples.apply(work, rules);
  }

  Measured measured(double[] all, AssessmentRules rules) {
    return this == RESPONSE_IN_TIME && rules.responseWithin() == null
        ? Measured.untold("no time is agreed: 'response-within' of assessment.yaml")
        : Measured.of(aggregate, all);
  }

  static String codes() {
    return Arrays.stream(values()).map(PartnerFigure::code).collect(Collectors.joining(", "));
  }
}

package io.tickethub.assessment;

import static io.tickethub.assessment.PartnerFigure.one;

import com.fasterxml.jackson.annotation.JsonValue;
import io.tickethub.ticket.TicketKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Indicators of the 10000 centre, in the groups its operating rules name. They name four groups and
 * 23 indicators without listing these: here are the ones that tickets can tell, and the customary
 * ones that they cannot, with what would be needed.
 */
public enum Indicator {
  SATISFACTION(
      Group.SERVICE_LEVEL,
      "Satisfied at the call-back",
      "回访满意率",
      "satisfied answers / all answers to call-backs",
      Aggregate.SHARE,
      facts ->
          Stream.concat(
                  Stream.generate(() -> 1.0).limit(facts.satisfied()),
                  Stream.generate(() -> 0.0).limit(facts.unsatisfied()))
              .toList()),
  CALLED_BACK(
      Group.SERVICE_LEVEL,
      "Called back",
      "回访率",
      "replied tickets whose customer was called back / replied tickets",
      Aggregate.SHARE,
      facts -> facts.replies() == 0 ? List.of() : one(facts.calledBack())),
  CALLS_ANSWERED(
      Group.SERVICE_LEVEL,
      "Calls answered",
      "接通率",
      "answered calls / calls",
      "calls are no tickets: the switch's records are needed"),
  CALLS_ANSWERED_IN_TIME(
      Group.SERVICE_LEVEL,
      "Calls answered in time",
      "规定时限内人工接通率",
      "calls an agent answered within the set time / calls to agents",
      "calls are no tickets: the switch's records are needed"),
  ACCEPTED(
      Group.EFFICIENCY,
      "Tickets closed",
      "办结工单数",
      "tickets archived, rejected or cancelled in the month",
      Aggregate.SUM,
      facts -> one(true)),
  SOLVED_WITHOUT_DISPATCH(
      Group.EFFICIENCY,
      "Solved at pre-diagnosis",
      "预处理解决率",
      "replied faults and complaints that were never dispatched / replied faults and complaints",
      Aggregate.SHARE,
      facts -> facts.isTrouble() && facts.replies() > 0 ? one(!facts.dispatched()) : List.of()),
  DISPATCH_MEDIAN(
      Group.EFFICIENCY,
      "From report to dispatch, median",
      "受理至派单时长（中位）",
      "the median of first dispatch - report; steps that nobody said are left out",
      Aggregate.P50,
      facts ->
          facts.isTrouble() && facts.dispatchedAfter() != null
              ? List.of((double) facts.dispatchedAfter())
              : List.of()),
  HANDLING_TIME(
      Group.EFFICIENCY,
      "Average handling time of a call",
      "平均通话处理时长",
      "talk, hold and wrap-up time / calls",
      "calls are no tickets: the switch's records are needed"),
  AGENT_UTILISATION(
      Group.EFFICIENCY,
      "Utilisation of agents",
      "座席工时利用率",
      "time at calls / time signed in",
      "tickets do not say when agents are signed in: the switch's records are needed"),
  PRE_SALES_REQUESTS(
      Group.MARKETING,
      "Pre-sales support requests closed",
      "售前支撑办结数",
      "pre-sales tickets closed",
      Aggregate.SUM,
      facts -> facts.kind() == TicketKind.PRE_SALES ? one(true) : List.of()),
  PRE_SALES_IN_TIME(
      Group.MARKETING,
      "Pre-sales solutions in time",
      "售前方案及时率",
      "replied pre-sales tickets without a breached limit / replied pre-sales tickets",
      Aggregate.SHARE,
      facts -> inTime(facts, TicketKind.PRE_SALES)),
  MARKETING_SUCCESS(
      Group.MARKETING,
      "Success of marketing",
      "营销成功率",
      "orders / offers made",
      "offers and orders are no tickets: CRM/BSS has them"),
  COMPLAINTS_IN_TIME(
      Group.COMPLAINTS_AND_FAULTS,
      "Complaints answered in time",
      "投诉处理及时率",
      "replied complaints without a breached limit / replied complaints",
      Aggregate.SHARE,
      facts -> inTime(facts, TicketKind.COMPLAINT)),
  FAULTS_IN_TIME(
      Group.COMPLAINTS_AND_FAULTS,
      "Faults repaired in time",
      "障碍修复及时率",
      "replied faults without a breached limit / replied faults",
      Aggregate.SHARE,
      facts -> inTime(facts, TicketKind.FAULT)),
  REOPENED(
      Group.COMPLAINTS_AND_FAULTS,
      "Reopened",
      "重派率",
      "replied faults and complaints that were reopened / replied faults and complaints",
      Aggregate.SHARE,
      facts -> facts.isTrouble() && facts.replies() > 0 ? one(facts.reopened() > 0) : List.of()),
  REPEATED(
      Group.COMPLAINTS_AND_FAULTS,
      "Reported again",
      "重复申告率",
      "faults and complaints that were reported again / faults and complaints",
      Aggregate.SHARE,
      facts -> facts.isTrouble() ? one(facts.repeated() > 0) : List.of()),
  URGED(
      Group.COMPLAINTS_AND_FAULTS,
      "Urged",
      "催单率",
      "faults and complaints the customer urged / faults and complaints",
      Aggregate.SHARE,
      facts -> facts.isTrouble() ? one(facts.urged() > 0) : List.of()),
  COMPLAINTS_PER_CUSTOMER(
      Group.COMPLAINTS_AND_FAULTS,
      "Complaints per 10,000 customers",
      "万户投诉率",
      "complaints / customers × 10,000",
      "tickets do not say how many customers there are: CRM/BSS does");

  /** The groups of the centre's operating rules. */
  public enum Group {
    SERVICE_LEVEL("Service level", "服务水平"),
    EFFICIENCY("Efficiency", "服务效率"),
    MARKETING("Marketing", "营销"),
    COMPLAINTS_AND_FAULTS("Complaints and faults", "投诉与障碍处理");

    private final String english;
    private final String chinese;

    Group(String english, String chinese) {
      this.english = english;
      this.chinese = chinese;
    }

    @JsonValue
    String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String english() {
      return english;
    }

    String chinese() {
      return chinese;
    }
  }

  private final Group group;
  private final String english;
  private final String chinese;
  private final String formula;
  private final Aggregate aggregate;
  private final Function<TicketFacts, List<Double>> samples;
  private final String untold;

  Indicator(
      Group group,
      String english,
      String chinese,
      String formula,
      Aggregate aggregate,
      Function<TicketFacts, List<Double>> samples) {
    this(group, english, chinese, formula, aggregate, samples, null);
  }

  Indicator(Group group, String english, String chinese, String formula, String untold) {
    this(group, english, chinese, formula, Aggregate.SHARE, facts -> List.of(), untold);
  }

  Indicator(
      Group group,
      String english,
      String chinese,
      String formula,
      Aggregate aggregate,
      Function<TicketFacts, List<Double>> samples,
      String untold) {
    this.group = group;
    this.english = english;
    this.chinese = chinese;
    this.formula = formula;
    this.aggregate = aggregate;
    this.samples = samples;
    this.untold = untold;
  }

  private static List<Double> inTime(TicketFacts facts, TicketKind kind) {
    return facts.kind() == kind && facts.replies() > 0 ? one(facts.breaches() == 0) : List.of();
  }

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Group group() {
    return group;
  }

  String english() {
    return english;
  }

  String chinese() {
    return chinese;
  }

  String formula() {
    return formula;
  }

  Aggregate aggregate() {
    return aggregate;
  }

  List<Double> samples(TicketFacts facts) {
    return samples.apply(facts);
  }

  Measured measured(double[] all) {
    return untold == null
        ? Measured.of(aggregate, all)
        : Measured.untold("cannot be told from tickets: " + untold);
  }

  static String codes() {
    return Arrays.stream(values()).map(Indicator::code).collect(Collectors.joining(", "));
  }
}

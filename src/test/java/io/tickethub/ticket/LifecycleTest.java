package io.tickethub.ticket;

import static io.tickethub.ticket.TicketState.ACCEPTED;
import static io.tickethub.ticket.TicketState.ARCHIVED;
import static io.tickethub.ticket.TicketState.CANCELLED;
import static io.tickethub.ticket.TicketState.DISPATCHED;
import static io.tickethub.ticket.TicketState.ESCALATED;
import static io.tickethub.ticket.TicketState.PRE_DIAGNOSING;
import static io.tickethub.ticket.TicketState.PROCESSING;
import static io.tickethub.ticket.TicketState.REJECTED;
import static io.tickethub.ticket.TicketState.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LifecycleTest {

  /** The domain's table "Life of a ticket", the row of suspended apart. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          received       | 受理    | acknowledged | pre-diagnosing, rejected, cancelled
          pre-diagnosing | 预处理  | inProgress   | replied, dispatched, suspended, cancelled
          dispatched     | 派单    | inProgress   | accepted, pre-diagnosing, dispatched, cancelled
          accepted       | 接单    | inProgress   | processing, pre-diagnosing, dispatched, suspended, cancelled
          processing     | 处理    | inProgress   | replied, suspended, dispatched, escalated, cancelled
          escalated      | 升级    | inProgress   | processing, replied, dispatched, suspended, cancelled
          replied        | 回单    | resolved     | calling-back
          calling-back   | 回访    | resolved     | archived, dispatched
          archived       | 归档    | closed       |
          rejected       | 不予受理 | rejected     |
          cancelled      | 撤单    | cancelled    |
          """)
  void eachStateLeadsToTheStatesOfTheDomainAndNoOther(
      String code, String chinese, String tmf621, String next) {
    TicketProgress progress = standingAt(TicketState.of(code));

    assertThat(Lifecycle.next(progress)).containsExactlyInAnyOrderElementsOf(states(next));
    assertThat(Lifecycle.tmf621Status(progress)).isEqualTo(tmf621);
    assertThat(progress.state().chinese()).isEqualTo(chinese);
    assertThat(progress.state().isFinal()).isEqualTo(next == null);
  }

  @ParameterizedTest
  @MethodSource("statesThatMayBeSuspended")
  void aTicketSuspendedByTheCustomerResumesWhereItWasOrIsCancelled(TicketState before) {
    TicketProgress progress = standingAt(before).suspended(SuspensionCause.CUSTOMER);

    assertThat(Lifecycle.next(progress)).containsExactlyInAnyOrder(before, CANCELLED);
    assertThat(Lifecycle.tmf621Status(progress)).isEqualTo("pending");
  }

  @ParameterizedTest
  @MethodSource("statesThatMayBeSuspended")
  void aTicketSuspendedForAnotherCauseOnlyResumesWhereItWas(TicketState before) {
    TicketProgress progress = standingAt(before).suspended(SuspensionCause.OTHER);

    assertThat(Lifecycle.next(progress)).containsExactly(before);
    assertThat(Lifecycle.tmf621Status(progress)).isEqualTo("held");
  }

  static Stream<TicketState> statesThatMayBeSuspended() {
    return Stream.of(PRE_DIAGNOSING, ACCEPTED, PROCESSING, ESCALATED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          received       | dispatched     | pre-diagnosing, dispatched
          received       | processing     | pre-diagnosing, dispatched, accepted, processing
          received       | replied        | pre-diagnosing, replied
          received       | archived       | pre-diagnosing, replied, calling-back, archived
          pre-diagnosing | archived       | replied, calling-back, archived
          dispatched     | suspended      | accepted, suspended
          dispatched     | replied        | accepted, processing, replied
          accepted       | escalated      | processing, escalated
          accepted       | replied        | processing, replied
          processing     | archived       | replied, calling-back, archived
          escalated      | calling-back   | replied, calling-back
          replied        | archived       | calling-back, archived
          replied        | dispatched     | calling-back, dispatched
          """)
  void skippedStepsAreFilledInAlongTheMainLine(String from, String to, String way) {
    assertThat(Lifecycle.way(standingAt(TicketState.of(from)), TicketState.of(to)))
        .contains(states(way));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          processing     | received
          processing     | accepted
          processing     | pre-diagnosing
          pre-diagnosing | rejected
          dispatched     | rejected
          replied        | processing
          replied        | cancelled
          calling-back   | suspended
          """)
  void thereIsNoWayBackThatTheDomainDoesNotName(String from, String to) {
    assertThat(Lifecycle.way(standingAt(TicketState.of(from)), TicketState.of(to))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = TicketState.class,
      names = {"ARCHIVED", "REJECTED", "CANCELLED"})
  void nothingFollowsAnEnd(TicketState end) {
    assertThat(TicketState.values())
        .allSatisfy(target -> assertThat(Lifecycle.way(standingAt(end), target)).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("statesThatMayBeSuspended")
  void leavingASuspensionLeadsThroughTheStateBeforeIt(TicketState before) {
    TicketProgress progress = standingAt(before).suspended(SuspensionCause.OTHER);

    assertThat(Lifecycle.way(progress, before)).contains(List.of(before));
    assertThat(Lifecycle.way(progress, CANCELLED)).contains(List.of(before, CANCELLED));
    assertThat(Lifecycle.way(progress, DISPATCHED)).contains(List.of(before, DISPATCHED));
  }

  @ParameterizedTest
  @EnumSource(TicketState.class)
  void everyWayConsistsOfLegalSteps(TicketState from) {
    for (TicketProgress start : standings(from)) {
      for (TicketState target : TicketState.values()) {
        TicketProgress progress = start;
        for (TicketState step : Lifecycle.way(start, target).orElse(List.of())) {
          assertThat(Lifecycle.next(progress))
              .as("%s on the way to %s", start, target)
              .contains(step);
          progress = after(progress, step);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TicketState.class)
  void noSuspensionEscalationOrEndIsEverInferred(TicketState from) {
    for (TicketProgress start : standings(from)) {
      for (TicketState target : TicketState.values()) {
        List<TicketState> way = Lifecycle.way(start, target).orElse(List.of(target));
        assertThat(way).last().isEqualTo(target);
        assertThat(way.subList(0, way.size() - 1))
            .as("%s on the way to %s", start, target)
            .filteredOn(step -> step != start.resumesTo())
            .doesNotContain(SUSPENDED, ESCALATED, ARCHIVED, REJECTED, CANCELLED);
      }
    }
  }

  @Test
  void everyStateCanBeReachedByANewTicket() {
    assertThat(TicketState.values())
        .filteredOn(state -> state != TicketState.RECEIVED)
        .allSatisfy(
            state ->
                assertThat(Lifecycle.way(TicketProgress.START, state))
                    .isNotEqualTo(Optional.empty()));
  }

  private static List<TicketProgress> standings(TicketState state) {
    return state == SUSPENDED
        ? statesThatMayBeSuspended()
            .flatMap(
                before ->
                    Arrays.stream(SuspensionCause.values()).map(standingAt(before)::suspended))
            .toList()
        : List.of(standingAt(state));
  }

  private static TicketProgress standingAt(TicketState state) {
    return TicketProgress.START.at(state);
  }

  private static TicketProgress after(TicketProgress progress, TicketState step) {
    return step == SUSPENDED ? progress.suspended(SuspensionCause.OTHER) : progress.at(step);
  }

  private static List<TicketState> states(String codes) {
    return codes == null
        ? List.of()
        : Arrays.stream(codes.split(",")).map(String::strip).map(TicketState::of).toList();
  }
}

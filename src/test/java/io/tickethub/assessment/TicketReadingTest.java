package io.tickethub.assessment;

import static io.tickethub.ticket.TicketState.ACCEPTED;
import static io.tickethub.ticket.TicketState.ARCHIVED;
import static io.tickethub.ticket.TicketState.CANCELLED;
import static io.tickethub.ticket.TicketState.DISPATCHED;
import static io.tickethub.ticket.TicketState.PRE_DIAGNOSING;
import static io.tickethub.ticket.TicketState.PROCESSING;
import static io.tickethub.ticket.TicketState.REPLIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.ticket.TicketKind;
import org.junit.jupiter.api.Test;

class TicketReadingTest {

  private static final String HOSPITAL = "partner-hospital";

  private static TicketLife fault() {
    return TicketLife.opened(TicketKind.FAULT, "digital-hospital")
        .reaches(PRE_DIAGNOSING, "call-center", 5);
  }

  private static TicketLife accepted() {
    return fault().reaches(DISPATCHED, "call-center", 10).reaches(ACCEPTED, HOSPITAL, 25);
  }

  @Test
  void responseAndRepairAreCountedFromTheDispatch() {
    Work work = accepted().reaches(REPLIED, HOSPITAL, 130).answers("satisfied", 150).work(HOSPITAL);

    assertThat(work.responses()).containsExactly(15 * 60L);
    assertThat(work.repairs()).containsExactly(120 * 60L);
    assertThat(work.isFirstTimeFix()).isTrue();
    assertThat(work.satisfied()).isEqualTo(1);
    assertThat(work.unsatisfied()).isZero();
  }

  @Test
  void waitingForTheCustomerIsTakenOffTheRepair() {
    Work work =
        accepted()
            .waitsForCustomer(HOSPITAL, 30)
            .reaches(PROCESSING, HOSPITAL, 90)
            .reaches(REPLIED, HOSPITAL, 130)
            .answers("satisfied", 150)
            .work(HOSPITAL);

    assertThat(work.repairs()).containsExactly(60 * 60L);
  }

  @Test
  void stepsThatNobodySaidHaveNoTime() {
    Work work =
        fault()
            .reaches(DISPATCHED, "call-center", 10)
            .reaches(REPLIED, HOSPITAL, 130)
            .answers("satisfied", 150)
            .work(HOSPITAL);

    assertThat(work.responses()).isEmpty();
    assertThat(work.repairs()).containsExactly(120 * 60L);
  }

  @Test
  void whoIsReopenedEachTimeWasUnsatisfactoryEachTime() {
    Work work =
        accepted()
            .reaches(REPLIED, HOSPITAL, 60)
            .answers("unsatisfied", 70)
            .reaches(ACCEPTED, HOSPITAL, 75)
            .reaches(REPLIED, HOSPITAL, 90)
            .answers("unsatisfied", 100)
            .reaches(ACCEPTED, HOSPITAL, 110)
            .reaches(REPLIED, HOSPITAL, 120)
            .answers("satisfied", 130)
            .work(HOSPITAL);

    assertThat(work.replies()).isEqualTo(3);
    assertThat(work.reopened()).isEqualTo(2);
    assertThat(work.unsatisfied()).isEqualTo(2);
    assertThat(work.satisfied()).isEqualTo(1);
    assertThat(work.isFirstTimeFix()).isFalse();
    assertThat(work.responses()).containsExactly(15 * 60L, 5 * 60L, 10 * 60L);
  }

  @Test
  void aReopeningIsOfWhoRepliedNotOfWhoRepairsNext() {
    TicketLife life =
        accepted()
            .reaches(REPLIED, HOSPITAL, 60)
            .answers("unsatisfied", 70)
            .transferred("noc", "fault-112", 75)
            .reaches(ACCEPTED, "noc", 80)
            .reaches(REPLIED, "noc", 90)
            .answers("satisfied", 100);

    assertThat(life.work(HOSPITAL).reopened()).isEqualTo(1);
    assertThat(life.work(HOSPITAL).satisfied()).isZero();
    assertThat(life.work("noc").reopened()).isZero();
    assertThat(life.work("noc").satisfied()).isEqualTo(1);
    assertThat(life.work("noc").responses()).containsExactly(5 * 60L);
  }

  @Test
  void whatWasGivenBackIsNoFix() {
    Work work =
        accepted()
            .reaches(PRE_DIAGNOSING, HOSPITAL, 40)
            .reaches(DISPATCHED, "call-center", 50)
            .reaches(ACCEPTED, HOSPITAL, 55)
            .reaches(REPLIED, HOSPITAL, 60)
            .answers("satisfied", 70)
            .work(HOSPITAL);

    assertThat(work.returned()).isEqualTo(1);
    assertThat(work.replies()).isEqualTo(1);
    assertThat(work.isFirstTimeFix()).isFalse();
  }

  @Test
  void aBreachIsOfWhoHadTheTicketUnlessItWasWithdrawn() {
    TicketLife life = accepted().breached("repair", 30).breached("statutory", 40);
    life.withdrawn("statutory", 45)
        .transferred("noc", "fault-112", 50)
        .reaches(REPLIED, "noc", 60)
        .answers("satisfied", 70);

    assertThat(life.work(HOSPITAL).breaches()).isEqualTo(1);
    assertThat(life.work("noc").breaches()).isZero();
    assertThat(life.facts().breaches()).isEqualTo(1);
  }

  @Test
  void whatIsSolvedOnThePhoneIsNobodysWork() {
    TicketFacts facts = fault().reaches(REPLIED, "call-center", 9).answers("satisfied", 12).facts();

    assertThat(facts.work()).isEmpty();
    assertThat(facts.dispatched()).isFalse();
    assertThat(facts.satisfied()).isEqualTo(1);
    assertThat(facts.calledBack()).isTrue();
  }

  @Test
  void aDispatchNobodyTookUpIsUntoldIfNobodyHasIt() {
    TicketFacts facts =
        fault()
            .reaches(DISPATCHED, "call-center", 10)
            .reaches(CANCELLED, "call-center", 60)
            .facts();

    assertThat(facts.untold()).isEqualTo(1);
    assertThat(facts.work()).isEmpty();
    assertThat(facts.cancelled()).isTrue();
  }

  @Test
  void archivingWithoutAnAnswerIsNoSatisfaction() {
    TicketFacts facts =
        accepted().reaches(REPLIED, HOSPITAL, 60).reaches(ARCHIVED, "call-center", 70).facts();

    assertThat(facts.satisfied() + facts.unsatisfied()).isZero();
    assertThat(facts.calledBack()).isFalse();
  }
}

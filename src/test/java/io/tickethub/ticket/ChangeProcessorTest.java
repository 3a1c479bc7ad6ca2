package io.tickethub.ticket;

import static io.tickethub.ticket.TicketLife.KEY;
import static io.tickethub.ticket.TicketLife.START;
import static io.tickethub.ticket.TicketLife.reached;
import static io.tickethub.ticket.TicketLife.repeated;
import static io.tickethub.ticket.TicketLife.report;
import static io.tickethub.ticket.TicketLife.resolution;
import static io.tickethub.ticket.TicketLife.satisfaction;
import static io.tickethub.ticket.TicketLife.suspended;
import static io.tickethub.ticket.TicketLife.title;
import static io.tickethub.ticket.TicketLife.transferred;
import static io.tickethub.ticket.TicketLife.update;
import static io.tickethub.ticket.TicketLife.urged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeProcessorTest {

  @Test
  void aReportOpensAReceivedTicket() {
    TicketLife life = TicketLife.opened();

    assertThat(life.state()).isEqualTo(TicketState.RECEIVED);
    assertThat(life.ticket().openedBy()).isEqualTo("call-center");
    assertThat(life.ticket().openedAt()).isEqualTo(START);
    assertThat(life.ticket().content().title()).isEqualTo("PACS无法调阅影像");
    assertThat(life.newCodes()).containsExactly("opened");
  }

  @Test
  void aReportSolvedOnThePhoneIsRepliedWithPreDiagnosisInferred() {
    TicketLife life = TicketLife.opened("call-center", report(TicketState.REPLIED));

    assertThat(life.newCodes()).containsExactly("opened", "pre-diagnosing", "replied");
    assertThat(life.news()).extracting(TicketEvent::inferred).containsExactly(false, true, false);
  }

  @Test
  void aReportOfATicketThatIsThereIsNoChangeOfIt() {
    TicketLife life = TicketLife.opened();

    assertThatIllegalArgumentException().isThrownBy(() -> life.says("call-center", report(null)));
  }

  @Test
  void itsOpenerMayCorrectAReportByRepeatingIt() {
    Ticket ticket = TicketLife.opened().ticket();
    Change.Open corrected =
        new Change.Open(KEY, null, null, ticket.content().merge(title("影像无法上传")), null);

    assertThat(corrected.asUpdates(ticket, "call-center"))
        .singleElement()
        .isInstanceOfSatisfying(
            Change.Update.class, news -> assertThat(news.content().title()).isEqualTo("影像无法上传"));
  }

  @Test
  void anotherSystemsReportOfTheSameTicketOnlyFillsWhatIsMissing() {
    Ticket ticket = TicketLife.opened().ticket();
    TicketContent theirs =
        new TicketContent(
            TicketKind.COMPLAINT,
            "general",
            "another title",
            "影像科三楼",
            null,
            null,
            null,
            null,
            null,
            null);
    Change.Open report = new Change.Open(KEY, null, TicketState.DISPATCHED, theirs, null);
    TicketLife life = TicketLife.opened();

    report.asUpdates(ticket, "fault-112").forEach(change -> life.says("fault-112", change));

    assertThat(life.ticket().content().description()).isEqualTo("影像科三楼");
    assertThat(life.ticket().content().title()).isEqualTo(ticket.content().title());
    assertThat(life.ticket().content().kind()).isEqualTo(TicketKind.FAULT);
    assertThat(life.state()).isEqualTo(TicketState.DISPATCHED);
  }

  @Test
  void anUpdateChangesOnlyWhatItNames() {
    TicketLife life = TicketLife.opened().says("call-center", update(title("影像无法上传")));

    assertThat(life.newCodes()).containsExactly("updated");
    assertThat(life.ticket().content().title()).isEqualTo("影像无法上传");
    assertThat(life.ticket().content().region()).isEqualTo("港口区");
  }

  @Test
  void anUpdateThatSaysNothingNewLeavesNoEvent() {
    TicketLife life = TicketLife.opened().says("call-center", update(title("PACS无法调阅影像")));

    assertThat(life.news()).isEmpty();
    assertThat(life.ticket().version()).isEqualTo(1);
  }

  @Test
  void legalStepsAreTakenOneByOne() {
    TicketLife life =
        TicketLife.opened()
            .says("call-center", reached(TicketState.PRE_DIAGNOSING))
            .says("call-center", reached(TicketState.DISPATCHED))
            .says("fault-112", reached(TicketState.ACCEPTED))
            .says("fault-112", reached(TicketState.PROCESSING))
            .says("fault-112", reached(TicketState.REPLIED, resolution("接口板故障", "更换接口板")))
            .says("call-center", reached(TicketState.CALLING_BACK))
            .says("call-center", reached(TicketState.ARCHIVED, satisfaction("satisfied")));

    assertThat(life.state()).isEqualTo(TicketState.ARCHIVED);
    assertThat(life.events()).hasSize(8).noneMatch(TicketEvent::inferred);
    assertThat(life.ticket().content().resolution().action()).isEqualTo("更换接口板");
    assertThat(life.ticket().content().satisfaction()).isEqualTo("satisfied");
  }

  @Test
  void skippedStepsAreInferredAndWhatWasSaidBelongsToTheLast() {
    TicketLife life =
        TicketLife.at(TicketState.DISPATCHED)
            .says("fault-112", reached(TicketState.REPLIED, resolution("光缆中断", "熔接")));

    assertThat(life.newCodes()).containsExactly("accepted", "processing", "replied");
    assertThat(life.news()).extracting(TicketEvent::inferred).containsExactly(true, true, false);
    assertThat(life.news().get(0).detail().content()).isNull();
    assertThat(life.news().get(2).detail().content()).isEqualTo(resolution("光缆中断", "熔接"));
  }

  @Test
  void aSuspendedTicketResumesWhereItWas() {
    TicketLife life =
        TicketLife.at(TicketState.ESCALATED)
            .says("fault-112", suspended(SuspensionCause.CUSTOMER))
            .says("fault-112", reached(TicketState.ESCALATED));

    assertThat(life.newCodes()).containsExactly("resumed");
    assertThat(life.state()).isEqualTo(TicketState.ESCALATED);
    assertThat(life.ticket().progress().suspensionCause()).isNull();
    assertThat(life.ticket().progress().resumesTo()).isNull();
  }

  @Test
  void processingResumesATicketSuspendedBeforeTheWorkBegan() {
    TicketLife life =
        TicketLife.at(TicketState.ACCEPTED)
            .says("fault-112", suspended())
            .says("fault-112", reached(TicketState.PROCESSING));

    assertThat(life.newCodes()).containsExactly("resumed", "processing");
    assertThat(life.news()).extracting(TicketEvent::inferred).containsExactly(true, false);
  }

  @Test
  void aSuspensionWithoutACauseIsNotTheCustomers() {
    TicketLife life = TicketLife.at(TicketState.PROCESSING).says("fault-112", suspended());

    assertThat(life.ticket().progress().suspensionCause()).isEqualTo(SuspensionCause.OTHER);
  }

  @Test
  void aTransferGivesTheTicketAnotherOwner() {
    TicketLife life =
        TicketLife.at(TicketState.PROCESSING).says("fault-112", transferred("partner-hospital"));

    assertThat(life.newCodes()).containsExactly("transferred");
    assertThat(life.state()).isEqualTo(TicketState.DISPATCHED);
    assertThat(life.ticket().progress().owner()).isEqualTo("partner-hospital");
    assertThat(life.news().get(0).detail().transferredTo()).isEqualTo("partner-hospital");
  }

  @Test
  void aTransferOfATicketNotYetDispatchedInfersThePreDiagnosis() {
    TicketLife life = TicketLife.opened().says("fault-112", transferred("partner-hospital"));

    assertThat(life.newCodes()).containsExactly("pre-diagnosing", "transferred");
  }

  @Test
  void aTransferOfASuspendedTicketResumesItFirst() {
    TicketLife life =
        TicketLife.at(TicketState.SUSPENDED).says("fault-112", transferred("partner-hospital"));

    assertThat(life.newCodes()).containsExactly("resumed", "transferred");
    assertThat(life.ticket().progress().suspensionCause()).isNull();
  }

  @Test
  void aTransferToItsOwnerMovesNothingButKeepsTheRemark() {
    TicketLife life =
        TicketLife.at(TicketState.PROCESSING)
            .says("fault-112", transferred("partner-hospital"))
            .says("fault-112", transferred("partner-hospital"));

    assertThat(life.newCodes()).containsExactly("noted");
    assertThat(life.news().get(0).detail().note()).isEqualTo("换人处理");
  }

  @ParameterizedTest
  @EnumSource(
      value = TicketState.class,
      names = {"REPLIED", "CALLING_BACK", "ARCHIVED", "CANCELLED", "REJECTED"})
  void aTransferOfATicketThatIsDoneIsAConflict(TicketState done) {
    TicketLife life = TicketLife.at(done).says("fault-112", transferred("partner-hospital"));

    assertThat(life.newCodes()).containsExactly("conflict");
    assertThat(life.news().get(0).detail().transferredTo()).isEqualTo("partner-hospital");
    assertThat(life.state()).isEqualTo(done);
  }

  @Test
  void aTicketThatIsReturnedBelongsToNobodyUntilItIsDispatchedAgain() {
    TicketLife life =
        TicketLife.opened()
            .says("fault-112", transferred("partner-hospital"))
            .says("partner-hospital", reached(TicketState.PRE_DIAGNOSING, "非我方产品"));

    assertThat(life.newCodes()).containsExactly("returned");
    assertThat(life.ticket().progress().owner()).isNull();
  }

  @Test
  void aCustomerWhoIsNotSatisfiedReopensTheTicket() {
    TicketLife life =
        TicketLife.at(TicketState.CALLING_BACK)
            .says("call-center", reached(TicketState.DISPATCHED, satisfaction("unsatisfied")))
            .says("fault-112", reached(TicketState.REPLIED))
            .says("call-center", reached(TicketState.DISPATCHED));

    assertThat(life.newCodes()).containsExactly("calling-back", "reopened");
    assertThat(life.ticket().progress().reopenCount()).isEqualTo(2);
  }

  @Test
  void aTicketIsRejectedAsSoonAsItIsReceived() {
    assertThat(TicketLife.opened().says("call-center", reached(TicketState.REJECTED)).state())
        .isEqualTo(TicketState.REJECTED);
  }

  @Test
  void urgingAndRepeatedReportsAreCounted() {
    TicketLife life =
        TicketLife.at(TicketState.PROCESSING)
            .says("call-center", urged())
            .says("call-center", urged())
            .says("call-center", repeated());

    assertThat(life.ticket().progress().urgeCount()).isEqualTo(2);
    assertThat(life.ticket().progress().repeatCount()).isEqualTo(1);
    assertThat(life.newCodes()).containsExactly("repeated");
  }

  @Test
  void anUrgingOfAnArchivedTicketIsAConflictThatKeepsItsText() {
    TicketLife life = TicketLife.at(TicketState.ARCHIVED).says("call-center", urged());

    assertThat(life.newCodes()).containsExactly("conflict");
    assertThat(life.news().get(0).detail().note()).isEqualTo("客户催促");
    assertThat(life.ticket().progress().urgeCount()).isZero();
  }

  @Test
  void feedbackAndNotesChangeNoState() {
    TicketLife life =
        TicketLife.at(TicketState.PROCESSING)
            .says("fault-112", new Change.Feedback(KEY, null, "正在更换部件"));
    assertThat(life.newCodes()).containsExactly("feedback");

    life.says("crm-bss", new Change.Note(KEY, null, "客户为政企大客户"));
    assertThat(life.newCodes()).containsExactly("noted");
    assertThat(life.state()).isEqualTo(TicketState.PROCESSING);
  }

  @Test
  void workOnAnArchivedTicketIsAConflictThatKeepsWhatWasSaid() {
    TicketLife life =
        TicketLife.at(TicketState.ARCHIVED)
            .says("fault-112", reached(TicketState.REPLIED, resolution("光缆中断", "熔接")));

    TicketEvent conflict = life.news().get(0);
    assertThat(life.state()).isEqualTo(TicketState.ARCHIVED);
    assertThat(conflict.type()).isEqualTo(EventType.CONFLICT);
    assertThat(conflict.detail().requestedState()).isEqualTo(TicketState.REPLIED);
    assertThat(conflict.detail().reason()).contains("replied").contains("archived");
    assertThat(conflict.detail().content()).isEqualTo(resolution("光缆中断", "熔接"));
    assertThat(life.ticket().content().resolution()).isNull();
  }

  @Test
  void whatASystemSaidEarlierButArrivesLaterIsKeptWithoutEffect() {
    TicketLife life =
        TicketLife.at(TicketState.DISPATCHED)
            .says("fault-112", reached(TicketState.PROCESSING, START.plusSeconds(60)))
            .says("fault-112", reached(TicketState.ACCEPTED, START.plusSeconds(30)));

    assertThat(life.newCodes()).containsExactly("late");
    assertThat(life.state()).isEqualTo(TicketState.PROCESSING);
  }

  @Test
  void aTransferThatArrivesLateDoesNotTakeTheWorkAway() {
    TicketLife life =
        TicketLife.at(TicketState.DISPATCHED)
            .says("fault-112", reached(TicketState.PROCESSING, START.plusSeconds(60)))
            .says(
                "fault-112",
                new Change.Transfer(KEY, START.plusSeconds(30), "partner-hospital", "换人处理"));

    assertThat(life.newCodes()).containsExactly("late");
    assertThat(life.state()).isEqualTo(TicketState.PROCESSING);
    assertThat(life.news().get(0).detail().transferredTo()).isEqualTo("partner-hospital");
  }

  @Test
  void aStepBackInTheSameSecondIsLateBecauseClocksAreCoarse() {
    TicketLife life =
        TicketLife.at(TicketState.DISPATCHED)
            .says("fault-112", reached(TicketState.PROCESSING, START.plusSeconds(60)))
            .says("fault-112", reached(TicketState.ACCEPTED, START.plusSeconds(60)));

    assertThat(life.newCodes()).containsExactly("late");
  }

  @Test
  void theTimeOfOneSystemSaysNothingAboutAnother() {
    TicketLife life =
        TicketLife.at(TicketState.DISPATCHED)
            .says("fault-112", reached(TicketState.PROCESSING, START.plusSeconds(60)))
            .says("partner-hospital", reached(TicketState.REPLIED, START.plusSeconds(30)));

    assertThat(life.state()).isEqualTo(TicketState.REPLIED);
  }

  @Test
  void aClockFarAheadDoesNotSilenceItsSystemForGood() {
    TicketLife life =
        TicketLife.at(TicketState.DISPATCHED)
            .says("fault-112", reached(TicketState.ACCEPTED, START.plus(Duration.ofDays(9_000))));
    assertThat(life.news().get(0).occurredAt()).isEqualTo(life.now());

    life.says("fault-112", reached(TicketState.PROCESSING, START.plusSeconds(300)));

    assertThat(life.state()).isEqualTo(TicketState.PROCESSING);
  }

  @Test
  void aClockThatIsAMinuteFastIsBelieved() {
    TicketLife life = TicketLife.at(TicketState.DISPATCHED);
    life.says("fault-112", reached(TicketState.ACCEPTED, life.now().plusSeconds(120)));

    assertThat(life.news().get(0).occurredAt()).isEqualTo(life.now().plusSeconds(60));
  }

  @Test
  void theEchoOfAStateLeavesNoEvent() {
    TicketLife life =
        TicketLife.at(TicketState.PROCESSING)
            .says("partner-hospital", reached(TicketState.PROCESSING));

    assertThat(life.news()).isEmpty();
  }

  @Test
  void aRemarkThatCameWithAStateAlreadyReachedIsKept() {
    TicketLife life =
        TicketLife.at(TicketState.PROCESSING)
            .says("fault-112", reached(TicketState.PROCESSING, "工程师已到场"));

    assertThat(life.newCodes()).containsExactly("noted");
    assertThat(life.news().get(0).detail().note()).isEqualTo("工程师已到场");
  }

  @Test
  void aSecondCauseOfASuspensionIsKept() {
    TicketLife life =
        TicketLife.at(TicketState.SUSPENDED).says("fault-112", suspended(SuspensionCause.CUSTOMER));

    assertThat(life.newCodes()).containsExactly("noted");
    assertThat(life.news().get(0).detail().suspensionCause()).isEqualTo(SuspensionCause.CUSTOMER);
  }

  @Test
  void contentOfAStateAlreadyReachedIsAnUpdate() {
    TicketLife life =
        TicketLife.at(TicketState.REPLIED)
            .says("fault-112", reached(TicketState.REPLIED, resolution("光缆中断", "熔接")));

    assertThat(life.newCodes()).containsExactly("updated");
    assertThat(life.ticket().content().resolution().cause()).isEqualTo("光缆中断");
  }
}

package io.tickethub.routing;

import static io.tickethub.ticket.TicketLife.KEY;
import static io.tickethub.ticket.TicketLife.reached;
import static io.tickethub.ticket.TicketLife.title;
import static io.tickethub.ticket.TicketLife.transferred;
import static io.tickethub.ticket.TicketLife.update;
import static io.tickethub.ticket.TicketLife.urged;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.ticket.Change;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped rules of who must know, with the shipped product adapters. */
class RouterTest {

  @Test
  void whoReportsATicketLearnsItsNumberAndCrmIsAskedAndTold() {
    RoutedTicket ticket = RoutedTicket.opened("call-center", "digital-hospital");

    assertThat(ticket.told())
        .isEqualTo(
            Map.of(
                "call-center", List.of("registered"), "crm-bss", List.of("enrich", "introduced")));
  }

  @ParameterizedTest
  @CsvSource({
    "digital-hospital, partner-hospital",
    "transport, partner-transport",
    "campus-card, partner-campus-card",
    "government, fault-112",
    "general, fault-112"
  })
  void aDispatchedFaultIsItsPartnersOrElseTheFaultSystems(String productClass, String owner) {
    RoutedTicket ticket = RoutedTicket.at(TicketState.DISPATCHED, productClass);

    assertThat(ticket.ticket().progress().owner()).isEqualTo(owner);
    assertThat(ticket.told())
        .containsEntry(owner, List.of("introduced"))
        .containsEntry("fault-112", List.of("introduced"))
        .containsEntry("crm-bss", List.of("dispatched"))
        .doesNotContainKey("call-center");
    assertThat(ticket.participants())
        .containsExactlyInAnyOrderElementsOf(
            new TreeSet<>(List.of("call-center", "crm-bss", "fault-112", owner)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          accepted   | call-center fault-112
          processing | call-center fault-112
          escalated  | call-center fault-112
          suspended  | call-center fault-112
          replied    | call-center fault-112 crm-bss
          """)
  void progressOfAPartnerIsToldToTheCallCentreTheFaultSystemAndAtItsEndToCrm(
      String state, String systems) {
    RoutedTicket ticket = RoutedTicket.at(TicketState.DISPATCHED, "digital-hospital");

    ticket.says("partner-hospital", reached(TicketState.of(state)));

    assertThat(ticket.told()).containsOnlyKeys(systems.split(" "));
    assertThat(ticket.told().values())
        .allSatisfy(codes -> assertThat(codes).last().isEqualTo(state));
  }

  @Test
  void aTicketSolvedOnThePhoneNeverReachesTheFaultSystemOrAPartner() {
    RoutedTicket ticket =
        RoutedTicket.opened("call-center", "digital-hospital")
            .says("call-center", reached(TicketState.REPLIED))
            .says("call-center", reached(TicketState.ARCHIVED));

    assertThat(ticket.participants()).containsExactly("call-center", "crm-bss");
    assertThat(ticket.told()).containsOnlyKeys("crm-bss");
  }

  @Test
  void anInquiryConcernsItsOwnerAndNoFaultSystem() {
    RoutedTicket ticket =
        RoutedTicket.opened("call-center", report(TicketKind.INQUIRY, "digital-hospital"))
            .says("call-center", reached(TicketState.DISPATCHED));

    assertThat(ticket.ticket().progress().owner()).isEqualTo("support-centre");
    assertThat(ticket.participants()).doesNotContain("partner-hospital", "fault-112");
  }

  @Test
  void anAssessmentReportIsKnownToTheSupportCentreAndNobodyElse() {
    TicketContent report =
        new TicketContent(
            TicketKind.INSPECTION,
            "general",
            "服务质量评估通报",
            null,
            null,
            null,
            null,
            Map.of("productName", "服务质量评估通报", TicketContent.PURPOSE, "assessment"),
            null,
            null);
    RoutedTicket ticket =
        RoutedTicket.opened(
            "hub", new Change.Open(KEY, null, TicketState.DISPATCHED, report, null));

    assertThat(ticket.participants()).containsExactly("hub", "support-centre");
    assertThat(outcome(ticket, "crm-bss", "opened"))
        .isEqualTo("the ticket is like the rule's 'unless'");
  }

  @Test
  void nobodyIsToldWhatItSaidItself() {
    RoutedTicket ticket =
        RoutedTicket.at(TicketState.PROCESSING, "digital-hospital")
            .says("partner-hospital", reached(TicketState.REPLIED));

    assertThat(ticket.told()).doesNotContainKey("partner-hospital");
    assertThat(outcome(ticket, "partner-hospital", "replied")).isEqualTo("it said so itself");
  }

  @Test
  void urgingReachesWhoWorksOnTheTicket() {
    RoutedTicket ticket =
        RoutedTicket.at(TicketState.PROCESSING, "transport").says("call-center", urged());

    assertThat(ticket.told())
        .isEqualTo(Map.of("partner-transport", List.of("urged"), "fault-112", List.of("urged")));
  }

  @Test
  void aTransferIntroducesTheNewOwnerAndWithdrawsTheOld() {
    RoutedTicket ticket =
        RoutedTicket.at(TicketState.PROCESSING, "digital-hospital")
            .says("fault-112", transferred("partner-transport"));

    assertThat(ticket.told())
        .isEqualTo(
            Map.of(
                "partner-transport", List.of("introduced"),
                "partner-hospital", List.of("withdrawn"),
                "call-center", List.of("transferred")));
  }

  @Test
  void whoGivesATicketAwayIsNotToldThatItIsGone() {
    RoutedTicket ticket =
        RoutedTicket.at(TicketState.PROCESSING, "digital-hospital")
            .says("partner-hospital", transferred("partner-transport"));

    assertThat(ticket.told()).doesNotContainKey("partner-hospital");
    assertThat(ticket.participants()).doesNotContain("partner-hospital");
  }

  @Test
  void aReturnedTicketIsDispatchedToWhomeverItsCorrectedProductNames() {
    RoutedTicket ticket =
        RoutedTicket.at(TicketState.ACCEPTED, "digital-hospital")
            .says("partner-hospital", reached(TicketState.PRE_DIAGNOSING, "非我方产品"));
    assertThat(ticket.told()).containsEntry("call-center", List.of("returned"));

    ticket
        .says("call-center", update(product("transport")))
        .says("call-center", reached(TicketState.DISPATCHED));

    assertThat(ticket.ticket().progress().owner()).isEqualTo("partner-transport");
    assertThat(ticket.told())
        .containsEntry("partner-transport", List.of("introduced"))
        .containsEntry("fault-112", List.of("dispatched"));
  }

  @Test
  void aReturnedTicketThatIsDispatchedAgainReachesTheSameOwnerAgain() {
    RoutedTicket partners =
        RoutedTicket.at(TicketState.ACCEPTED, "digital-hospital")
            .says("partner-hospital", reached(TicketState.PRE_DIAGNOSING))
            .says("call-center", reached(TicketState.DISPATCHED));
    RoutedTicket faultSystems =
        RoutedTicket.at(TicketState.ACCEPTED, "general")
            .says("fault-112", reached(TicketState.PRE_DIAGNOSING))
            .says("call-center", reached(TicketState.DISPATCHED));

    assertThat(partners.told()).containsEntry("partner-hospital", List.of("introduced"));
    assertThat(faultSystems.told()).containsEntry("fault-112", List.of("dispatched"));
  }

  @Test
  void aProductCorrectedBeforeTheTicketIsAcceptedChangesTheOwner() {
    RoutedTicket ticket =
        RoutedTicket.at(TicketState.DISPATCHED, "general")
            .says("crm-bss", update(product("campus-card")));

    assertThat(ticket.ticket().progress().owner()).isEqualTo("partner-campus-card");
    assertThat(ticket.told()).containsEntry("partner-campus-card", List.of("introduced"));
  }

  @Test
  void aReopenedTicketReachesEverybodyWhoFollowedIt() {
    RoutedTicket ticket =
        RoutedTicket.at(TicketState.REPLIED, "digital-hospital")
            .says("call-center", reached(TicketState.CALLING_BACK))
            .says("call-center", reached(TicketState.DISPATCHED));

    assertThat(ticket.told())
        .isEqualTo(
            Map.of(
                "partner-hospital", List.of("reopened"),
                "fault-112", List.of("reopened"),
                "crm-bss", List.of("reopened")));
  }

  @Test
  void aTicketThatAppearsInTheMiddleOfItsLifeIsIntroducedBeforeItsNews() {
    RoutedTicket ticket =
        RoutedTicket.opened(
            "fault-112",
            new Change.Open(
                KEY, null, TicketState.PROCESSING, content(TicketKind.FAULT, "transport"), null));

    assertThat(ticket.told().get("partner-transport"))
        .startsWith("introduced")
        .last()
        .isEqualTo("processing");
    assertThat(ticket.told().get("call-center"))
        .startsWith("introduced")
        .last()
        .isEqualTo("processing");
  }

  @Test
  void introductionsWaitForCrmUntilItAnswers() {
    RoutedTicket ticket = RoutedTicket.opened("call-center", "general");
    assertThat(ticket.routing().told())
        .filteredOn(told -> told.code().equals(Told.INTRODUCED))
        .extracting(Told::holdBack)
        .containsOnly(Duration.ofSeconds(2));

    assertThat(ticket.says("crm-bss", update(title("宽带不通"))).ticket().awaitedUntil()).isEmpty();
  }

  @Test
  void anUpdateIsNotToldToASystemWhoseIntroductionWillCarryIt() {
    RoutedTicket ticket =
        RoutedTicket.at(TicketState.DISPATCHED, "digital-hospital")
            .whileWaiting("partner-hospital")
            .says("crm-bss", update(title("影像科PACS无法调阅")));

    assertThat(ticket.told()).containsOnlyKeys("call-center", "fault-112");
    assertThat(outcome(ticket, "partner-hospital", "updated"))
        .isEqualTo("its introduction, not yet sent, will carry it");
  }

  @Test
  void theExplanationNamesEverySystemThatWasConsideredAndWhy() {
    RoutedTicket ticket =
        RoutedTicket.at(TicketState.DISPATCHED, "general")
            .says("fault-112", reached(TicketState.ACCEPTED));

    assertThat(ticket.routing().considered())
        .extracting(Routing.Consideration::system)
        .contains("call-center", "fault-112", "crm-bss", "noc", "support-centre");
    assertThat(outcome(ticket, "noc", "accepted")).isEqualTo("fault-domain is null");
    assertThat(outcome(ticket, "call-center", "accepted")).isEqualTo("is told 'accepted'");
    assertThat(outcome(ticket, "crm-bss", "accepted")).isEqualTo("does not hear 'accepted'");
    assertThat(ticket.routing().considered())
        .allSatisfy(considered -> assertThat(considered.rule()).isNotBlank());
  }

  @Test
  void theExplanationSaysWhyARuleDidNotApply() {
    RoutedTicket ticket = RoutedTicket.opened("call-center", report(TicketKind.INQUIRY, "general"));

    assertThat(outcome(ticket, "fault-112", "opened")).isEqualTo("kind is inquiry");
  }

  private static String outcome(RoutedTicket ticket, String system, String event) {
    return ticket.routing().considered().stream()
        .filter(item -> item.system().equals(system) && item.event().equals(event))
        .findFirst()
        .orElseThrow()
        .outcome();
  }

  private static Change.Open report(TicketKind kind, String productClass) {
    return new Change.Open(KEY, null, null, content(kind, productClass), null);
  }

  private static TicketContent content(TicketKind kind, String productClass) {
    return new TicketContent(
        kind, productClass, "标题", null, null, null, null, Map.of(), null, null);
  }

  private static TicketContent product(String productClass) {
    return new TicketContent(
        null, productClass, null, null, null, null, null, Map.of(), null, null);
  }
}

package io.tickethub.routing;

import static io.tickethub.ticket.TicketLife.reached;
import static io.tickethub.ticket.TicketLife.resolution;
import static io.tickethub.ticket.TicketLife.satisfaction;
import static io.tickethub.ticket.TicketLife.transferred;
import static io.tickethub.ticket.TicketLife.update;
import static io.tickethub.ticket.TicketLife.urged;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.ticket.Change;
import io.tickethub.ticket.Customer;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketState;
import io.tickethub.ticket.Verdict.Decision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped rules of who may say what, with the shipped product adapters. */
class OwnershipTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          received     | call-center      | dispatched     | ACCEPT
          received     | call-center      | replied        | ACCEPT
          received     | partner-hospital | dispatched     | CONFLICT
          received     | partner-hospital | accepted       | CONFLICT
          received     | fault-112        | processing     | CONFLICT
          received     | partner-hospital | cancelled      | CONFLICT
          dispatched   | partner-hospital | accepted       | ACCEPT
          dispatched   | partner-hospital | replied        | ACCEPT
          dispatched   | partner-hospital | pre-diagnosing | ACCEPT
          dispatched   | fault-112        | pre-diagnosing | ACCEPT
          dispatched   | fault-112        | accepted       | IGNORE
          dispatched   | partner-transport| accepted       | IGNORE
          dispatched   | call-center      | processing     | IGNORE
          dispatched   | partner-transport| pre-diagnosing | CONFLICT
          dispatched   | call-center      | cancelled      | ACCEPT
          dispatched   | partner-hospital | cancelled      | CONFLICT
          processing   | partner-hospital | suspended      | ACCEPT
          processing   | partner-transport| suspended      | IGNORE
          processing   | partner-hospital | archived       | REQUEST
          processing   | fault-112        | dispatched     | ACCEPT
          replied      | call-center      | calling-back   | ACCEPT
          replied      | call-center      | archived       | ACCEPT
          replied      | call-center      | dispatched     | ACCEPT
          replied      | partner-hospital | archived       | REQUEST
          replied      | fault-112        | calling-back   | REQUEST
          replied      | partner-hospital | dispatched     | REQUEST
          """)
  void eachStateMayBeSaidByWhoTheRulesName(
      String now, String system, String said, Decision decision) {
    RoutedTicket ticket =
        now.equals("received")
            ? RoutedTicket.opened("call-center", "digital-hospital")
            : RoutedTicket.at(TicketState.of(now), "digital-hospital");

    Judgement judgement =
        ShippedRules.OWNERSHIP.judge(ticket.ticket(), reached(TicketState.of(said)), system);

    assertThat(judgement.verdict().decision()).isEqualTo(decision);
    assertThat(judgement.verdict().rule()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "partner-hospital, ACCEPT",
    "fault-112, ACCEPT",
    "partner-transport, CONFLICT",
    "crm-bss, CONFLICT"
  })
  void aTransferMayBeAskedForByTheFaultSystemAndTheOwner(String system, Decision decision) {
    RoutedTicket ticket = RoutedTicket.at(TicketState.PROCESSING, "digital-hospital");

    assertThat(
            ShippedRules.OWNERSHIP
                .judge(ticket.ticket(), transferred("partner-campus-card"), system)
                .verdict()
                .decision())
        .isEqualTo(decision);
  }

  @Test
  void whatNoRuleSpeaksOfIsAccepted() {
    RoutedTicket ticket = RoutedTicket.at(TicketState.PROCESSING, "digital-hospital");

    assertThat(ShippedRules.OWNERSHIP.judge(ticket.ticket(), urged(), "crm-bss").verdict())
        .satisfies(
            verdict -> {
              assertThat(verdict.decision()).isEqualTo(Decision.ACCEPT);
              assertThat(verdict.rule()).isEqualTo("no rule says otherwise");
            });
  }

  @Test
  void aWordOfASystemThatDoesNotWorkOnTheTicketIsKeptWithoutEffect() {
    RoutedTicket ticket =
        RoutedTicket.at(TicketState.ACCEPTED, "digital-hospital")
            .says("partner-transport", reached(TicketState.REPLIED, resolution("误报", "关闭")));

    assertThat(ticket.newCodes()).containsExactly("noted");
    assertThat(ticket.ticket().state()).isEqualTo(TicketState.ACCEPTED);
    assertThat(ticket.ticket().content().resolution()).isNull();
  }

  @Test
  void anArchivingThatAPartnerAsksForIsToldToTheCallCentre() {
    RoutedTicket ticket =
        RoutedTicket.at(TicketState.REPLIED, "digital-hospital")
            .says("partner-hospital", reached(TicketState.ARCHIVED));

    assertThat(ticket.newCodes()).containsExactly("requested");
    assertThat(ticket.told()).isEqualTo(Map.of("call-center", List.of("requested")));
  }

  @Test
  void fieldsASystemMayNotWriteAreLeftOutAndNamed() {
    RoutedTicket ticket = RoutedTicket.at(TicketState.PROCESSING, "digital-hospital");
    Change change = update(customer("李四").merge(satisfaction("satisfied")));

    Judgement judgement = ShippedRules.OWNERSHIP.judge(ticket.ticket(), change, "partner-hospital");

    assertThat(judgement.verdict().decision()).isEqualTo(Decision.ACCEPT);
    assertThat(((Change.Update) judgement.change()).content()).isEqualTo(TicketContent.EMPTY);
    assertThat(judgement.refused())
        .containsExactly(
            "partner-hospital may not write customer: CRM/BSS is the master of customers",
            "partner-hospital may not write satisfaction: satisfaction is asked by the call centre");
  }

  @Test
  void aSystemMayRepeatWhatItMayNotWrite() {
    RoutedTicket ticket =
        RoutedTicket.at(TicketState.PROCESSING, "digital-hospital")
            .says("crm-bss", update(customer("李四")));

    assertThat(
            ShippedRules.OWNERSHIP
                .judge(ticket.ticket(), update(customer("李四")), "partner-hospital")
                .refused())
        .isEmpty();
  }

  @Test
  void crmIsTheMasterOfCustomersAndTheOpenerKnowsItsOwn() {
    RoutedTicket ticket = RoutedTicket.at(TicketState.PROCESSING, "digital-hospital");

    ticket.says("call-center", update(customer("李四"))).says("crm-bss", update(customer("李四光")));

    assertThat(ticket.ticket().content().customer().name()).isEqualTo("李四光");
  }

  private static TicketContent customer(String name) {
    return new TicketContent(
        null,
        null,
        null,
        null,
        null,
        null,
        new Customer("C1", name, null, null, null, null, null, null),
        Map.of(),
        null,
        null);
  }
}

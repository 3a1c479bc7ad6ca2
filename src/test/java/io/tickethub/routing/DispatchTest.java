package io.tickethub.routing;

import static io.tickethub.ticket.TicketLife.KEY;
import static io.tickethub.ticket.TicketLife.reached;
import static io.tickethub.ticket.TicketLife.transferred;
import static io.tickethub.ticket.TicketLife.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.ticket.Change;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who works on which ticket, by the domain's tables of systems and of ticket kinds. */
class DispatchTest {

  @ParameterizedTest(name = "{0} fault of {1}: {2}")
  @CsvSource({
    "platform, digital-hospital, noc",
    "platform, general, noc",
    "network, government, noc",
    "network, general, noc",
    "access, general, support-centre",
    "access, campus-card, support-centre",
    "customer, general, support-centre",
    "customer, transport, support-centre",
    "product, digital-hospital, partner-hospital",
    "product, transport, partner-transport",
    "product, campus-card, partner-campus-card",
    "product, government, partner-government",
    "product, general, partner-general",
    ", government, fault-112",
    ", digital-hospital, partner-hospital",
    ", general, fault-112"
  })
  void aFaultIsDispatchedByItsDomain(String domain, String productClass, String owner) {
    RoutedTicket ticket = dispatched(TicketKind.FAULT, productClass, domain);

    assertThat(ticket.ticket().progress().owner()).isEqualTo(owner);
    assertThat(ticket.told()).containsEntry(owner, List.of("introduced"));
    assertThat(ticket.told()).containsEntry("fault-112", List.of("introduced"));
  }

  @ParameterizedTest(name = "{0} about {1}: {2}")
  @CsvSource({
    "complaint, digital-hospital, partner-hospital",
    "complaint, general, fault-112",
    "inquiry, digital-hospital, support-centre",
    "service-request, general, support-centre",
    "suggestion, general, support-centre",
    "inspection, government, support-centre",
    "pre-sales, general, customer-response",
    "field-work-order, general, field-service"
  })
  void everyKindOfTicketHasSomebodyWhoWorksOnIt(String kind, String productClass, String owner) {
    RoutedTicket ticket = dispatched(TicketKind.of(kind), productClass, null);

    assertThat(ticket.ticket().progress().owner()).isEqualTo(owner);
    assertThat(ticket.told()).containsEntry(owner, List.of("introduced"));
  }

  @Test
  void aFaultDomainFoundBeforeTheTicketIsAcceptedChangesTheOwner() {
    RoutedTicket ticket =
        dispatched(TicketKind.FAULT, "general", "access")
            .says("support-centre", update(domain("network")));

    assertThat(ticket.ticket().progress().owner()).isEqualTo("noc");
    assertThat(ticket.told()).containsEntry("noc", List.of("introduced"));
  }

  @Test
  void onceAcceptedAFaultStaysWithWhoWorksOnIt() {
    RoutedTicket ticket =
        dispatched(TicketKind.FAULT, "general", "access")
            .says("support-centre", reached(TicketState.ACCEPTED))
            .says("support-centre", update(domain("customer")));

    assertThat(ticket.ticket().progress().owner()).isEqualTo("support-centre");
  }

  @Test
  void aFaultDomainThatAnOutsiderNamesIsLeftOut() {
    RoutedTicket ticket =
        dispatched(TicketKind.FAULT, "general", "access")
            .says("crm-bss", update(domain("network")));

    assertThat(ticket.ticket().content().faultDomain()).isEqualTo("access");
    assertThat(ticket.ticket().progress().owner()).isEqualTo("support-centre");
  }

  @Test
  void whatTheSupportCentreCannotSolveIsASupportRequestToTheRegionalCompany() {
    RoutedTicket ticket = dispatched(TicketKind.FAULT, "general", "access");
    assertThat(ticket.told()).doesNotContainKey("noc");

    ticket
        .says("support-centre", reached(TicketState.PROCESSING))
        .says("support-centre", reached(TicketState.ESCALATED, "请区公司支援"));

    assertThat(ticket.ticket().progress().owner()).isEqualTo("support-centre");
    assertThat(ticket.told())
        .containsEntry("noc", List.of("introduced"))
        .containsEntry("call-center", List.of("escalated"))
        .doesNotContainKey("support-centre");
  }

  @Test
  void whatTheNocEscalatesIsToldToTheSupportCentre() {
    RoutedTicket ticket =
        dispatched(TicketKind.FAULT, "general", "network")
            .says("noc", reached(TicketState.PROCESSING))
            .says("noc", reached(TicketState.ESCALATED));

    assertThat(ticket.told()).containsEntry("support-centre", List.of("introduced"));
    assertThat(ticket.says("noc", reached(TicketState.REPLIED)).told())
        .containsEntry("support-centre", List.of("replied"));
  }

  @Test
  void theSupportCentreFollowsWhatItPassedOn() {
    RoutedTicket ticket =
        dispatched(TicketKind.FAULT, "general", "customer")
            .says("support-centre", transferred("field-service"));
    assertThat(ticket.told()).containsEntry("field-service", List.of("introduced"));

    ticket.says("field-service", reached(TicketState.REPLIED));

    assertThat(ticket.told().get("support-centre")).last().isEqualTo("replied");
  }

  @Test
  void whatWasPassedOnIsNotTakenBackByWhatIsLearnedLater() {
    RoutedTicket ticket =
        dispatched(TicketKind.FAULT, "general", "access")
            .says("support-centre", transferred("field-service"))
            .says("field-service", update(domain("customer")));

    assertThat(ticket.ticket().content().faultDomain()).isEqualTo("customer");
    assertThat(ticket.ticket().progress().owner()).isEqualTo("field-service");
    assertThat(ticket.told()).doesNotContainKey("field-service");
  }

  @Test
  void theCustomerIsToldByMessageAndStaffWhenThereIsSomethingToDo() {
    RoutedTicket ticket = dispatched(TicketKind.FAULT, "general", "access");
    assertThat(ticket.messages())
        .isEqualTo(
            Map.of(
                "messaging-ecp", List.of("dispatched"),
                "messaging-ecp-staff", List.of("introduced")));

    assertThat(ticket.says("support-centre", reached(TicketState.PROCESSING)).messages()).isEmpty();
    assertThat(ticket.says("support-centre", reached(TicketState.ESCALATED)).messages())
        .isEqualTo(Map.of("messaging-ecp-staff", List.of("escalated")));
    assertThat(ticket.says("support-centre", reached(TicketState.REPLIED)).messages())
        .isEqualTo(Map.of("messaging-ecp", List.of("replied")));
  }

  static RoutedTicket dispatched(TicketKind kind, String productClass, String domain) {
    TicketContent content =
        new TicketContent(
            kind, productClass, "专线中断", null, null, domain, null, Map.of(), null, null);
    return RoutedTicket.opened("call-center", new Change.Open(KEY, null, null, content, null))
        .says("call-center", reached(TicketState.DISPATCHED));
  }

  private static TicketContent domain(String domain) {
    return new TicketContent(null, null, null, null, null, domain, null, Map.of(), null, null);
  }
}

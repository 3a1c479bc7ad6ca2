package io.tickethub.routing;

import static io.tickethub.ticket.TicketLife.KEY;
import static io.tickethub.ticket.TicketLife.reached;
import static io.tickethub.ticket.TicketLife.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.ticket.Change;
import io.tickethub.ticket.Customer;
import io.tickethub.ticket.Resolution;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketLife;
import io.tickethub.ticket.TicketLinks.Related;
import io.tickethub.ticket.TicketState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The words of the life of a ticket, under the shipped rules. */
class LifeOfATicketTest {

  private static final Related PARENT = new Related(99, "TH99");
  private static final String OWNER = "partner-hospital";

  private final RoutedTicket processing =
      RoutedTicket.at(TicketState.PROCESSING, "digital-hospital");

  @Test
  void returned() {
    RoutedTicket accepted = RoutedTicket.at(TicketState.ACCEPTED, "digital-hospital");
    accepted.says(OWNER, reached(TicketState.PRE_DIAGNOSING));
    assertThat(accepted.newCodes()).containsExactly("returned");
    assertThat(accepted.told().get("call-center")).containsExactly("returned");
    assertThat(accepted.ticket().progress().owner()).isNull();
  }

  @Test
  void transferred() {
    processing.says(OWNER, new Change.Transfer(KEY, null, "noc", "a platform fault"));
    assertThat(processing.newCodes()).containsExactly("transferred");
    assertThat(processing.ticket().progress().owner()).isEqualTo("noc");
  }

  @Test
  void assignedMore() {
    processing.says("fault-112", assign("noc"));
    assertThat(processing.newCodes()).containsExactly("assigned");
    assertThat(processing.told().get("noc")).containsExactly("introduced");
    assertThat(processing.ticket().progress().owner()).isEqualTo(OWNER);
    assertThat(processing.ticket().links().assigned()).containsExactly("noc");

    processing.says("noc", reached(TicketState.ACCEPTED, "two people on the way"));
    assertThat(processing.newCodes()).containsExactly("feedback");
    assertThat(processing.told().get("call-center")).containsExactly("feedback");

    processing.says("noc", reached(TicketState.REPLIED));
    assertThat(processing.newCodes()).containsExactly("requested");
    assertThat(processing.told().get(OWNER)).containsExactly("requested");
    assertThat(processing.ticket().state()).isEqualTo(TicketState.PROCESSING);

    processing.says(OWNER, reached(TicketState.REPLIED));
    assertThat(processing.ticket().state()).isEqualTo(TicketState.REPLIED);
    assertThat(processing.told().get("noc")).containsExactly("replied");
  }

  @Test
  void whoDoesNotWorkOnATicketAssignsNobodyToIt() {
    processing.says("partner-transport", assign("noc"));
    assertThat(processing.newCodes()).containsExactly("conflict");
    assertThat(processing.ticket().links().assigned()).isEmpty();
  }

  @Test
  void assignedTwiceIsAssignedOnce() {
    processing.says("fault-112", assign("noc")).says(OWNER, assign("noc"));
    assertThat(processing.newCodes()).isEmpty();
  }

  @Test
  void aReturnedTicketHasNobodyAssigned() {
    RoutedTicket accepted =
        RoutedTicket.at(TicketState.ACCEPTED, "digital-hospital")
            .says("fault-112", assign("noc"))
            .says(OWNER, reached(TicketState.PRE_DIAGNOSING));
    assertThat(accepted.ticket().links().assigned()).isEmpty();
    assertThat(accepted.told().get("noc")).containsExactly("withdrawn");
  }

  @Test
  void suspensionOfTheWholeTicketIsToldToAllWhoWorkOnIt() {
    processing.says("fault-112", assign("noc")).says(OWNER, suspended());
    assertThat(processing.ticket().state()).isEqualTo(TicketState.SUSPENDED);
    assertThat(processing.told())
        .containsEntry("noc", List.of("suspended"))
        .containsEntry("fault-112", List.of("suspended"))
        .containsEntry("call-center", List.of("suspended"));

    processing.says(OWNER, reached(TicketState.PROCESSING));
    assertThat(processing.newCodes()).containsExactly("resumed");
    assertThat(processing.told().get("noc")).containsExactly("resumed");
  }

  @Test
  void whoWasAssignedMayNotSuspendTheWholeTicket() {
    processing.says("fault-112", assign("noc")).says("noc", suspended());
    assertThat(processing.newCodes()).containsExactly("requested");
    assertThat(processing.ticket().state()).isEqualTo(TicketState.PROCESSING);
  }

  @Test
  void urged() {
    processing.says("call-center", new Change.Urge(KEY, null, "again"));
    assertThat(processing.newCodes()).containsExactly("urged");
    assertThat(processing.told().get(OWNER)).containsExactly("urged");
  }

  @Test
  void firstResponseIsAnEventOnce() {
    processing.says(OWNER, new Change.FirstResponse(KEY, null, "we look into it"));
    assertThat(processing.newCodes()).containsExactly("first-response");
    assertThat(processing.told().get("call-center")).containsExactly("first-response");

    processing.says(OWNER, new Change.FirstResponse(KEY, null, "and again"));
    assertThat(processing.newCodes()).containsExactly("feedback");
  }

  @Test
  void callBackNotSatisfiedReopens() {
    processing
        .says(OWNER, reached(TicketState.REPLIED))
        .says("call-center", reached(TicketState.CALLING_BACK))
        .says("call-center", reached(TicketState.DISPATCHED));
    assertThat(processing.newCodes()).containsExactly("reopened");
    assertThat(processing.told().get(OWNER)).containsExactly("reopened");
    assertThat(processing.ticket().progress().reopenCount()).isEqualTo(1);
  }

  @Test
  void aChildIsDispatchedToNobodyUntilItLeavesItsParent() {
    RoutedTicket child =
        RoutedTicket.opened("call-center", "digital-hospital")
            .says("hub", new Change.Join(KEY, null, PARENT, true, null))
            .says("call-center", reached(TicketState.DISPATCHED));
    assertThat(child.ticket().state()).isEqualTo(TicketState.DISPATCHED);
    assertThat(child.ticket().progress().owner()).isNull();
    assertThat(child.told()).doesNotContainKeys(OWNER, "fault-112");

    child.says("hub", new Change.Leave(KEY, null, "another fault"));
    assertThat(child.ticket().progress().owner()).isEqualTo(OWNER);
    assertThat(child.told().get(OWNER)).containsExactly("introduced");
  }

  @Test
  void whoWorksOnATicketHearsThatItJoinsAParent() {
    processing.says("hub", new Change.Join(KEY, null, PARENT, true, null));
    assertThat(processing.newCodes()).containsExactly("joined");
    assertThat(processing.told().get(OWNER)).containsExactly("joined");
    assertThat(processing.told().get("call-center")).containsExactly("joined");
  }

  @Test
  void eachWordOfTheParentCountsOnceAndItsReplyIsTheChilds() {
    processing
        .says("hub", new Change.Join(KEY, null, PARENT, true, null))
        .says("hub", fromParent(4, "processing"));
    assertThat(processing.newCodes()).containsExactly("feedback");
    assertThat(processing.says("hub", fromParent(4, "processing")).newCodes()).isEmpty();

    processing.says("hub", fromParent(6, "replied"));
    assertThat(processing.newCodes()).containsExactly("replied");
    assertThat(processing.ticket().content().resolution().action()).isEqualTo("spliced");
    assertThat(processing.says("hub", fromParent(6, "replied")).newCodes()).isEmpty();
    assertThat(processing.says("hub", fromParent(5, "processing")).newCodes()).isEmpty();
  }

  @Test
  void aTicketThatIsRepliedIsNotGatheredAndAPersonIsToldWhy() {
    processing
        .says(OWNER, reached(TicketState.REPLIED))
        .says("hub", new Change.Join(KEY, null, PARENT, true, null));
    assertThat(processing.newCodes()).isEmpty();
    processing.says("hub", new Change.Join(KEY, null, PARENT, false, "same cable"));
    assertThat(processing.newCodes()).containsExactly("conflict");
  }

  @Test
  void reportsAreTheSameByWhatTheRulesName() {
    Repeats repeats = Repeats.read(Path.of("routes", "repeats.yaml"), ShippedRules.PRODUCTS);
    TicketContent report = TicketLife.content("digital-hospital");
    assertThat(repeats.keys(report, "call-center")).isEmpty();
    TicketContent known = report.merge(customer("C000123"));
    assertThat(repeats.keys(known, "call-center"))
        .isEqualTo(repeats.keys(report.merge(customer("ｃ０００123")), "partner-hospital"))
        .hasSize(1)
        .isNotEqualTo(repeats.keys(report.merge(customer("C000124")), "call-center"));
    assertThat(repeats.consider(report, "call-center"))
        .anySatisfy(rule -> assertThat(rule.mismatch()).contains("the report says no customer"));
  }

  private static TicketContent customer(String number) {
    return new TicketContent(
        null,
        null,
        null,
        null,
        null,
        null,
        new Customer(number, null, null, null, null, null, null, null),
        Map.of(),
        null,
        null);
  }

  private static Change assign(String to) {
    return new Change.Assign(KEY, null, to, null);
  }

  private static Change fromParent(int sequence, String code) {
    return new Change.FromParent(
        KEY, null, PARENT, sequence, code, new Resolution("cable cut", "spliced", null), null);
  }
}

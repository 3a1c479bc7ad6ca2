package io.tickethub.ticket;

import static io.tickethub.ticket.TicketLife.KEY;
import static io.tickethub.ticket.TicketLife.reached;
import static io.tickethub.ticket.TicketLife.resolution;
import static io.tickethub.ticket.TicketLife.title;
import static io.tickethub.ticket.TicketLife.transferred;
import static io.tickethub.ticket.TicketLife.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.ticket.Verdict.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a change that its system may not decide. */
class VerdictTest {

  @ParameterizedTest
  @CsvSource({"REQUEST,requested", "IGNORE,noted", "CONFLICT,conflict"})
  void aStateSaidWithoutTheRightIsKeptWithRuleStateAndText(Decision decision, String code) {
    TicketLife life =
        TicketLife.at(TicketState.REPLIED)
            .says(
                "partner-hospital",
                reached(TicketState.ARCHIVED, "请归档"),
                new Verdict(decision, "only the call centre archives"));

    assertThat(life.state()).isEqualTo(TicketState.REPLIED);
    assertThat(life.newCodes()).containsExactly(code);
    EventDetail kept = life.news().get(0).detail();
    assertThat(kept.reason()).isEqualTo("only the call centre archives");
    assertThat(kept.requestedState()).isEqualTo(TicketState.ARCHIVED);
    assertThat(kept.note()).isEqualTo("请归档");
  }

  @ParameterizedTest
  @CsvSource({"REQUEST", "IGNORE", "CONFLICT"})
  void contentSaidWithoutTheRightIsKeptWithoutEffect(Decision decision) {
    TicketLife life =
        TicketLife.at(TicketState.PROCESSING)
            .says(
                "partner-hospital",
                reached(TicketState.REPLIED, resolution("光缆中断", "熔接")),
                new Verdict(decision, "rule"));

    assertThat(life.ticket().content().resolution()).isNull();
    assertThat(life.news().get(0).detail().content()).isEqualTo(resolution("光缆中断", "熔接"));
  }

  @Test
  void anUpdateThatConflictsKeepsItsContentForThePersonWhoSettlesIt() {
    TicketLife life =
        TicketLife.opened()
            .says("crm-bss", update(title("另一故障")), new Verdict(Decision.CONFLICT, "two tickets"));

    assertThat(life.news().get(0).detail().content()).isEqualTo(title("另一故障"));
    assertThat(life.ticket().content().title()).isEqualTo("PACS无法调阅影像");
  }

  @Test
  void aTransferAskedForWithoutTheRightSaysToWhom() {
    TicketLife life =
        TicketLife.at(TicketState.PROCESSING)
            .says(
                "partner-hospital",
                transferred("partner-transport"),
                new Verdict(Decision.REQUEST, "rule"));

    assertThat(life.news().get(0).detail().transferredTo()).isEqualTo("partner-transport");
    assertThat(life.ticket().progress().owner()).isNull();
  }

  @Test
  void whatWasLeftOutOfAChangeIsNotedBesideIt() {
    TicketLife life =
        TicketLife.opened()
            .says("fault-112", update(title("新标题")), TicketLife.ACCEPT, "may not write customer");

    assertThat(life.newCodes()).containsExactly("updated", "noted");
    assertThat(life.news().get(1).detail().reason()).isEqualTo("may not write customer");
  }

  @Test
  void anIgnoredWordStillCountsForTheOrderOfWhatItsSystemSays() {
    TicketLife life =
        TicketLife.at(TicketState.PROCESSING)
            .says("fault-112", reached(TicketState.REPLIED), new Verdict(Decision.IGNORE, "rule"));

    assertThat(life.ticket().lastHeard()).containsEntry("fault-112", life.now());
    assertThat(life.says("fault-112", new Change.Note(KEY, null, "x")).ticket().version())
        .isEqualTo(life.events().size());
  }
}

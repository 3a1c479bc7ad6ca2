package io.tickethub.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.ticket.Applied;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.ChangeProcessor;
import io.tickethub.ticket.Origin;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketState;
import io.tickethub.ticket.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a message that gave up may still do when it is replayed. */
class NewerFactsTest {

  private static final TicketKey KEY = new TicketKey("T-1", null, Map.of(), null);
  private static final Instant START = Instant.parse("2026-01-05T01:00:00Z");
  private static final long REPLAYED = 5;

  private final List<TicketEvent> history = new ArrayList<>();
  private Ticket ticket;

  private static TicketContent content(TicketKind kind, String title, String region) {
    return new TicketContent(
        kind,
        kind == null ? null : "general",
        title,
        null,
        region,
        null,
        null,
        Map.of(),
        null,
        null);
  }

  private static Origin origin(long message) {
    return new Origin("desk", "newest", message, START.plusSeconds(message));
  }

  private void opened(long message) {
    keep(
        ChangeProcessor.open(
            1,
            "TH1",
            new Change.Open(
                KEY,
                null,
                TicketState.DISPATCHED,
                content(TicketKind.FAULT, "opened", "Yulin"),
                null),
            origin(message)));
  }

  private void said(long message, Change change) {
    keep(
        ChangeProcessor.apply(
            ticket,
            change,
            origin(message),
            new Verdict(Verdict.Decision.ACCEPT, "a test"),
            List.of()));
  }

  private void keep(Applied applied) {
    ticket = applied.ticket();
    history.addAll(applied.events());
  }

  private static Change.Update update(String title, String region) {
    return new Change.Update(KEY, null, content(null, title, region), "a note");
  }

  private static Change.StateChange reached(TicketState state) {
    return new Change.StateChange(KEY, null, state, null, null, null);
  }

  private boolean contradicted(Change change) {
    return NewerFacts.than(REPLAYED, history).contradict(change, ticket);
  }

  @Test
  void whatWasSaidBeforeItDoesNotStandInItsWay() {
    opened(1);
    said(2, update("before", null));
    said(3, reached(TicketState.ACCEPTED));

    assertThat(contradicted(update("replayed", "Nanning"))).isFalse();
    assertThat(contradicted(reached(TicketState.PROCESSING))).isFalse();
  }

  @Test
  void theReportThatOpenedTheTicketIsNoNewerWord() {
    opened(9);

    assertThat(contradicted(update("replayed", null))).isFalse();
    assertThat(contradicted(reached(TicketState.ACCEPTED))).isFalse();
  }

  @Test
  void fieldsThatWereGivenSinceStayAndTheOthersAreTaken() {
    opened(1);
    said(9, update("newer", null));
    Change.Update replayed = update("replayed", "Nanning");

    assertThat(contradicted(replayed)).isTrue();
    Change.Update harmless = NewerFacts.than(REPLAYED, history).harmless(replayed);
    assertThat(harmless.content()).isEqualTo(content(null, null, "Nanning"));
    assertThat(harmless.note()).isEqualTo("a note");
  }

  @Test
  void theSameWordAgainIsNoContradiction() {
    opened(1);
    said(9, update("newer", null));

    assertThat(contradicted(update("newer", "Nanning"))).isFalse();
  }

  @Test
  void aTicketThatWentOnIsNotMovedBack() {
    opened(1);
    said(9, reached(TicketState.PROCESSING));

    assertThat(contradicted(reached(TicketState.ACCEPTED))).isTrue();
    assertThat(contradicted(new Change.Transfer(KEY, null, "north", null))).isTrue();
    assertThat(contradicted(new Change.Note(KEY, null, "a remark"))).isFalse();
  }

  @Test
  void aStateThatComesWithAnOlderWordIsKeptWhole() {
    opened(1);
    said(9, update("newer", null));
    TicketContent older = content(null, "replayed", null);

    assertThat(
            contradicted(
                new Change.StateChange(KEY, null, TicketState.ACCEPTED, null, older, null)))
        .isTrue();
    assertThat(contradicted(reached(TicketState.ACCEPTED))).isFalse();
  }
}

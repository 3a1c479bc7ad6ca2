package io.tickethub.service;

import static io.tickethub.service.LimitedTicket.content;
import static io.tickethub.service.LimitedTicket.text;
import static io.tickethub.service.LimitedTicket.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.definition.DefinitionException;
import io.tickethub.product.ProductCatalog;
import io.tickethub.service.CallBacks.Settled;
import io.tickethub.ticket.Applied;
import io.tickethub.ticket.CallBackStep;
import io.tickethub.ticket.CallBackStep.Outcome;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.ChangeProcessor;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.Origin;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketState;
import io.tickethub.ticket.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Customers who cannot be reached, by the rules that are shipped. */
class CallBacksTest {

  private static final TicketKey KEY = new TicketKey("KF-1", null, Map.of(), null);
  private static final Verdict ACCEPT = new Verdict(Verdict.Decision.ACCEPT, "may say so");
  private static final ProductCatalog PRODUCTS =
      ProductCatalog.read(Path.of("connectors", "products"));

  private final CallBacks callBacks = read(Path.of("routes", "call-backs.yaml"));
  private final List<TicketEvent> events = new ArrayList<>();
  private Ticket ticket;

  private static CallBacks read(Path file) {
    return CallBacks.read(file, PRODUCTS, year -> {});
  }

  @Test
  void whoIsNotReachedIsCalledAgainAfterAPauseInWorkingTime() {
    replied("2026-09-29 15:00", TicketKind.FAULT, "general", null);
    notReached("2026-09-30 19:00");

    // One hour is left of that day; 1 to 7 October are holidays of 2026, the 8th is a Thursday.
    assertThat(text(settled("2026-09-30 19:00").timer().orElseThrow().next()))
        .isEqualTo("2026-10-08 12:00");
    assertThat(settled("2026-10-08 11:59").step()).isEmpty();
    assertThat(settled("2026-10-08 12:00").step().map(CallBackStep::outcome))
        .contains(Outcome.CALL_AGAIN);
  }

  @Test
  void theCallCentreIsToldOnceOfEachCall() {
    replied("2026-03-02 09:00", TicketKind.FAULT, "general", null);
    notReached("2026-03-02 10:00");
    take(settled("2026-03-02 18:00").step().orElseThrow(), "2026-03-02 18:00");

    assertThat(settled("2026-03-02 18:00").step()).isEmpty();
    assertThat(settled("2026-03-09 18:00").timer()).isEmpty();
    assertThat(codes()).endsWith("not-reached", "call-back-due");
  }

  @Test
  void afterTheLastCallTheTicketIsArchivedAndSaysWhy() {
    replied("2026-03-02 09:00", TicketKind.FAULT, "general", null);
    notReached("2026-03-02 10:00");
    notReached("2026-03-02 16:00");
    assertThat(settled("2026-03-02 16:00").step()).isEmpty();
    notReached("2026-03-03 10:00");

    CallBackStep last = settled("2026-03-03 10:00").step().orElseThrow();
    take(last, "2026-03-03 10:00");
    assertThat(ticket.state()).isEqualTo(TicketState.ARCHIVED);
    assertThat(events.get(events.size() - 1).detail().reason())
        .isEqualTo(
            "archived after the customer was called 3 times and not reached: every other customer"
                + " is called three times, then archived");
    assertThat(settled("2026-03-04 10:00")).isEqualTo(settled("2026-03-05 10:00"));
    assertThat(settled("2026-03-04 10:00").step()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLAINT, general, , 5, ASK, complaint desk",
    "FAULT, general, gold, 5, ASK, shift leader",
    "FAULT, government, , 4, ARCHIVE, archived",
    "FAULT, digital-hospital, , 4, ARCHIVE, archived",
    "INQUIRY, transport, , 3, ARCHIVE, archived"
  })
  void howOftenAndWhatThenIsByKindAndProductClassAndServiceLevel(
      TicketKind kind, String productClass, String level, int calls, Outcome outcome, String why) {
    replied("2026-03-02 09:00", kind, productClass, level);
    for (int call = 1; call < calls; call++) {
      notReached("2026-03-%02d 10:00".formatted(2 + call));
      assertThat(settled("2026-03-%02d 10:00".formatted(2 + call)).timer()).isPresent();
    }
    notReached("2026-03-10 10:00");

    CallBackStep step = settled("2026-03-10 10:00").step().orElseThrow();
    assertThat(step.outcome()).isEqualTo(outcome);
    assertThat(step.reason()).contains(why);
  }

  @Test
  void aPersonIsAskedOnce() {
    replied("2026-03-02 09:00", TicketKind.COMPLAINT, "general", null);
    for (int call = 1; call <= 5; call++) {
      notReached("2026-03-%02d 10:00".formatted(2 + call));
    }
    take(settled("2026-03-07 10:00").step().orElseThrow(), "2026-03-07 10:00");
    notReached("2026-03-09 10:00");

    assertThat(settled("2026-03-09 10:00").step()).isEmpty();
    assertThat(ticket.state()).isEqualTo(TicketState.CALLING_BACK);
  }

  @Test
  void whoIsNotSatisfiedIsCalledAsOftenAgainAfterTheNextReply() {
    replied("2026-03-02 09:00", TicketKind.FAULT, "general", null);
    notReached("2026-03-02 10:00");
    notReached("2026-03-02 16:00");
    reaches(TicketState.DISPATCHED, "2026-03-03 09:00");
    assertThat(events.get(events.size() - 1).type()).isEqualTo(EventType.REOPENED);
    assertThat(settled("2026-03-03 09:00").timer()).isEmpty();
    reaches(TicketState.REPLIED, "2026-03-04 09:00");
    notReached("2026-03-04 10:00");

    assertThat(settled("2026-03-04 10:00").timer().orElseThrow().step()).isEqualTo("call-2");
  }

  @Test
  void whoWasReachedIsNotCalledAgain() {
    replied("2026-03-02 09:00", TicketKind.FAULT, "general", null);
    notReached("2026-03-02 10:00");
    reaches(TicketState.ARCHIVED, "2026-03-02 11:00");

    assertThat(settled("2026-03-02 20:00")).isEqualTo(settled("2026-03-02 11:00"));
    assertThat(settled("2026-03-02 20:00").step()).isEmpty();
  }

  @Test
  void anAssessmentReportIsArchivedWhenItIsReplied() {
    replied(
        "2026-03-02 09:00",
        content(TicketKind.INSPECTION, "general", null, null, Map.of("hub.purpose", "assessment")),
        "hub");
    CallBackStep step = settled("2026-03-02 09:00").step().orElseThrow();
    assertThat(callBacks.concerns(null, ticket, events)).isTrue();
    take(step, "2026-03-02 09:00");

    assertThat(codes()).endsWith("replied", "calling-back", "archived");
    assertThat(settled("2026-03-02 10:00").step()).isEmpty();
  }

  @Test
  void aTicketOfACustomerIsNotArchivedWhenItIsReplied() {
    replied(
        "2026-03-02 09:00",
        content(TicketKind.INSPECTION, "general", null, null, Map.of("hub.purpose", "assessment")),
        "call-center");

    assertThat(settled("2026-03-02 09:00").step()).isEmpty();
  }

  @Test
  void aCallOfAnEarlierRoundThatIsToldLateIsNotCounted() {
    replied("2026-03-02 09:00", TicketKind.FAULT, "general", null);
    notReached("2026-03-02 10:00");
    says(new Change.NotReached(KEY, time("2026-03-02 09:30"), null), "2026-03-02 10:05");

    assertThat(codes()).endsWith("not-reached", "late");
  }

  @Test
  void itIsExplainedWhichCallIsDueWhenAndWhyAndWhatIsTheEnd() {
    replied("2026-09-29 15:00", TicketKind.FAULT, "general", null);
    notReached("2026-09-30 19:00");
    CallBackView view = explained("2026-10-01 09:00");

    assertThat(view.state()).isEqualTo("waiting");
    assertThat(view.says())
        .isEqualTo(
            "call 2 of 3 is due 2026-10-08 12:00, 4h of calling-hours after the last; if nobody"
                + " answers the last call, the hub archives the ticket by itself, at the earliest"
                + " 2026-10-08 18:00");
    assertThat(text(view.nextAt())).isEqualTo("2026-10-08 12:00");
    assertThat(text(view.earliestEnd())).isEqualTo("2026-10-08 18:00");
    assertThat(view.waits())
        .extracting(part -> text(part.from()) + " " + part.kind() + " " + part.minutes())
        .startsWith("2026-09-30 19:00 counted 60.0", "2026-09-30 20:00 outside-working-time 0.0");
    assertThat(view.waits().stream().mapToDouble(CallBackView.Stretch::minutes).sum())
        .isEqualTo(240);
    assertThat(view.others())
        .contains(
            new CallBackView.PassedOver(
                "who complained is called five times, then the complaint desk decides",
                "kind is fault"))
        .hasSize(4);
  }

  @Test
  void everyTryIsExplainedWithWhatCameOfItAlsoThoseBeforeTheTicketWasReopened() {
    replied("2026-03-02 09:00", TicketKind.FAULT, "general", null);
    notReached("2026-03-02 10:00");
    take(settled("2026-03-02 16:00").step().orElseThrow(), "2026-03-02 16:00");
    CallBackView called = explained("2026-03-02 16:30");
    reaches(TicketState.DISPATCHED, "2026-03-02 17:00");
    CallBackView reopened = explained("2026-03-02 17:00");
    reaches(TicketState.REPLIED, "2026-03-03 09:00");
    for (int call = 0; call < 3; call++) {
      notReached("2026-03-0%d 10:00".formatted(3 + call));
    }
    take(settled("2026-03-05 10:00").step().orElseThrow(), "2026-03-05 10:00");
    CallBackView ended = explained("2026-03-06 10:00");

    assertThat(called.state()).isEqualTo("to-call");
    assertThat(text(called.toldAt())).isEqualTo("2026-03-02 16:00");
    assertThat(called.says())
        .startsWith("call 2 of 3 is to be made now, due since 2026-03-02 16:00");
    assertThat(reopened.state()).isEqualTo("not-replied");
    assertThat(ended.state()).isEqualTo("ended");
    assertThat(text(ended.endedAt())).isEqualTo("2026-03-05 10:00");
    assertThat(ended.tries())
        .extracting(
            one -> "%d.%d %s %s".formatted(one.round(), one.call(), text(one.at()), one.outcome()))
        .containsExactly(
            "1.1 2026-03-02 10:00 not-reached",
            "1.2 2026-03-02 17:00 reopened",
            "2.1 2026-03-03 10:00 not-reached",
            "2.2 2026-03-04 10:00 not-reached",
            "2.3 2026-03-05 10:00 not-reached");
    assertThat(ended.tries().get(0).followed()).startsWith("call 2 of 3 is due");
    assertThat(ended.tries().get(4).followed())
        .startsWith("archived after the customer was called 3");
  }

  @Test
  void itIsExplainedThatAPersonDecidesAndSinceWhen() {
    replied("2026-03-02 09:00", TicketKind.COMPLAINT, "general", null);
    CallBackView first = explained("2026-03-02 09:00");
    for (int call = 1; call <= 5; call++) {
      notReached("2026-03-%02d 10:00".formatted(2 + call));
    }
    take(settled("2026-03-07 10:00").step().orElseThrow(), "2026-03-07 10:00");
    CallBackView asked = explained("2026-03-08 10:00");

    assertThat(first.state()).isEqualTo("to-call");
    assertThat(first.says())
        .startsWith(
            "call 1 of 5 is to be made now; if nobody answers the last, complaint desk decides");
    assertThat(asked.state()).isEqualTo("asked");
    assertThat(asked.who()).isEqualTo("complaint desk");
    assertThat(text(asked.endedAt())).isEqualTo("2026-03-07 10:00");
    assertThat(asked.nextCall()).isNull();
    assertThat(asked.says()).contains("called 5 times without reaching the customer");
  }

  @Test
  void whoIsReachedEndsTheCallsAndWithoutRulesTheCallCentreDecides(@TempDir Path none) {
    replied("2026-03-02 09:00", TicketKind.FAULT, "general", null);
    notReached("2026-03-02 10:00");
    reaches(TicketState.ARCHIVED, "2026-03-02 11:00");

    assertThat(explained("2026-03-02 12:00").says())
        .isEqualTo("archived by call-center; nobody is called any more");
    assertThat(explained("2026-03-02 12:00").tries())
        .extracting(CallBackView.Try::outcome)
        .containsExactly("not-reached", "archived");
    assertThat(
            new CallBackExplanation(
                    read(none.resolve("call-backs.yaml")), ticket, events, time("2026-03-02 12:00"))
                .view()
                .says())
        .isEqualTo("no rule counts for it: the call centre alone decides");
  }

  private CallBackView explained(String now) {
    return new CallBackExplanation(callBacks, ticket, events, time(now)).view();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          calls: 3                 | calls: 101            | 'calls' is from 0 to 100
          calendar: calling-hours  | calendar: nights      | there is no calendar 'nights'
          then: ask                | then: archive         | 'then: ask' and 'who' belong together
          pause: 4h                |                       | 'pause' is missing
          pause: 4h                | pause: soon           | 'soon' is no time
          """)
  void aSlipInTheRulesIsNamed(String right, String slip, String cause, @TempDir Path directory)
      throws IOException {
    String rules = Files.readString(Path.of("routes", "call-backs.yaml"));
    Path file = directory.resolve("call-backs.yaml");
    Files.writeString(
        file, rules.replaceFirst("(?s)(.*)" + right, "$1" + (slip == null ? "" : slip)));

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("call-backs.yaml, line ")
        .hasMessageContaining(cause);
  }

  private void replied(String at, TicketKind kind, String productClass, String level) {
    replied(at, content(kind, productClass, level, null, Map.of()), "call-center");
  }

  private void replied(String at, TicketContent content, String openedBy) {
    Change.Open report = new Change.Open(KEY, time(at), TicketState.REPLIED, content, null);
    take(ChangeProcessor.open(1, "TH1", report, new Origin(openedBy, "request", 7, time(at))));
  }

  private void notReached(String at) {
    says(new Change.NotReached(KEY, time(at), "nobody answers"), at);
  }

  private void reaches(TicketState state, String at) {
    says(new Change.StateChange(KEY, time(at), state, null, null, null), at);
  }

  private void says(Change change, String at) {
    take(ChangeProcessor.apply(ticket, change, origin(at), ACCEPT, List.of()));
  }

  private void take(CallBackStep step, String at) {
    take(ChangeProcessor.callBack(ticket, step, new Origin("hub", "call-backs", 7, time(at))));
  }

  private void take(Applied applied) {
    ticket = applied.ticket();
    events.addAll(applied.events());
  }

  private static Origin origin(String at) {
    return new Origin("call-center", "request", 7, time(at));
  }

  private Settled settled(String now) {
    return callBacks.settle(ticket, events, time(now));
  }

  private List<String> codes() {
    return events.stream().map(TicketEvent::code).toList();
  }
}

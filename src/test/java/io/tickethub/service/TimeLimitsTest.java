package io.tickethub.service;

import static io.tickethub.service.LimitedTicket.content;
import static io.tickethub.service.LimitedTicket.text;
import static io.tickethub.service.LimitedTicket.time;
import static io.tickethub.ticket.TicketState.ACCEPTED;
import static io.tickethub.ticket.TicketState.CALLING_BACK;
import static io.tickethub.ticket.TicketState.DISPATCHED;
import static io.tickethub.ticket.TicketState.PROCESSING;
import static io.tickethub.ticket.TicketState.REPLIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.service.ClockView.Segment;
import io.tickethub.ticket.SuspensionCause;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketTimer.Level;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The domain's table "Time limits", by the rules that are shipped, and what late news does. */
class TimeLimitsTest {

  private static final String REPAIR = "repair-by-service-level";

  private static TicketContent fault(String productClass, String level, String region) {
    return content(TicketKind.FAULT, productClass, level, region, Map.of());
  }

  @Test
  void preSalesIsSolvedIn3WorkingDaysAndALargeProjectIn5() {
    // The spring festival of 2026: 15 to 23 February off, 14 and 28 February worked on.
    TicketContent small = content(TicketKind.PRE_SALES, "general", null, null, Map.of());
    TicketContent large =
        content(TicketKind.PRE_SALES, "general", null, null, Map.of("projectSize", "large"));

    assertThat(LimitedTicket.opened("2026-02-13 15:00", small).due("pre-sales"))
        .isEqualTo("2026-02-25 15:00");
    assertThat(LimitedTicket.opened("2026-02-13 15:00", large).due("pre-sales-large-project"))
        .isEqualTo("2026-02-27 15:00");
    assertThat(LimitedTicket.opened("2026-02-13 15:00", large).due("pre-sales")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"港口区, statutory-repair-city, 48", "江平镇, statutory-repair-countryside, 72"})
  void statutoryRepairIs48HoursInTheCityAnd72InTheCountryside(
      String region, String limit, int hours) {
    LimitedTicket ticket = LimitedTicket.opened("2026-05-01 09:00", fault("general", null, region));

    assertThat(ticket.settled("2026-05-01 09:00").timers().get(limit).target())
        .isEqualTo(time("2026-05-01 09:00").plusSeconds(hours * 3600L));
  }

  @Test
  void aComplaintIsAnsweredIn15Days() {
    TicketContent complaint = content(TicketKind.COMPLAINT, "general", null, null, Map.of());

    LimitedTicket ticket = LimitedTicket.opened("2026-09-20 10:00", complaint);
    assertThat(ticket.due("complaint-answer")).isEqualTo("2026-10-05 10:00");
    ticket.settle("2026-09-20 10:00");
    assertThat(text(ticket.ticket().dueAt())).isEqualTo("2026-10-05 10:00");
  }

  @Test
  void topLevelCustomersGetAFirstFeedbackIn30MinutesThenHourly() {
    LimitedTicket ticket = LimitedTicket.opened("2026-03-02 09:00", fault("general", "gold", "x"));
    assertThat(ticket.due("top-level-feedback")).isEqualTo("2026-03-02 09:30");

    ticket.feedback("fault-112", "2026-03-02 09:20");
    assertThat(ticket.due("top-level-feedback")).isEqualTo("2026-03-02 10:20");
    assertThat(ticket.settle("2026-03-02 10:21"))
        .containsExactly("top-level-feedback limit-breached 2026-03-02 10:20");

    ticket.feedback("fault-112", "2026-03-02 10:40");
    assertThat(ticket.due("top-level-feedback")).isEqualTo("2026-03-02 11:40");
    assertThat(ticket.settle("2026-03-02 11:41"))
        .contains("top-level-feedback limit-breached 2026-03-02 11:40");
    assertThat(
            LimitedTicket.opened("2026-03-02 09:00", fault("general", "silver", "x"))
                .due("top-level-feedback"))
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "digital-hospital, gold, 4",
    "government, silver, 8",
    "general, silver, 24",
    "transport, , 48"
  })
  void repairIsDueByServiceLevelAndProductClass(String product, String level, int hours) {
    LimitedTicket ticket = LimitedTicket.opened("2026-01-05 09:00", fault(product, level, "x"));
    ticket.settle("2026-01-05 09:00");

    assertThat(ticket.ticket().timers().get(REPAIR).target())
        .isEqualTo(time("2026-01-05 09:00").plusSeconds(hours * 3600L));
    assertThat(ticket.ticket().dueAt()).isEqualTo(ticket.ticket().timers().get(REPAIR).target());
  }

  @Test
  void suspensionStopsTheClockForCustomerCauseAndNoOther() {
    LimitedTicket ticket =
        LimitedTicket.opened("2026-01-05 09:00", fault("government", "gold", "x"))
            .reaches(PROCESSING, "fault-112", "2026-01-05 10:00")
            .suspended(SuspensionCause.OTHER, "fault-112", "2026-01-05 10:00")
            .reaches(PROCESSING, "fault-112", "2026-01-05 11:00")
            .suspended(SuspensionCause.CUSTOMER, "fault-112", "2026-01-05 11:30");

    assertThat(ticket.settle("2026-01-05 20:00"))
        .contains(REPAIR + " limit-warned 2026-01-05 11:00")
        .noneMatch(notice -> notice.contains("breached") && notice.startsWith(REPAIR));
    assertThat(ticket.ticket().timers().get(REPAIR).next()).isNull();

    ticket.reaches(PROCESSING, "fault-112", "2026-01-05 20:30");
    assertThat(ticket.due(REPAIR)).isEqualTo("2026-01-05 22:00");
    assertThat(ticket.segments(REPAIR, "2026-01-05 20:45"))
        .extracting(Segment::kind)
        .contains("paused");
  }

  @Test
  void aProductClassNobodyKnowsHasTheStatutoryLimitOnly() {
    LimitedTicket ticket = LimitedTicket.opened("2026-01-05 09:00", fault("telepathy", "x", "x"));

    assertThat(ticket.settled("2026-01-05 09:00").timers())
        .containsOnlyKeys("statutory-repair-city");
    assertThat(ticket.explained("2026-01-05 09:00").others())
        .contains(new ClockExplanation.Other(REPAIR, "the product class 'telepathy' sets none"));
  }

  @Test
  void aBetterServiceLevelShortensTheTime() {
    LimitedTicket ticket = LimitedTicket.opened("2026-01-05 09:00", fault("general", null, "x"));
    assertThat(ticket.due(REPAIR)).isEqualTo("2026-01-07 09:00");

    ticket.level("gold", "2026-01-05 09:01");
    assertThat(ticket.due(REPAIR)).isEqualTo("2026-01-05 17:00");
  }

  @Test
  void stepsHappenOnceEachInTheirOrder() {
    LimitedTicket ticket =
        LimitedTicket.opened("2026-01-05 09:00", fault("government", "gold", "x"));

    assertThat(ticket.settle("2026-01-05 11:00"))
        .contains(REPAIR + " limit-warned 2026-01-05 11:00");
    assertThat(ticket.settle("2026-01-05 11:00")).isEmpty();
    assertThat(ticket.settle("2026-01-05 13:00"))
        .containsExactly(
            REPAIR + " limit-breached 2026-01-05 13:00",
            REPAIR + " limit-escalated 2026-01-05 13:00");
    assertThat(ticket.ticket().timers().get(REPAIR).level()).isEqualTo(Level.BREACHED);
    assertThat(ticket.ticket().timers().get(REPAIR).step()).isEqualTo("escalation-2");
    assertThat(ticket.settle("2026-01-05 17:00"))
        .filteredOn(notice -> notice.startsWith(REPAIR))
        .containsExactly(
            REPAIR + " limit-escalated 2026-01-05 15:00",
            REPAIR + " limit-escalated 2026-01-05 17:00");
    assertThat(ticket.ticket().timers().get(REPAIR).next()).isNull();
  }

  @Test
  void whoeverRepliesAtTheLastMomentIsInTime() {
    LimitedTicket ticket =
        LimitedTicket.opened("2026-01-05 09:00", fault("government", "gold", "x"))
            .reaches(REPLIED, "fault-112", "2026-01-05 13:00");

    assertThat(ticket.settle("2026-01-06 00:00")).noneMatch(text -> text.startsWith(REPAIR));
    assertThat(ticket.ticket().timers()).isEmpty();
  }

  @Test
  void aReplyThatCameTooLateIsABreachEvenIfNoTimerFired() {
    LimitedTicket ticket =
        LimitedTicket.opened("2026-01-05 09:00", fault("government", "gold", "x"))
            .reaches(REPLIED, "fault-112", "2026-01-05 13:01");

    assertThat(ticket.settle("2026-01-05 13:01"))
        .contains(REPAIR + " limit-breached 2026-01-05 13:00")
        .noneMatch(text -> text.contains("escalated") || text.startsWith(REPAIR + " limit-warned"));
  }

  @Test
  void aBreachThatWasWrongIsWithdrawnAndCanComeAgain() {
    LimitedTicket ticket =
        LimitedTicket.opened("2026-01-05 09:00", fault("government", "gold", "x"))
            .reaches(PROCESSING, "fault-112", "2026-01-05 10:00");
    ticket.settle("2026-01-05 13:00");

    ticket.reaches(REPLIED, "fault-112", "2026-01-05 12:50", "2026-01-05 14:00");
    assertThat(ticket.settle("2026-01-05 14:00"))
        .containsExactly(REPAIR + " breach-withdrawn 2026-01-05 14:00");
    assertThat(ticket.settle("2026-01-05 14:00")).isEmpty();

    ticket
        .reaches(CALLING_BACK, "call-center", "2026-01-05 15:00")
        .reaches(DISPATCHED, "call-center", "2026-01-05 16:00");
    assertThat(ticket.settle("2026-01-05 16:11"))
        .contains(REPAIR + " limit-breached 2026-01-05 16:10");
    assertThat(ticket.notices(REPAIR))
        .extracting(notice -> notice.type().code())
        .containsSubsequence("limit-breached", "breach-withdrawn", "limit-breached");
  }

  @Test
  void aBreachByALimitThatDoesNotCountAnyMoreIsWithdrawn() {
    LimitedTicket ticket = LimitedTicket.opened("2026-01-05 09:00", fault("general", "gold", "x"));
    ticket.settle("2026-01-05 09:31");
    ticket.level("silver", "2026-01-05 09:40");

    assertThat(ticket.settle("2026-01-05 09:40"))
        .containsExactly("top-level-feedback breach-withdrawn 2026-01-05 09:40");
    assertThat(ticket.notices("top-level-feedback"))
        .last()
        .satisfies(
            notice -> {
              assertThat(notice.cause()).contains("service-level is silver");
              assertThat(notice.titles()).containsEntry("zh", "最高等级客户首次反馈与定时反馈");
            });
  }

  @Test
  void theCauseSaysWhoHadItWhatItWaitedForAndWhoWasSilent() {
    LimitedTicket ticket =
        LimitedTicket.opened("2026-01-05 09:00", fault("government", "gold", "x"))
            .reaches(DISPATCHED, "call-center", "2026-01-05 10:00")
            .reaches(ACCEPTED, "fault-112", "2026-01-05 10:10")
            .reaches(PROCESSING, "fault-112", "2026-01-05 10:10")
            .suspended(SuspensionCause.OTHER, "fault-112", "2026-01-05 12:00");
    ticket.settle("2026-01-05 13:00");

    assertThat(ticket.notices(REPAIR))
        .filteredOn(notice -> notice.type().code().equals("limit-breached"))
        .singleElement()
        .satisfies(
            notice ->
                assertThat(notice.cause())
                    .contains("4 h were used up at 2026-01-05 13:00")
                    .contains("call-center had it 1 h, fault-112 had it 3 h")
                    .contains("suspended for 1 h for a cause that does not pause it")
                    .contains("fault-112 was silent since 2026-01-05 12:00"));
  }

  @Test
  void aYearWithoutHolidaysIsProvisionalAndSaysSo() {
    TicketContent preSales = content(TicketKind.PRE_SALES, "general", null, null, Map.of());
    LimitedTicket ticket = LimitedTicket.opened("2022-09-30 15:00", preSales);

    // Plain weekdays: the national holidays of October 2022 are not known.
    assertThat(ticket.due("pre-sales")).isEqualTo("2022-10-05 15:00");
    assertThat(ticket.settled("2022-09-30 15:00").timers().get("pre-sales").provisional()).isTrue();
    assertThat(ticket.unknownYears()).containsExactly(2022);
    assertThat(ticket.clock("pre-sales", "2022-09-30 15:00").provisional()).containsExactly(2022);
  }

  @Test
  void aClockThatWasSetBackWithdrawsNothing() {
    LimitedTicket ticket =
        LimitedTicket.opened("2026-01-05 09:00", fault("government", "gold", "x"));
    ticket.settle("2026-02-05 09:00");

    assertThat(ticket.settle("2026-01-05 09:30")).isEmpty();
    assertThat(ticket.ticket().timers().get(REPAIR).level()).isEqualTo(Level.BREACHED);
  }

  @Test
  void everyMinuteIsExplainedWithoutAGap() {
    TicketContent preSales = content(TicketKind.PRE_SALES, "general", null, null, Map.of());
    LimitedTicket ticket =
        LimitedTicket.opened("2026-02-13 15:00", preSales)
            .reaches(PROCESSING, "crm-bss", "2026-02-14 10:00")
            .suspended(SuspensionCause.CUSTOMER, "crm-bss", "2026-02-24 10:00")
            .reaches(PROCESSING, "crm-bss", "2026-02-25 10:00");
    List<Segment> segments = ticket.segments("pre-sales", "2026-02-25 12:00");

    assertThat(segments.get(0).from()).isEqualTo(time("2026-02-13 15:00"));
    assertThat(segments.get(segments.size() - 1).until()).isEqualTo(time("2026-02-25 12:00"));
    for (int i = 1; i < segments.size(); i++) {
      assertThat(segments.get(i).from()).isEqualTo(segments.get(i - 1).until());
    }
    assertThat(segments).extracting(Segment::kind).contains("outside-working-time", "paused");
    assertThat(segments)
        .extracting(Segment::why)
        .anyMatch(why -> why.contains("make-up day"))
        .anyMatch(why -> why.contains("春节, holiday"));
    assertThat(segments.stream().mapToDouble(Segment::minutes).sum())
        .isEqualTo((9 + 24 + 10 + 2) * 60.0);
    assertThat(ticket.clock("pre-sales", "2026-02-25 12:00").usedMinutes())
        .isEqualTo((9 + 24 + 10 + 2) * 60L);
  }
}

package io.tickethub.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.service.Counting.Piece;
import io.tickethub.service.TimeLimits.Settled;
import io.tickethub.ticket.SuspensionCause;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds of counted time whatever the ticket, the zone and the year. */
class LimitPropertiesTest {

  private static final Holidays HOLIDAYS = Holidays.read(Path.of("routes", "calendars"));

  @Provide
  Arbitrary<Counting> countings() {
    Arbitrary<ZoneId> zones =
        Arbitraries.of("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
            .map(ZoneId::of);
    Arbitrary<List<Hours>> hours =
        Arbitraries.of(
            List.of(),
            List.of(Hours.of("09:00-12:00"), Hours.of("14:00-18:00")),
            List.of(Hours.of("00:00-24:00")),
            List.of(Hours.of("01:30-03:30")));
    return zones.flatMap(zone -> hours.map(part -> new WorkingTime(HOLIDAYS, part, zone)));
  }

  @Provide
  Arbitrary<Instant> instants() {
    return Arbitraries.longs()
        .between(
            Instant.parse("2019-12-01T00:00:00Z").getEpochSecond(),
            Instant.parse("2027-02-01T00:00:00Z").getEpochSecond())
        .map(Instant::ofEpochSecond);
  }

  @Property(tries = 300)
  void countedTimeAddsUpAndNeverGoesBack(
      @ForAll("countings") Counting counting,
      @ForAll("instants") Instant from,
      @ForAll @IntRange(max = 3_000_000) int first,
      @ForAll @IntRange(max = 3_000_000) int second) {
    Instant middle = from.plusSeconds(first);
    Instant until = middle.plusSeconds(second);

    assertThat(counting.between(from, middle)).isGreaterThanOrEqualTo(Duration.ZERO);
    assertThat(counting.between(from, middle).plus(counting.between(middle, until)))
        .isEqualTo(counting.between(from, until));
  }

  @Property(tries = 300)
  void anAmountIsUsedUpWhenSoMuchIsCounted(
      @ForAll("countings") Counting counting,
      @ForAll("instants") Instant from,
      @ForAll @IntRange(min = 1, max = 2_000_000) int seconds) {
    Instant target = counting.after(from, Duration.ofSeconds(seconds));

    assertThat(counting.between(from, target).minusSeconds(seconds).abs())
        .isLessThan(Duration.ofMillis(5));
    assertThat(counting.after(from, Duration.ofSeconds(seconds + 60L))).isAfter(target);
  }

  @Property(tries = 300)
  void workingTimeIsNeverOnAHolidayAndPiecesLeaveNoGap(
      @ForAll("countings") Counting counting,
      @ForAll("instants") Instant from,
      @ForAll @IntRange(min = 1, max = 3_000_000) int seconds) {
    Instant until = from.plusSeconds(seconds);
    Duration counted = Duration.ZERO;
    Instant last = from;
    for (Piece piece : counting.pieces(from, until)) {
      assertThat(piece.from()).isEqualTo(last);
      last = piece.until();
      if (piece.counts()) {
        counted = counted.plus(counting.between(piece.from(), piece.until()));
        assertThat(piece.why()).doesNotContain("holiday").doesNotContain("weekend");
      } else {
        assertThat(counting.between(piece.from(), piece.until())).isZero();
      }
    }
    assertThat(last).isEqualTo(until);
    assertThat(counted).isEqualTo(counting.between(from, until));
  }

  @Property(tries = 200)
  void makeUpDaysAreWorkedOnAndHolidaysAreNot(@ForAll @IntRange(max = 364) int day) {
    LocalDate date = LocalDate.ofYearDay(2026, day + 1);
    Counting counting = new WorkingTime(HOLIDAYS, List.of(), LimitedTicket.ZONE);
    Instant start = date.atStartOfDay(LimitedTicket.ZONE).toInstant();

    assertThat(counting.between(start, start.plus(Duration.ofDays(1))))
        .isEqualTo(HOLIDAYS.isWorkingDay(date) ? Duration.ofDays(1) : Duration.ZERO);
  }

  @Property(tries = 100)
  void aPauseMovesTheTargetByItsLengthAndNothingIsRecordedTwice(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 600) Integer> minutes,
      @ForAll SuspensionCause cause) {
    LimitedTicket ticket =
        LimitedTicket.opened(
            "2026-01-05 09:00",
            LimitedTicket.content(TicketKind.FAULT, "general", null, "x", Map.of()));
    Instant at = LimitedTicket.time("2026-01-05 09:10");
    Duration paused = Duration.ZERO;
    ticket.reaches(TicketState.PROCESSING, "fault-112", LimitedTicket.text(at));
    for (int pause : minutes) {
      ticket.suspended(cause, "fault-112", LimitedTicket.text(at));
      ticket.settle(LimitedTicket.text(at));
      at = at.plus(Duration.ofMinutes(pause));
      paused = paused.plusMinutes(pause);
      ticket.reaches(TicketState.PROCESSING, "fault-112", LimitedTicket.text(at));
      ticket.settle(LimitedTicket.text(at));
      at = at.plus(Duration.ofMinutes(7));
    }
    boolean pauses = cause == SuspensionCause.CUSTOMER;
    Settled settled = ticket.settled(LimitedTicket.text(at));

    assertThat(settled.notices()).isEmpty();
    assertThat(settled.timers().get("repair-by-service-level").target())
        .isEqualTo(
            LimitedTicket.time("2026-01-05 09:00")
                .plus(Duration.ofHours(48))
                .plus(pauses ? paused : Duration.ZERO));
  }
}

package io.tickethub.service;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A time limit on a ticket, explained.
 *
 * @param counts what time counts: elapsed, or working time by a calendar
 * @param state not-started, runs, paused, stopped or answered
 * @param startedAt when the period began that counts now; null if it has not started
 * @param target when its time is, or was, used up; as if it went on at once where it does not run
 * @param usedMinutes of the period that counts now
 * @param remainingMinutes negative: so much too late
 * @param provisional years whose holidays are not known
 */
public record ClockView(
    String limit,
    Map<String, String> titles,
    String source,
    String measures,
    String basis,
    String counts,
    String amount,
    String state,
    Instant startedAt,
    Instant target,
    Long usedMinutes,
    Long remainingMinutes,
    String breach,
    List<Integer> provisional,
    List<StepView> steps,
    List<Segment> segments) {

  /**
   * Something that was, is or may be to come.
   *
   * @param at when; null if, as things are, never
   * @param recordedAt when the hub recorded it; null if it did not
   */
  public record StepView(
      String step, String event, double fraction, Instant at, Instant recordedAt, String cause) {}

  /**
   * A stretch of time; they follow each other without a gap, from the start to now or the end.
   *
   * @param kind counted, outside-working-time, paused or stopped
   * @param minutes of it that were used
   * @param standing the ticket's state
   * @param owner who had the ticket
   */
  public record Segment(
      Instant from,
      Instant until,
      String kind,
      double minutes,
      String standing,
      String owner,
      String why) {}
}

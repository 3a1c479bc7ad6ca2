package io.tickethub.service;

import java.time.Instant;
import java.util.List;

/**
 * The call-backs of a ticket, explained.
 *
 * @param rule the one that counts for it; null if none does: then the call centre alone decides
 * @param calls how often the customer is called at most; 0: nobody is called
 * @param pause from a call without an answer to the next; null if there is one call at most
 * @param counts what time of the pause counts: elapsed, or working time by a calendar
 * @param then what follows the last call without an answer: archive or ask
 * @param who decides; null unless {@code then} is ask
 * @param state no-rule, not-replied, to-call, waiting, to-end, asked or ended
 * @param unanswered calls since the ticket was last replied
 * @param nextCall its number; null if none is to come
 * @param nextAt when it is due; null if none is to come, or it is the first
 * @param toldAt when the call centre was told of it; null if it was not
 * @param timerAt when the hub looks at the ticket again by itself; null if it does not
 * @param earliestEnd when {@code then} follows if every call to come is made as soon as it is due,
 *     and nobody answers; null if it cannot be said
 * @param endedAt when {@code then} followed, or the ticket was closed; null if neither was
 * @param provisional years whose holidays are not known
 * @param says the above in a sentence, in the local time of the rules
 * @param tries in order, those before the ticket was reopened too
 * @param waits the pause that runs now, without a gap
 * @param others the rules that do not count
 */
public record CallBackView(
    String rule,
    Integer calls,
    String pause,
    String counts,
    String then,
    String who,
    String state,
    int unanswered,
    Integer nextCall,
    Instant nextAt,
    Instant toldAt,
    Instant timerAt,
    Instant earliestEnd,
    Instant endedAt,
    List<Integer> provisional,
    String says,
    List<Try> tries,
    List<Stretch> waits,
    List<PassedOver> others) {

  /**
   * A call.
   *
   * @param round 1, or 1 + how often the ticket had been replied again
   * @param call its number in the round
   * @param outcome not-reached, or what became of the ticket: archived, reopened
   * @param followed what the rules came to after it; null if nothing yet
   * @param followedAt when
   */
  public record Try(
      int round, int call, Instant at, String outcome, String followed, Instant followedAt) {

    Try followedBy(String reason, Instant when) {
      return new Try(round, call, at, outcome, reason, when);
    }
  }

  /**
   * A part of the pause.
   *
   * @param kind counted or outside-working-time
   * @param minutes of the pause that were used up in it
   */
  public record Stretch(Instant from, Instant until, String kind, double minutes, String why) {}

  /** A rule that does not count. */
  public record PassedOver(String rule, String why) {}
}

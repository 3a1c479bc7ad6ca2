package io.tickethub.assessment;

import java.util.List;

/**
 * What one partner's work on one ticket came to. Times are in seconds.
 *
 * @param partner the connector of the system that worked on it
 * @param responses from each dispatch to the partner's first word of work; steps that nobody said
 *     have no time
 * @param repairs from each dispatch to the reply, as far as the ticket's limit counts the time
 * @param replies how often the partner replied (回单)
 * @param reopened how often a reply of the partner was followed by a reopening
 * @param satisfied answers to call-backs after the partner's replies
 * @param unsatisfied the same; a reopening after the call-back is one
 * @param breaches time limits that were breached, and still are, while the partner had the ticket
 * @param returned how often the partner gave it back (退单)
 */
public record Work(
    String partner,
    List<Long> responses,
    List<Long> repairs,
    int replies,
    int reopened,
    int satisfied,
    int unsatisfied,
    int breaches,
    int returned) {

  /** The fault was gone at the first reply. */
  boolean isFirstTimeFix() {
    return replies == 1 && reopened == 0 && returned == 0;
  }
}

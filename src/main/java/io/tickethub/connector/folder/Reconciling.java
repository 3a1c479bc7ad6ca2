package io.tickethub.connector.folder;

import java.util.Optional;

/**
 * How a system's list of tickets is had and compared, ready for use.
 *
 * @param form what the manifest says of it
 * @param list whose mapping gives a list, not changes
 * @param ask empty if the system gives its list by itself
 */
public record Reconciling(Reconcile form, InboundChannel list, Optional<OutboundChannel> ask) {

  /** The list is the answer to the question. */
  public boolean isAnswered() {
    return list.form().route() == null;
  }
}

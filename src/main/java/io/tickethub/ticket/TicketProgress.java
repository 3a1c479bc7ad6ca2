package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Where a ticket stands in its life.
 *
 * @param resumesTo the state a suspended ticket goes back to; null unless suspended
 * @param suspensionCause null unless suspended
 * @param owner the connector whose system works on the ticket; null before it is dispatched
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TicketProgress(
    TicketState state,
    TicketState resumesTo,
    SuspensionCause suspensionCause,
    String owner,
    int urgeCount,
    int repeatCount,
    int reopenCount) {

  static final TicketProgress START =
      new TicketProgress(TicketState.RECEIVED, null, null, null, 0, 0, 0);

  TicketProgress at(TicketState next) {
    return new TicketProgress(next, null, null, owner, urgeCount, repeatCount, reopenCount);
  }

  TicketProgress suspended(SuspensionCause cause) {
    return new TicketProgress(
        TicketState.SUSPENDED, state, cause, owner, urgeCount, repeatCount, reopenCount);
  }

  TicketProgress ownedBy(String newOwner) {
    return new TicketProgress(
        state, resumesTo, suspensionCause, newOwner, urgeCount, repeatCount, reopenCount);
  }

  TicketProgress urged() {
    return new TicketProgress(
        state, resumesTo, suspensionCause, owner, urgeCount + 1, repeatCount, reopenCount);
  }

  TicketProgress repeated() {
    return new TicketProgress(
        state, resumesTo, suspensionCause, owner, urgeCount, repeatCount + 1, reopenCount);
  }

  TicketProgress reopened() {
    return new TicketProgress(
        TicketState.DISPATCHED, null, null, owner, urgeCount, repeatCount, reopenCount + 1);
  }
}

package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What an event carries beyond its type. Every component may be null.
 *
 * @param content the fields it changed
 * @param note the free text that came with it
 * @param transferredTo the new owner
 * @param requestedState the state a system asked for without owning it
 * @param reason why the hub did not simply apply what was said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventDetail(
    TicketContent content,
    String note,
    SuspensionCause suspensionCause,
    String transferredTo,
    TicketState requestedState,
    String reason) {

  public static final EventDetail NONE = new EventDetail(null, null, null, null, null, null);

  static EventDetail note(String note) {
    return note == null ? NONE : new EventDetail(null, note, null, null, null, null);
  }

  static EventDetail content(TicketContent content, String note) {
    return new EventDetail(content, note, null, null, null, null);
  }

  static EventDetail reason(String reason, TicketState requested, String note) {
    return new EventDetail(null, note, null, null, requested, reason);
  }
}

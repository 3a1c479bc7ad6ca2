package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What an event carries beyond its type. Every component may be null.
 *
 * @param content the fields it changed, or was to change
 * @param note the free text that came with it
 * @param transferredTo the new owner, or who was to be it
 * @param requestedState the state a system spoke of without effect
 * @param reason why the hub did not simply apply what was said or says something again, or what a
 *     time limit came to
 * @param limit what a time limit came to
 * @param told who is told what again
 * @param assignedTo who works on the ticket beside its owner, or was to
 * @param related the hub's number of the ticket it joined, left, follows or heard from; of a
 *     repeated report, the number under which it came
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventDetail(
    TicketContent content,
    String note,
    SuspensionCause suspensionCause,
    String transferredTo,
    TicketState requestedState,
    String reason,
    LimitNotice limit,
    Told told,
    String assignedTo,
    String related) {

  /** What one system is told. */
  public record Told(String system, String code) {}

  public static final EventDetail NONE = new EventDetail(null, null, null, null, null, null);

  EventDetail(
      TicketContent content,
      String note,
      SuspensionCause suspensionCause,
      String transferredTo,
      TicketState requestedState,
      String reason) {
    this(
        content,
        note,
        suspensionCause,
        transferredTo,
        requestedState,
        reason,
        null,
        null,
        null,
        null);
  }

  static EventDetail note(String note) {
    return note == null ? NONE : new EventDetail(null, note, null, null, null, null);
  }

  static EventDetail content(TicketContent content, String note) {
    return new EventDetail(content, note, null, null, null, null);
  }

  static EventDetail reason(String reason) {
    return new EventDetail(null, null, null, null, null, reason);
  }

  static EventDetail limit(LimitNotice notice) {
    return new EventDetail(
        null, null, null, null, null, notice.sentence(), notice, null, null, null);
  }

  static EventDetail told(Told told, String reason) {
    return new EventDetail(null, null, null, null, null, reason, null, told, null, null);
  }

  static EventDetail assigned(String to, String note, String reason) {
    return new EventDetail(null, note, null, null, null, reason, null, null, to, null);
  }

  static EventDetail related(String number, String note, String reason) {
    return related(number, null, note, reason);
  }

  static EventDetail related(String number, TicketContent content, String note, String reason) {
    return new EventDetail(content, note, null, null, null, reason, null, null, null, number);
  }

  /** All that a change says, for whoever has to decide about it. */
  static EventDetail kept(String reason, Change change) {
    if (change instanceof Change.StateChange to) {
      return new EventDetail(
          to.content(), to.note(), to.suspensionCause(), null, to.state(), reason);
    }
    if (change instanceof Change.Transfer transfer) {
      return new EventDetail(null, transfer.note(), null, transfer.to(), null, reason);
    }
    if (change instanceof Change.Assign assign) {
      return assigned(assign.to(), assign.note(), reason);
    }
    if (change instanceof Change.Join join) {
      return related(join.parent().number(), join.note(), reason);
    }
    TicketContent content = change instanceof Change.Update update ? update.content() : null;
    return new EventDetail(content, change.note(), null, null, null, reason);
  }
}

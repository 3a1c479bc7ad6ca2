package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What happened to a ticket. Rules and manifests name events by {@link TicketEvent#code()}. */
public enum EventType {
  OPENED("opened"),
  STATE_CHANGED("state-changed"),
  RESUMED("resumed"),
  RETURNED("returned"),
  REOPENED("reopened"),
  TRANSFERRED("transferred"),
  UPDATED("updated"),
  URGED("urged"),
  FEEDBACK("feedback"),
  REPEATED("repeated"),
  /** Another system works on it beside the owner (加派). */
  ASSIGNED("assigned"),
  /** The first word about the work (首次回应). */
  FIRST_RESPONSE("first-response"),
  /** From now on a mass fault's ticket is worked on for this one, too. */
  JOINED("joined"),
  /** It is worked on by itself again. */
  LEFT("left"),
  /** The customer could not be reached when called back (未接通). */
  NOT_REACHED("not-reached"),
  /** The customer is to be called back again. */
  CALL_BACK_DUE("call-back-due"),
  /** The customer was called back as often as the rules say; a person decides. */
  CALL_BACKS_ENDED("call-backs-ended"),
  NOTED("noted"),
  REQUESTED("requested"),
  LATE("late"),
  CONFLICT("conflict"),
  LIMIT_WARNED("limit-warned"),
  LIMIT_BREACHED("limit-breached"),
  LIMIT_ESCALATED("limit-escalated"),
  BREACH_WITHDRAWN("breach-withdrawn"),
  /** A system that thought otherwise is told again where the ticket stands. */
  RECONCILED("reconciled");

  private final String code;

  EventType(String code) {
    this.code = code;
  }

  @JsonValue
  public String code() {
    return code;
  }

  @JsonCreator
  public static EventType of(String code) {
    return Codes.find(values(), EventType::code, code, "event type");
  }
}

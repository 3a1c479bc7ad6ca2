package io.tickethub.kit.rehearsal;

import com.fasterxml.jackson.annotation.JsonValue;

/** What can differ between the running connector and the changed one. */
public enum Kind {
  /** A message that is taken now would be refused. */
  REJECTED("would-be-rejected"),
  /** A message that is refused now would be taken. */
  ACCEPTED("would-be-accepted"),
  /** A message is refused either way, for another reason. */
  REASON("other-rejection"),
  /** A message has another id: a second copy of an old one would be taken for a new one. */
  MESSAGE_ID("message-id"),
  /** A message has the new id of another one: it would be taken for a repetition. */
  REPETITION("taken-for-repetition"),
  /** A message means something else. */
  CHANGE("change"),
  /** A message would be about another ticket. */
  OTHER_TICKET("other-ticket"),
  /** A ticket would stand elsewhere in its life, or not be there. */
  STATE("state"),
  /** A ticket would say something else. */
  TICKET("ticket"),
  /** A ticket would have another history. */
  HISTORY("history"),
  /** A system would be told more or less. */
  DELIVERY("delivery"),
  /** The system would be told the same in other bytes. */
  SENT("sent");

  private final String code;

  Kind(String code) {
    this.code = code;
  }

  @JsonValue
  public String code() {
    return code;
  }
}

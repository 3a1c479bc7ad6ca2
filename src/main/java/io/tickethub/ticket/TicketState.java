package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The states of a ticket's life, as the domain's table "Life of a ticket" names them. */
public enum TicketState {
  RECEIVED("received", "受理", 0),
  PRE_DIAGNOSING("pre-diagnosing", "预处理", 1),
  DISPATCHED("dispatched", "派单", 2),
  ACCEPTED("accepted", "接单", 3),
  PROCESSING("processing", "处理", 4),
  ESCALATED("escalated", "升级", 4),
  SUSPENDED("suspended", "挂起", 4),
  REPLIED("replied", "回单", 5),
  CALLING_BACK("calling-back", "回访", 6),
  ARCHIVED("archived", "归档", 7),
  REJECTED("rejected", "不予受理", 7),
  CANCELLED("cancelled", "撤单", 7);

  private final String code;
  private final String chinese;
  private final int rank;

  TicketState(String code, String chinese, int rank) {
    this.code = code;
    this.chinese = chinese;
    this.rank = rank;
  }

  @JsonValue
  public String code() {
    return code;
  }

  public String chinese() {
    return chinese;
  }

  /**
   * How far along its life a ticket in this state is; states that stand for the same distance share
   * a rank.
   */
  int rank() {
    return rank;
  }

  /** No further work is expected: the ticket is archived, rejected or cancelled. */
  public boolean isFinal() {
    return rank == 7;
  }

  @JsonCreator
  public static TicketState of(String code) {
    return Codes.find(values(), TicketState::code, code, "ticket state");
  }
}

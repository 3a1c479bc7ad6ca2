package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a ticket is about, as the domain's list "Ticket kinds" names it. */
public enum TicketKind {
  FAULT("fault", "故障申告"),
  COMPLAINT("complaint", "投诉"),
  INQUIRY("inquiry", "咨询"),
  SERVICE_REQUEST("service-request", "业务受理"),
  SUGGESTION("suggestion", "建议"),
  PRE_SALES("pre-sales", "售前支撑"),
  FIELD_WORK_ORDER("field-work-order", "装维工单"),
  INSPECTION("inspection", "巡检走访");

  private final String code;
  private final String chinese;

  TicketKind(String code, String chinese) {
    this.code = code;
    this.chinese = chinese;
  }

  @JsonValue
  public String code() {
    return code;
  }

  public String chinese() {
    return chinese;
  }

  @JsonCreator
  public static TicketKind of(String code) {
    return Codes.find(values(), TicketKind::code, code, "ticket kind");
  }
}

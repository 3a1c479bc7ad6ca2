package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Who made a ticket wait. It decides the TMF621 status of a suspended ticket and whether it may be
 * cancelled.
 */
public enum SuspensionCause {
  CUSTOMER("customer"),
  OTHER("other");

  private final String code;

  SuspensionCause(String code) {
    this.code = code;
  }

  @JsonValue
  public String code() {
    return code;
  }

  @JsonCreator
  public static SuspensionCause of(String code) {
    return Codes.find(values(), SuspensionCause::code, code, "suspension cause");
  }
}

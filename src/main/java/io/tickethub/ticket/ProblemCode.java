package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What can be wrong with something a system sent. Each says who acts: the sender, or an engineer of
 * the connector.
 */
public enum ProblemCode {
  TOO_LARGE("too-large"),
  TOO_DEEP("too-deep"),
  TOO_MANY("too-many"),
  UNAUTHENTICATED("unauthenticated"),
  FORBIDDEN("forbidden"),
  UNDECODABLE("undecodable"),
  MALFORMED("malformed"),
  SCHEMA("schema"),
  COLUMN_COUNT("column-count"),
  HEADER("header"),
  REPEATED_KEY("repeated-key"),
  REPEATED_ID("repeated-id"),
  MISSING_FIELD("missing-field"),
  UNKNOWN_CODE("unknown-code"),
  INVALID_VALUE("invalid-value"),
  UNKNOWN_TICKET("unknown-ticket"),
  FILE_NAME("file-name"),
  MAPPING("mapping"),
  INTERNAL("internal");

  private final String code;

  ProblemCode(String code) {
    this.code = code;
  }

  @JsonValue
  public String code() {
    return code;
  }

  @JsonCreator
  public static ProblemCode of(String code) {
    return Codes.find(values(), ProblemCode::code, code, "problem code");
  }
}

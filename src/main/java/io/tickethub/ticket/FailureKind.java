package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What kind of failure a delivery met: who acts, and when. */
public enum FailureKind {
  /** It may succeed later without anybody doing anything. */
  TEMPORARY("temporary"),
  /** It will fail again until a person mends the message or the mapping. */
  PERMANENT("permanent"),
  /** The hub is not let in: nothing will succeed until a person mends the credentials. */
  CREDENTIAL("credential");

  private final String code;

  FailureKind(String code) {
    this.code = code;
  }

  @JsonValue
  public String code() {
    return code;
  }

  @JsonCreator
  public static FailureKind of(String code) {
    return Codes.find(values(), FailureKind::code, code, "kind of failure");
  }
}

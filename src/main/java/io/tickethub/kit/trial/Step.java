package io.tickethub.kit.trial;

import com.fasterxml.jackson.annotation.JsonValue;

/** The steps of a message, in their order. */
public enum Step {
  RECEIVED("received"),
  DECODED("decoded"),
  PARSED("parsed"),
  VALIDATED("validated"),
  MAPPED("mapped"),
  CHECKED("checked");

  private final String word;

  Step(String word) {
    this.word = word;
  }

  @JsonValue
  public String word() {
    return word;
  }
}

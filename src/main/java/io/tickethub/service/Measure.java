package io.tickethub.service;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a time limit measures. */
public enum Measure {
  /** Until the fault is repaired. */
  REPAIR,
  /** Until the customer has an answer. */
  ANSWER,
  /** Until the customer has a solution. */
  SOLUTION,
  /** Until somebody says the first word about the work. */
  @JsonProperty("first-response")
  FIRST_RESPONSE,
  /** From one word about the work to the next. */
  FEEDBACK;

  /** The ticket is due when this is. */
  boolean endsTheWork() {
    return this == REPAIR || this == ANSWER || this == SOLUTION;
  }
}

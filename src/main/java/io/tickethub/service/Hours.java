package io.tickethub.service;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;

/** Working hours, such as {@code 09:00-12:00}; {@code 24:00} is the end of the day. */
record Hours(LocalTime from, LocalTime until) {

  Hours {
    if (!until.isAfter(from)) {
      throw new IllegalArgumentException("working hours end after they begin: " + from);
    }
  }

  @JsonCreator
  static Hours of(String text) {
    String[] parts = text.split("-", -1);
    try {
      if (parts.length == 2) {
        return new Hours(
            LocalTime.parse(parts[0]),
            parts[1].equals("24:00") ? LocalTime.MAX : LocalTime.parse(parts[1]));
      }
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("'%s' are no hours: write 09:00-12:00".formatted(text), e);
    }
    throw new IllegalArgumentException("'%s' are no hours: write 09:00-12:00".formatted(text));
  }

  @Override
  @JsonValue
  public String toString() {
    return from + "-" + (until.equals(LocalTime.MAX) ? "24:00" : until);
  }
}

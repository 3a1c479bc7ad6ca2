package io.tickethub.service;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalTime;

/** Working hours, such as {@code 09:00-12:00}; {@code 24:00} is the end of the day. */
public record Hours(LocalTime from, LocalTime until) {

  /** What hours look like. */
  public static final String PATTERN =
      "([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)";

  public Hours {
    if (!until.isAfter(from)) {
      throw new IllegalArgumentException("working hours end after they begin: " + from);
    }
  }

  @JsonCreator
  static Hours of(String text) {
    if (!text.matches(PATTERN)) {
      throw new IllegalArgumentException("'%s' are no hours: write 09:00-12:00".formatted(text));
    }
    String until = text.substring(6);
    return new Hours(
        LocalTime.parse(text.substring(0, 5)),
        until.equals("24:00") ? LocalTime.MAX : LocalTime.parse(until));
  }

  @Override
  @JsonValue
  public String toString() {
    return from + "-" + (until.equals(LocalTime.MAX) ? "24:00" : until);
  }
}

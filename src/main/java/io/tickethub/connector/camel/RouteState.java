package io.tickethub.connector.camel;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** How a person wants a route to be. */
public enum RouteState {
  STARTED,
  /** It takes nothing, but stays connected to its system. */
  PAUSED,
  /** It takes nothing new; once what is in flight and what waited is told, it is stopped. */
  DRAINING,
  /** It takes nothing and is not connected to its system. */
  STOPPED;

  /** As it is written in the database, in the interface and on pages. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static RouteState of(String text) {
    return Arrays.stream(values())
        .filter(state -> state.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no route is '%s'".formatted(text)));
  }
}

package io.tickethub.connector;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a connector is.
 *
 * @param titles by language; empty if the manifest cannot be read
 * @param cause why it does not run, or runs on with what its folder held before: file, line and
 *     cause; null if all is well
 * @param routes the ids of its routes
 * @param inbound the names of its channels from the system
 * @param outbound the names of its channels to the system
 * @param version the kept version that runs; null if none does or it could not be kept
 */
public record ConnectorStatus(
    String name,
    Map<String, String> titles,
    State state,
    String cause,
    Instant since,
    List<String> routes,
    List<String> inbound,
    List<String> outbound,
    Integer version) {

  static final String SWITCHED_OFF = "switched off by ";

  /** A person has switched it off; it can be switched on again. */
  public boolean switchedOff() {
    return state == State.DISABLED && cause != null && cause.startsWith(SWITCHED_OFF);
  }

  /** The same connector, with something to say of it; null takes that back. */
  ConnectorStatus saying(String said) {
    return new ConnectorStatus(
        name, titles, state, said, since, routes, inbound, outbound, version);
  }

  /** The states of a connector. */
  public enum State {
    RUNNING,
    /** Its folder is wrong, or its routes do not start. */
    FAILED,
    /** A setting is missing. */
    UNCONFIGURED,
    /** The operator left it out. */
    DISABLED;

    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

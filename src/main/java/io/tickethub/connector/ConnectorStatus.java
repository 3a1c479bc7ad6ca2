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
 * @param cause why it does not run: file, line and cause; null if it runs
 * @param routes the ids of its routes
 * @param inbound the names of its channels from the system
 * @param outbound the names of its channels to the system
 */
public record ConnectorStatus(
    String name,
    Map<String, String> titles,
    State state,
    String cause,
    Instant since,
    List<String> routes,
    List<String> inbound,
    List<String> outbound) {

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

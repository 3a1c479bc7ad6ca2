package io.tickethub.intake;

/** What the pipeline has to know of the connectors that are there. */
public interface ConnectorDirectory {

  /** Whether a system can be told something. */
  enum Telling {
    /** A channel of the connector carries it. */
    CARRIED,
    /** The connector has no channel for it. */
    NOT_CARRIED,
    /** The connector is there but does not run; what it has to tell waits. */
    WAITS,
    /** There is no such connector. */
    UNKNOWN
  }

  Telling telling(String connector, String code);
}

package io.tickethub.routing;

import java.time.Duration;

/**
 * One thing that one system must be told.
 *
 * @param system a connector's name
 * @param sequence of the event
 * @param code by which the connector's manifest chooses the channel: an event's code, or one of the
 *     constants here
 * @param rule the name of the rule that decided
 * @param holdBack how long to hold it back for an enrichment; zero for not at all
 */
public record Told(String system, int sequence, String code, String rule, Duration holdBack) {

  /** To the system that reported a ticket: the hub's number of it. */
  public static final String REGISTERED = "registered";

  /** To a system that must know of the ticket from now on. */
  public static final String INTRODUCED = "introduced";

  /** To a system that has no more to do with the ticket. */
  public static final String WITHDRAWN = "withdrawn";

  /** By which a system is told again what it should know. */
  static final String RECONCILED_RULE = "a reconciliation found that the system thinks otherwise";

  /** To a system that is asked for the customer or product. */
  public static final String ENRICH = "enrich";
}

package io.tickethub.ticket;

import java.time.Instant;

/**
 * Where a change came from.
 *
 * @param system the connector's name
 * @param channel the connector's channel
 * @param messageId the hub's id of the message
 * @param receivedAt when the hub gave its receipt
 */
public record Origin(String system, String channel, long messageId, Instant receivedAt) {

  /** The hub as a system: what it says was decided by its rules or by its operators. */
  public static final String HUB = "hub";
}

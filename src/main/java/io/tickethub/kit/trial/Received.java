package io.tickethub.kit.trial;

import java.time.Instant;
import java.util.Map;

/**
 * What is tried.
 *
 * @param file its name
 * @param headers by name; those the channel's manifest does not allow are left out
 * @param at when it counts as received
 */
public record Received(String file, byte[] body, Map<String, String> headers, Instant at) {

  public Received {
    headers = Map.copyOf(headers);
  }
}

package io.tickethub.mapping;

import java.time.Instant;
import java.util.Map;

/**
 * What a mapping may know of a message beside its body, as {@code $message}.
 *
 * @param headers those the channel's manifest allows
 * @param fileName null unless it came in a file
 */
public record MessageFacts(Instant receivedAt, Map<String, String> headers, String fileName) {

  public MessageFacts {
    headers = Map.copyOf(headers);
  }
}

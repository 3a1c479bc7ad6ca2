package io.tickethub.connector.channel;

import java.util.Map;
import java.util.TreeMap;

/**
 * A message as a route hands it over.
 *
 * @param body at most one byte more than the channel allows
 * @param headers by name as the manifest writes it; only those the manifest allows
 * @param fileName null unless it came in a file
 */
public record ReceivedMessage(byte[] body, Map<String, String> headers, String fileName) {

  public ReceivedMessage {
    headers = Map.copyOf(headers);
  }

  /** The same without a header. */
  ReceivedMessage without(String header) {
    Map<String, String> others = new TreeMap<>(headers);
    others.remove(header);
    return new ReceivedMessage(body, others, fileName);
  }
}

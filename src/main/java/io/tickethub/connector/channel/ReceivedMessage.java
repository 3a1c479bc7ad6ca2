package io.tickethub.connector.channel;

import io.tickethub.connector.proof.Evidence;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A message as a route hands it over.
 *
 * @param body at most one byte more than the channel allows
 * @param headers by name as the manifest writes it; only those the manifest allows
 * @param fileName null unless it came in a file
 * @param certificate what its sender showed by TLS; null for none
 * @param trace its header {@code traceparent}, unchecked; null for none
 */
public record ReceivedMessage(
    byte[] body,
    Map<String, String> headers,
    String fileName,
    X509Certificate certificate,
    String trace) {

  public ReceivedMessage {
    headers = Map.copyOf(headers);
  }

  /** One that came without a certificate, of no trace. */
  public ReceivedMessage(byte[] body, Map<String, String> headers, String fileName) {
    this(body, headers, fileName, null, null);
  }

  Evidence evidence() {
    return new Evidence(headers, body, certificate);
  }

  /** The same without these headers, however they are spelt. */
  ReceivedMessage without(Set<String> names) {
    Map<String, String> others = new TreeMap<>(headers);
    others.keySet().removeIf(given -> names.stream().anyMatch(given::equalsIgnoreCase));
    return new ReceivedMessage(body, others, fileName, certificate, trace);
  }
}

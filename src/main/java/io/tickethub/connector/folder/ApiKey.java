package io.tickethub.connector.folder;

import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/** A secret that messages carry in a header, as a manifest's {@code api-key} says. Thread-safe. */
public final class ApiKey {

  private final String header;
  private final byte[] key;

  ApiKey(String header, String key) {
    this.header = header;
    this.key = key.getBytes(StandardCharsets.UTF_8);
  }

  /** The header that carries it. */
  public String header() {
    return header;
  }

  /** The header of a message to be sent. */
  public Map<String, String> headers() {
    return Map.of(header, new String(key, StandardCharsets.UTF_8));
  }

  /** What is wrong with the key of a message; empty if nothing is. */
  public Optional<Problem> check(Map<String, String> headers) {
    String given = headers.get(header);
    if (given == null) {
      return refusal("needs the header " + header);
    }
    return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), key)
        ? Optional.empty()
        : refusal(header + " is not the key of this channel");
  }

  private static Optional<Problem> refusal(String detail) {
    return Optional.of(Problem.of(ProblemCode.UNAUTHENTICATED, detail));
  }
}

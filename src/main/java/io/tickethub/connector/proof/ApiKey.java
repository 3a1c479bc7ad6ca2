package io.tickethub.connector.proof;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A secret that messages carry in a header. Thread-safe. */
public final class ApiKey implements SenderProof {

  private final String header;
  private final byte[] secret;

  public ApiKey(String header, String secret) {
    this.header = header;
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
  }

  /** The header of a message to be sent. */
  public Map<String, String> shown() {
    return Map.of(header, new String(secret, StandardCharsets.UTF_8));
  }

  @Override
  public String key() {
    return "api-key";
  }

  @Override
  public Set<String> headers() {
    return Set.of(header);
  }

  @Override
  public Set<String> secretHeaders() {
    return Set.of(header);
  }

  @Override
  public Optional<Refusal> check(Evidence evidence, Clock clock) {
    String given = evidence.headers().get(header);
    if (given == null) {
      return Optional.of(Refusal.unauthenticated("needs the header " + header));
    }
    return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), secret)
        ? Optional.empty()
        : Optional.of(Refusal.unauthenticated(header + " is not the key of this channel"));
  }
}

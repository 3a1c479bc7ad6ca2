package io.tickethub.connector.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages, and checks the signatures of others: HMAC-SHA256 over timestamp, id and raw body,
 * each followed by a line feed but the body. Thread-safe.
 */
public final class WebhookSignature implements SenderProof {

  private static final String ALGORITHM = "HmacSHA256";

  private final Form form;
  private final SecretKeySpec key;

  /**
   * Which headers carry what.
   *
   * @param header the signature, in hexadecimal
   * @param timestamp the time, in seconds since 1970
   * @param id the message's id
   * @param window how far the timestamp may be from the hub's clock
   */
  public record Form(String header, String timestamp, String id, Duration window) {}

  public WebhookSignature(Form form, String secret) {
    this.form = form;
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** The headers that sign a message. */
  public Map<String, String> sign(String id, byte[] body, Clock clock) {
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    Map<String, String> headers = new TreeMap<>();
    headers.put(form.timestamp(), timestamp);
    headers.put(form.id(), id);
    headers.put(form.header(), HexFormat.of().formatHex(digest(timestamp, id, body)));
    return headers;
  }

  @Override
  public String key() {
    return "signature";
  }

  @Override
  public Set<String> headers() {
    return Set.copyOf(List.of(form.header(), form.timestamp(), form.id()));
  }

  @Override
  public boolean coversBody() {
    return true;
  }

  @Override
  public Optional<Refusal> check(Evidence evidence, Clock clock) {
    Map<String, String> headers = evidence.headers();
    String signature = headers.get(form.header());
    String timestamp = headers.get(form.timestamp());
    String id = headers.get(form.id());
    if (signature == null || timestamp == null || id == null) {
      return refusal(
          "needs the headers %s, %s and %s".formatted(form.header(), form.timestamp(), form.id()));
    }
    if (id.indexOf('\n') >= 0) {
      return refusal("%s holds a line feed".formatted(form.id()));
    }
    Optional<Duration> age = age(timestamp, clock);
    if (age.isEmpty() || age.get().abs().compareTo(form.window()) > 0) {
      return refusal(
          "%s is more than %d s from the hub's clock"
              .formatted(form.timestamp(), form.window().toSeconds()));
    }
    return MessageDigest.isEqual(bytes(signature), digest(timestamp, id, evidence.body()))
        ? Optional.empty()
        : refusal("%s is not the signature of this message".formatted(form.header()));
  }

  private static Optional<Refusal> refusal(String detail) {
    return Optional.of(Refusal.unauthenticated(detail));
  }

  private static Optional<Duration> age(String timestamp, Clock clock) {
    try {
      Instant at = Instant.ofEpochSecond(Long.parseLong(timestamp.strip()));
      return Optional.of(Duration.between(at, clock.instant()));
    } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(String hexadecimal) {
    try {
      return HexFormat.of().parseHex(hexadecimal.strip());
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private byte[] digest(String timestamp, String id, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((timestamp + "\n" + id + "\n").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks " + ALGORITHM, e);
    }
  }
}

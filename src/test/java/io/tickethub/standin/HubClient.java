package io.tickethub.standin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a system calls the hub by HTTP. */
public final class HubClient {

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI hub;

  HubClient(URI hub) {
    this.hub = hub;
  }

  /** The hub did not take a message, and says so or says nothing. */
  static final class NotTakenException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;

    NotTakenException(int status, String body) {
      super("the hub answered %d: %s".formatted(status, body));
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /** Posts a message; throws if the hub gives no receipt. */
  String post(String path, String contentType, byte[] body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hub.resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (response.statusCode() / 100 != 2) {
      throw new NotTakenException(response.statusCode(), response.body());
    }
    return response.body();
  }

  /** The headers of a signed message. */
  public static Map<String, String> signature(String secret, String id, byte[] body) {
    String timestamp = Long.toString(Instant.now().getEpochSecond());
    Map<String, String> headers = new TreeMap<>();
    headers.put("X-Timestamp", timestamp);
    headers.put("X-Message-Id", id);
    headers.put("X-Signature", hmac(secret, timestamp, id, body));
    return headers;
  }

  /** Whether a message of the hub bears the right signature, at most five minutes old. */
  static boolean isSigned(String secret, Map<String, String> headers, byte[] body) {
    String timestamp = headers.get("X-Timestamp");
    String id = headers.get("X-Message-Id");
    return timestamp != null
        && id != null
        && Math.abs(Long.parseLong(timestamp) - Instant.now().getEpochSecond()) <= 300
        && hmac(secret, timestamp, id, body).equals(headers.get("X-Signature"));
  }

  private static String hmac(String secret, String timestamp, String id, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((timestamp + "\n" + id + "\n").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

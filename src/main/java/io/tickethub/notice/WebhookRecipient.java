package io.tickethub.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.connector.proof.WebhookSignature;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;

/**
 * A web server. Each message is signed as webhooks of connectors are: {@code X-Hub-Signature} is
 * HMAC-SHA256 over {@code X-Hub-Timestamp}, {@code X-Hub-Message-Id} and the body.
 */
final class WebhookRecipient implements Recipient {

  private static final WebhookSignature.Form FORM =
      new WebhookSignature.Form(
          "X-Hub-Signature", "X-Hub-Timestamp", "X-Hub-Message-Id", Duration.ofMinutes(5));
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI url;
  private final WebhookSignature signature;
  private final ObjectMapper json;
  private final Clock clock;

  WebhookRecipient(URI url, String secret, ObjectMapper json, Clock clock) {
    this.url = url;
    this.signature = new WebhookSignature(FORM, secret);
    this.json = json;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return "webhook";
  }

  @Override
  public void tell(String key, long id, AlertMessage message) throws NotTakenException {
    byte[] body = body(key, message);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofByteArray(body));
    signature.sign(key, body, clock).forEach(request::header);
    try {
      HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
      response.body().close();
      if (response.statusCode() / 100 != 2) {
        throw new NotTakenException("it answers " + response.statusCode());
      }
    } catch (IOException e) {
      throw new NotTakenException(
          "it does not answer (%s)".formatted(e.getClass().getSimpleName()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotTakenException("the hub stops", e);
    }
  }

  private byte[] body(String key, AlertMessage message) {
    try {
      ObjectNode tree = json.valueToTree(message);
      tree.put("id", key);
      return json.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}

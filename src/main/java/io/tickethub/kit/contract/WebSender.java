package io.tickethub.kit.contract;

import io.tickethub.connector.folder.InboundChannel;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Posts messages, signed where the channel wants it. */
final class WebSender implements Sender {

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final HubHolder hub;
  private final String path;
  private final InboundChannel channel;

  /** {@code path} is that of the servlet endpoint. */
  WebSender(HubHolder hub, String path, InboundChannel channel) {
    this.hub = hub;
    this.path = path;
    this.channel = channel;
  }

  @Override
  public Told send(byte[] body, Map<String, String> properties) {
    Map<String, String> headers = new TreeMap<>(properties);
    channel
        .signature()
        .ifPresent(
            signature ->
                headers.putAll(
                    signature.sign(UUID.randomUUID().toString(), body, hub.part(Clock.class))));
    channel.apiKey().ifPresent(key -> headers.putAll(key.headers()));
    return post(body, headers);
  }

  /** With a signature, or a key, of somebody else. */
  @Override
  public Told sendUnsigned(byte[] body) {
    Map<String, String> headers = new TreeMap<>();
    channel
        .signature()
        .ifPresent(
            signature -> {
              headers.putAll(
                  signature.sign(UUID.randomUUID().toString(), body, hub.part(Clock.class)));
              headers.put(channel.form().signature().header(), "00".repeat(32));
            });
    channel.apiKey().ifPresent(key -> headers.put(key.header(), UUID.randomUUID().toString()));
    if (headers.isEmpty()) {
      throw new NotApplicableException("the channel asks for no signature and no key");
    }
    return post(body, headers);
  }

  private Told post(byte[] body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hub.url().resolve("/in/" + path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", contentType())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Told(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new BrokenContractException("the hub does not answer at /in/%s: %s".formatted(path, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokenContractException("interrupted");
    }
  }

  private String contentType() {
    return channel.form().format().mediaType();
  }
}

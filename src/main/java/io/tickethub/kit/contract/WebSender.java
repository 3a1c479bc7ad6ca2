package io.tickethub.kit.contract;

import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.kit.contract.Credential.Shown;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Posts messages, with whatever the channel wants its sender to show. */
final class WebSender implements Sender {

  private final HubHolder hub;
  private final String path;
  private final InboundChannel channel;
  private final List<Credential> credentials;

  /** {@code path} is that of the servlet endpoint. */
  WebSender(HubHolder hub, String path, InboundChannel channel, Stage stage) {
    this.hub = hub;
    this.path = path;
    this.channel = channel;
    this.credentials =
        channel.proofs().stream().map(proof -> Credential.of(proof, stage, hub)).toList();
  }

  @Override
  public Told send(byte[] body, Map<String, String> properties) {
    return post(body, shown(body, credentials.stream()).and(Shown.headers(properties)));
  }

  private static Shown shown(byte[] body, Stream<Credential> credentials) {
    return credentials.map(credential -> credential.of(body)).reduce(Shown.NOTHING, Shown::and);
  }

  /** Each lacks one of what the channel wants, or has another's. */
  @Override
  public List<Imposture> impostures(byte[] body) {
    List<Imposture> impostures = new ArrayList<>();
    for (Credential credential : credentials) {
      Shown rest = shown(body, credentials.stream().filter(other -> other != credential));
      impostures.add(new Imposture("nothing for " + credential.key(), 401, () -> post(body, rest)));
      for (Credential.False other : credential.others(body)) {
        impostures.add(
            new Imposture(
                other.what(),
                other.status(),
                other.meanwhile().apply(() -> post(body, rest.and(other.shown())))));
      }
    }
    if (impostures.isEmpty()) {
      throw new NotApplicableException("the channel does not ask who sends");
    }
    return impostures;
  }

  private Told post(byte[] body, Shown shown) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hub.url().resolve("/in/" + path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", contentType())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    shown.headers().forEach(request::setHeader);
    try {
      HttpResponse<String> answer =
          hub.client(shown.certificate())
              .send(request.build(), HttpResponse.BodyHandlers.ofString());
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

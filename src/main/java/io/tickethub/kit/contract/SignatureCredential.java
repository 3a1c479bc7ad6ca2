package io.tickethub.kit.contract;

import io.tickethub.connector.proof.WebhookSignature;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A signature of the message. */
final class SignatureCredential implements Credential {

  private final WebhookSignature signature;
  private final HubHolder hub;

  SignatureCredential(WebhookSignature signature, HubHolder hub) {
    this.signature = signature;
    this.hub = hub;
  }

  @Override
  public String key() {
    return signature.key();
  }

  @Override
  public Shown of(byte[] body) {
    return Shown.headers(signed(body));
  }

  private Map<String, String> signed(byte[] body) {
    return signature.sign(UUID.randomUUID().toString(), body, hub.part(Clock.class));
  }

  @Override
  public List<False> others(byte[] body) {
    byte[] another = Arrays.copyOf(body, body.length + 1);
    return List.of(
        False.unauthenticated("the signature of another message", Shown.headers(signed(another))));
  }
}

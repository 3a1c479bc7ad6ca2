package io.tickethub.kit.contract;

import io.tickethub.connector.proof.ApiKey;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/** A secret in a header. */
final class ApiKeyCredential implements Credential {

  private final ApiKey key;

  ApiKeyCredential(ApiKey key) {
    this.key = key;
  }

  @Override
  public String key() {
    return key.key();
  }

  @Override
  public Shown of(byte[] body) {
    return Shown.headers(key.shown());
  }

  @Override
  public List<False> others(byte[] body) {
    TreeMap<String, String> guessed = new TreeMap<>(key.shown());
    guessed.replaceAll((header, secret) -> UUID.randomUUID().toString());
    return List.of(False.unauthenticated("a wrong key", Shown.headers(guessed)));
  }
}

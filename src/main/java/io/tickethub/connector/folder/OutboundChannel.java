package io.tickethub.connector.folder;

import io.tickethub.connector.proof.ApiKey;
import io.tickethub.connector.proof.WebhookSignature;
import io.tickethub.mapping.AnswerTranslation;
import io.tickethub.mapping.OutboundTranslation;
import java.util.Optional;

/**
 * A channel to the system, ready for use.
 *
 * @param form what the manifest says of it
 * @param signature how the hub proves who it is; empty for protocols that log in
 * @param apiKey the secret the hub shows; empty for none
 * @param answer what comes back; empty if nothing that matters does
 * @param question asks whether the system has a delivery already; empty unless the channel can be
 *     asked
 */
public record OutboundChannel(
    String name,
    ConnectorManifest.Outbound form,
    OutboundTranslation translation,
    Optional<WebhookSignature> signature,
    Optional<ApiKey> apiKey,
    Optional<AnswerTranslation> answer,
    Optional<Question> question) {

  /** "Do you have this?", and how to understand the answer. */
  public record Question(OutboundTranslation translation, AnswerTranslation answer) {}
}

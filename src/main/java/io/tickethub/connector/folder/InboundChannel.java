package io.tickethub.connector.folder;

import io.tickethub.mapping.InboundTranslation;
import io.tickethub.mapping.OutboundTranslation;
import java.util.Optional;

/**
 * A channel from the system, ready for use.
 *
 * @param form what the manifest says of it
 * @param signature how senders are known; empty for protocols that log in
 * @param apiKey the secret senders show; empty for none
 * @param polling how the hub asks for news; empty where the system sends
 * @param receipt the body of a receipt, where the manifest maps one
 * @param rejection the body of a refusal, where the manifest maps one
 */
public record InboundChannel(
    String name,
    ConnectorManifest.Inbound form,
    InboundTranslation translation,
    Optional<WebhookSignature> signature,
    Optional<ApiKey> apiKey,
    Optional<Polling> polling,
    Optional<OutboundTranslation> receipt,
    Optional<OutboundTranslation> rejection) {}

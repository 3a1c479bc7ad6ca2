package io.tickethub.connector.folder;

import io.tickethub.connector.proof.SenderProof;
import io.tickethub.mapping.InboundTranslation;
import io.tickethub.mapping.OutboundTranslation;
import java.util.List;
import java.util.Optional;

/**
 * A channel from the system, ready for use.
 *
 * @param form what the manifest says of it
 * @param proofs how the sender proves who it is, all of them; empty for protocols that log in
 * @param polling how the hub asks for news; empty where the system sends
 * @param receipt the body of a receipt, where the manifest maps one
 * @param rejection the body of a refusal, where the manifest maps one
 */
public record InboundChannel(
    String name,
    ConnectorManifest.Inbound form,
    InboundTranslation translation,
    List<SenderProof> proofs,
    Optional<Polling> polling,
    Optional<OutboundTranslation> receipt,
    Optional<OutboundTranslation> rejection) {}

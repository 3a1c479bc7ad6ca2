package io.tickethub.journal;

import io.tickethub.ticket.Problem;
import java.time.Instant;

/**
 * A message that is to be kept; see {@link JournalEntry}.
 *
 * @param encryptedBody as the body cipher left it
 */
public record Arrival(
    long id,
    String connector,
    String channel,
    String externalId,
    int version,
    MessageStatus status,
    Long ticketId,
    Problem problem,
    Provenance provenance,
    byte[] encryptedBody,
    int size,
    Instant receivedAt) {}

package io.tickethub.journal;

import io.tickethub.ticket.Problem;
import java.time.Instant;

/**
 * A message as it is kept.
 *
 * @param externalId the sender's id of it
 * @param version 1, or more where the sender used the id again for other bytes and the channel
 *     takes that as a new version
 * @param ticketId the ticket it is about; null if none is known
 * @param problem why it did not take effect; null if it did
 * @param encryptedBody as the body cipher left it
 * @param size of the body in bytes, before encryption
 */
public record JournalEntry(
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

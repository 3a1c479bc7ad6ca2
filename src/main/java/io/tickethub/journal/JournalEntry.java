package io.tickethub.journal;

import io.tickethub.ticket.Problem;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A message as it is kept.
 *
 * @param externalId the sender's id of it
 * @param version 1, or more where the sender used the id again for other bytes and the channel
 *     takes that as a new version
 * @param ticketId the ticket it is about; null if none is known
 * @param problem why it did not take effect; null if it did
 * @param bodyExpiresOn the first day on which its body need not be kept any more
 * @param size of the body in bytes, before encryption; the body itself is in {@link MessageBodies}
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
    int size,
    Instant receivedAt,
    LocalDate bodyExpiresOn) {}

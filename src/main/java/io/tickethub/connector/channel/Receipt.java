package io.tickethub.connector.channel;

import java.time.Instant;

/**
 * The promise that a message is safe.
 *
 * @param message the hub's id of it
 * @param externalId the sender's id of it
 */
public record Receipt(String message, String externalId, Instant receivedAt) {}

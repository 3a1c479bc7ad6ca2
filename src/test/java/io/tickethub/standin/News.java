package io.tickethub.standin;

import java.time.Instant;

/**
 * What a partner says of a ticket.
 *
 * @param id of the message
 * @param state of the hub's words: accepted, processing, suspended, replied; null for a comment
 * @param at when it happened
 */
record News(
    String id, String ticket, String partnerTicket, String state, Instant at, String text) {}

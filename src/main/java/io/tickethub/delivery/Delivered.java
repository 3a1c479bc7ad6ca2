package io.tickethub.delivery;

import java.util.Map;

/**
 * A delivery that a system took.
 *
 * @param channel the connector's channel it went through
 * @param sent as it went out; null if nothing had to be sent
 * @param answer as it came back; null for none
 * @param references what the system calls the ticket, by numbering scheme, as far as its answer
 *     said so
 */
public record Delivered(
    String channel, byte[] sent, byte[] answer, Map<String, String> references) {}

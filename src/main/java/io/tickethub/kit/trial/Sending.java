package io.tickethub.kit.trial;

import java.time.Duration;
import java.util.Map;

/**
 * What one system would be told.
 *
 * @param code what it is told, as manifests call it
 * @param rule why
 * @param holdBack how long an enrichment is waited for
 * @param channel null if no channel carries it
 * @param text what would be sent; null if nothing would
 * @param notSent why nothing would be sent; null if something would
 */
public record Sending(
    String system,
    String code,
    int sequence,
    String rule,
    Duration holdBack,
    String channel,
    String charset,
    Map<String, String> headers,
    String text,
    String notSent) {}

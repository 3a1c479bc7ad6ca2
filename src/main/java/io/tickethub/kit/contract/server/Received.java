package io.tickethub.kit.contract.server;

import java.util.Map;

/**
 * One thing a server was told.
 *
 * @param place path of a request, name of a file, name of a queue
 * @param headers by name, in any case
 * @param taken whether it took effect at the server
 */
public record Received(
    String method, String place, Map<String, String> headers, byte[] body, boolean taken) {}

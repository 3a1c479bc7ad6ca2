package io.tickethub.connector.proof;

import java.security.cert.X509Certificate;
import java.util.Map;

/**
 * What a message shows of its sender.
 *
 * @param headers by name as the manifest writes it
 * @param body as it came, at most one byte more than the channel allows
 * @param certificate of the other end of the TLS connection, vouched for by whom the hub trusts;
 *     null if it showed none
 */
public record Evidence(Map<String, String> headers, byte[] body, X509Certificate certificate) {}

package io.tickethub.tmf;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;

/**
 * Who is told of tickets.
 *
 * @param client whose it is
 * @param query which notifications it wants; empty for all
 * @param failures in a row, of whatever was last tried
 * @param failingFrom since when; null if the last try went well
 */
record Listener(
    String id,
    String client,
    TmfVersion version,
    String callback,
    String query,
    int failures,
    Instant failingFrom) {

  /** Where a notification goes. */
  URI address(String type) {
    String name = type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    String base = callback.endsWith("/") ? callback.substring(0, callback.length() - 1) : callback;
    return URI.create(base + (base.endsWith("/listener") ? "/" : "/listener/") + name);
  }
}

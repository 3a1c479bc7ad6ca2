package io.tickethub.connector.camel;

import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * Which headers a system may bring in, and which a route may send out: by name, nothing else.
 * Camel's own ({@code Camel*}), in any spelling, never pass, for whoever can set them steers the
 * route.
 */
final class InboundHeaders implements HeaderFilterStrategy {

  private static final Set<String> HUB_SENDS =
      Set.of(
          "content-type",
          "retry-after",
          "www-authenticate",
          "idempotency-key",
          "soapaction",
          TraceHeader.NAME);

  private final Set<String> in = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private final Set<String> out = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  InboundHeaders(Set<String> permittedIn, Set<String> permittedOut) {
    in.addAll(permittedIn);
    out.addAll(permittedOut);
    out.addAll(HUB_SENDS);
    in.removeIf(InboundHeaders::isCamels);
  }

  /** What a system may bring in. */
  Set<String> inbound() {
    return in;
  }

  @Override
  public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
    return isCamels(name) || !out.contains(name);
  }

  @Override
  public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
    return isCamels(name) || !in.contains(name);
  }

  private static boolean isCamels(String name) {
    return name == null
        || name.regionMatches(true, 0, "camel", 0, "camel".length())
        || name.regionMatches(true, 0, "org.apache.camel", 0, "org.apache.camel".length());
  }
}

package io.tickethub.tmf;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Where notifications may go: only to hosts that the operator named. */
final class CallbackPolicy {

  private static final int LONGEST = 500;
  private final List<String> allowed;

  CallbackPolicy(List<String> allowed) {
    this.allowed = allowed.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
  }

  /** Throws unless notifications may go to this address. */
  URI check(String callback) {
    URI address;
    try {
      address = URI.create(callback);
    } catch (IllegalArgumentException e) {
      throw TmfException.badRequest("the callback is no URL");
    }
    boolean well =
        callback.length() <= LONGEST
            && address.getHost() != null
            && address.getRawUserInfo() == null
            && address.getRawQuery() == null
            && address.getRawFragment() == null
            && List.of("http", "https")
                .contains(String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT));
    if (!well) {
      throw TmfException.badRequest(
          "the callback has to be a URL of http or https without user, query and fragment");
    }
    if (!allows(address)) {
      throw TmfException.forbidden(
          "the hub's operator has not allowed notifications to this host (hub.tmf.listeners)");
    }
    return address;
  }

  private boolean allows(URI address) {
    String host = address.getHost().toLowerCase(Locale.ROOT);
    String withPort = host + ":" + address.getPort();
    return allowed.stream()
        .anyMatch(
            pattern ->
                pattern.equals(host)
                    || pattern.equals(withPort)
                    || pattern.startsWith("*.") && host.endsWith(pattern.substring(1)));
  }
}

package io.tickethub.connector.channel;

import io.tickethub.connector.folder.ConnectorManifest;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a sender wants its answer. It may only name a place the manifest allows.
 *
 * @param to null for nowhere
 * @param correlationId null for none
 */
public record ReplyAddress(String to, String correlationId) {

  static final ReplyAddress NOWHERE = new ReplyAddress(null, null);
  private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  /** What the headers ask for; empty if they name a place that is not allowed. */
  public static Optional<ReplyAddress> of(
      ConnectorManifest.Reply form, Map<String, String> headers) {
    String to = form == null ? null : headers.get(form.to());
    if (to == null) {
      return Optional.of(NOWHERE);
    }
    boolean allowed =
        PLACE.matcher(to).matches()
            && form.allowed().stream().anyMatch(pattern -> matches(pattern, to));
    return allowed
        ? Optional.of(new ReplyAddress(to, headers.get(form.correlation())))
        : Optional.empty();
  }

  private static boolean matches(String pattern, String to) {
    return pattern.endsWith("*")
        ? to.startsWith(pattern.substring(0, pattern.length() - 1))
        : to.equals(pattern);
  }
}

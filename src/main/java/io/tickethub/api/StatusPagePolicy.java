package io.tickethub.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content security policy of the status page: its own script and style, known by their digests,
 * and the hub's numbers; nothing else.
 */
final class StatusPagePolicy {

  private static final Pattern INLINE =
      Pattern.compile("<(script|style)>(.*?)</\\1>", Pattern.DOTALL);

  private StatusPagePolicy() {}

  static String read() {
    try (InputStream page = StatusPagePolicy.class.getResourceAsStream("/static/index.html")) {
      return of(new String(page.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the jar is damaged: the status page cannot be read", e);
    }
  }

  static String of(String page) {
    StringBuilder policy = new StringBuilder("default-src 'none'; connect-src 'self'");
    Matcher inline = INLINE.matcher(page);
    while (inline.find()) {
      policy.append("; %s-src '%s'".formatted(inline.group(1), digest(inline.group(2))));
    }
    return policy
        .append("; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
        .toString();
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks SHA-256", e);
    }
  }
}

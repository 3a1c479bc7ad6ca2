package io.tickethub.connector.proof;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A subject alternative name (RFC 5280, 4.2.1.6). It stands for itself alone: a wildcard in a
 * certificate is no other name.
 */
public record AlternativeName(Kind kind, String value) {

  /** The kinds of names, by the number that certificates give them. */
  public enum Kind {
    EMAIL(1),
    DNS(2),
    URI(6);

    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  /** Reads {@code dns:NAME}, {@code uri:URI} or {@code email:ADDRESS}. */
  public static AlternativeName of(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? "" : text.substring(0, colon).strip().toUpperCase(Locale.ROOT);
    String value = text.substring(colon + 1).strip();
    return Arrays.stream(Kind.values())
        .filter(known -> known.name().equals(kind) && !value.isEmpty())
        .findFirst()
        .map(known -> new AlternativeName(known, value))
        .orElseThrow(
            () -> new IllegalArgumentException("write dns:NAME, uri:URI or email:ADDRESS"));
  }

  /** Whether an entry of {@link java.security.cert.X509Certificate#getSubjectAlternativeNames}. */
  boolean isSame(List<?> entry) {
    return entry.size() > 1
        && Integer.valueOf(kind.number).equals(entry.get(0))
        && entry.get(1) instanceof String other
        && (kind == Kind.DNS ? value.equalsIgnoreCase(other) : value.equals(other));
  }
}

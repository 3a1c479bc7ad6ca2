package io.tickethub.tmf;

import java.util.Locale;

/** What a client may do. In access tokens of OAuth2 it is {@code tmf621:read} and so on. */
public enum TmfScope {
  READ,
  WRITE,
  LISTEN,
  /** Sees personal data as they are. */
  PERSONAL;

  String inTokens() {
    return "tmf621:" + name().toLowerCase(Locale.ROOT);
  }

  String authority() {
    return "TMF_" + name();
  }
}

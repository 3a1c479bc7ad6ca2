package io.tickethub.kit.contract.server;

/** How a server takes what it is told. */
public enum Mood {
  OK,
  /** Takes nothing now; later it would. */
  UNAVAILABLE,
  /** Will never take it. */
  REFUSING,
  /** Does not accept the credentials. */
  LOCKED,
  /** Takes it, but the caller never learns. */
  LOSING_REPLIES,
  /** Takes it, and keeps the caller waiting for an answer. */
  SILENT,
  /** Another server is in its place, with a certificate that nobody trusts. */
  IMPERSONATED
}

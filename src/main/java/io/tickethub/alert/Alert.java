package io.tickethub.alert;

import java.time.Instant;

/**
 * Something a person has to know.
 *
 * @param subject of what, see {@link AlertKind}
 * @param cause what began it, in plain English; no personal data
 * @param closedAt null while it lasts
 * @param end what ended it; null while it lasts
 */
public record Alert(
    AlertKind kind, String subject, String cause, Instant openedAt, Instant closedAt, String end) {

  public boolean isOpen() {
    return closedAt == null;
  }
}

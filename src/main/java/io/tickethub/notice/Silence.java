package io.tickethub.notice;

import java.time.Instant;

/**
 * A while in which nobody is told of some alerts.
 *
 * @param kind of alert; null for any
 * @param connector whose alerts; null for all
 * @param by who asked for it
 * @param endedBy who ended it before its time; null if nobody did
 */
public record Silence(
    long id,
    String kind,
    String connector,
    Instant from,
    Instant until,
    String reason,
    String by,
    String endedBy) {

  boolean covers(String kindOfAlert, String subject) {
    return (kind == null || kind.equals(kindOfAlert))
        && (connector == null || isOf(subject, connector));
  }

  /** Subjects of a connector are its name, or its name and more behind a slash. */
  static boolean isOf(String subject, String connector) {
    return subject.equals(connector) || subject.startsWith(connector + "/");
  }
}

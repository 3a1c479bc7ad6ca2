package io.tickethub.delivery;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

/**
 * Which dead letters are meant; every component may be null, then it excludes none.
 *
 * @param fingerprint of a group
 * @param code the failure's constant code
 * @param ticketId only what gave up telling of this ticket; a message that gave up knows no ticket
 * @param since gave up then or later
 * @param until gave up before
 */
public record LetterFilter(
    String fingerprint,
    String connector,
    String code,
    Long ticketId,
    Instant since,
    Instant until) {

  /** All there are. */
  public boolean isOpenEnded() {
    return fingerprint == null
        && connector == null
        && code == null
        && ticketId == null
        && since == null
        && until == null;
  }

  /** A condition on {@code dead_letter l}; its parameters are added. */
  String condition(List<Object> parameters) {
    StringBuilder condition = new StringBuilder("true");
    and(condition, parameters, "l.fingerprint = ?", fingerprint);
    and(condition, parameters, "l.connector = ?", connector);
    and(condition, parameters, "l.code = ?", code);
    and(condition, parameters, "l.ticket_id = ?", ticketId);
    and(condition, parameters, "l.created_at >= ?", timestamp(since));
    and(condition, parameters, "l.created_at < ?", timestamp(until));
    return condition.toString();
  }

  private static Timestamp timestamp(Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }

  private static void and(
      StringBuilder condition, List<Object> parameters, String part, Object value) {
    if (value != null) {
      condition.append(" and ").append(part);
      parameters.add(value);
    }
  }
}

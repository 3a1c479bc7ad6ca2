package io.tickethub.reconcile;

import io.tickethub.ticket.Statement;
import java.time.Instant;
import java.util.Locale;

/**
 * Something about a ticket in which hub and system differ.
 *
 * @param ticketId null if the hub does not know the ticket
 * @param ticket the hub's number, or the system's if the hub has none
 * @param version of the ticket when they were compared
 * @param field what differs; {@code ticket} if one of them does not know it
 * @param ours without personal data; null for nothing
 * @param theirs without personal data; null for nothing
 * @param statement what the system says; null if it says nothing
 * @param right who is right; null before it is confirmed
 * @param because by which rule, or why a person has to decide
 * @param cause what should have made them agree, and what became of it
 * @param deliveryId the delivery that should have; null for none
 * @param messageId the message that should have; null for none
 * @param code what the system is told again, if the hub is right
 * @param repairs how often it was repaired in vain
 * @param taken which side was taken; null while it is not repaired
 * @param reason why a person took it
 */
public record Drift(
    long id,
    long runId,
    String connector,
    Long ticketId,
    String ticket,
    int version,
    Kind kind,
    String field,
    String ours,
    String theirs,
    Instant asOf,
    Statement statement,
    State state,
    Right right,
    String because,
    String cause,
    Long deliveryId,
    Long messageId,
    String code,
    int repairs,
    Right taken,
    String takenBy,
    Instant takenAt,
    String reason) {

  /** The field of a ticket that one of them does not know. */
  static final String TICKET = "ticket";

  /** The kinds of differences. */
  public enum Kind {
    DIFFERENT,
    UNKNOWN_TO_HUB,
    MISSING_AT_SYSTEM;

    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Kind of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** What is to become of it. */
  public enum State {
    /** It is not sure yet that it lasts. */
    CANDIDATE,
    /** A rule says who is right. */
    OPEN,
    /** A person has to decide. */
    PERSON,
    /** A side was taken; the next list shows whether they agree. */
    REPAIRING;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /** Who is right. */
  public enum Right {
    HUB,
    SYSTEM,
    NOBODY;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Right of(String text) {
      return text == null ? null : valueOf(text.toUpperCase(Locale.ROOT));
    }
  }
}

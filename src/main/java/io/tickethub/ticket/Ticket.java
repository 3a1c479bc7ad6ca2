package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The canonical ticket.
 *
 * @param number the hub's number, as people and systems see it
 * @param version the sequence of the ticket's last event; 0 before the first
 * @param openedBy the connector whose system reported it
 * @param participants the connectors whose systems must know of the ticket now
 * @param lastHeard by connector, the newest time by that system's clock at which something it said
 *     happened
 * @param awaitedUntil by connector, until when others wait for the enrichment asked of that system
 * @param dueAt when the repair is due; null where no limit applies
 * @param timers the time limits that run on it, by the names of their rules
 * @param links to other tickets and systems
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Ticket(
    long id,
    String number,
    int version,
    String openedBy,
    Instant openedAt,
    Instant updatedAt,
    Instant dueAt,
    TicketProgress progress,
    TicketContent content,
    Set<String> participants,
    Map<String, Instant> lastHeard,
    Map<String, Instant> awaitedUntil,
    Map<String, TicketTimer> timers,
    TicketLinks links) {

  public Ticket {
    links = links == null ? TicketLinks.NONE : links;
    participants =
        participants == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(participants));
    lastHeard =
        lastHeard == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(lastHeard));
    awaitedUntil =
        awaitedUntil == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(awaitedUntil));
    timers = timers == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(timers));
  }

  static Ticket received(long id, String number, Origin origin, Instant openedAt) {
    return new Ticket(
        id,
        number,
        0,
        origin.system(),
        openedAt,
        origin.receivedAt(),
        null,
        TicketProgress.START,
        TicketContent.EMPTY,
        Set.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        TicketLinks.NONE);
  }

  @JsonIgnore
  public TicketState state() {
    return progress.state();
  }

  /** Its work is not done: a mass fault may take it over, somebody may be assigned to it. */
  @JsonIgnore
  public boolean isAtWork() {
    return !state().isFinal()
        && state() != TicketState.REPLIED
        && state() != TicketState.CALLING_BACK;
  }

  /** A mass fault may gather it. */
  @JsonIgnore
  public boolean mayBeGathered() {
    return isAtWork() && links.parent() == null && !links.apart() && !links.massFault();
  }

  Ticket with(TicketProgress newProgress, TicketContent newContent, int newVersion, Instant at) {
    return new Ticket(
        id,
        number,
        newVersion,
        openedBy,
        openedAt,
        at,
        dueAt,
        newProgress,
        newContent,
        participants,
        lastHeard,
        awaitedUntil,
        timers,
        links);
  }

  Ticket heard(String system, Instant occurredAt) {
    Instant last = lastHeard.get(system);
    if (last != null && !occurredAt.isAfter(last)) {
      return this;
    }
    Map<String, Instant> heard = new TreeMap<>(lastHeard);
    heard.put(system, occurredAt);
    return new Ticket(
        id,
        number,
        version,
        openedBy,
        openedAt,
        updatedAt,
        dueAt,
        progress,
        content,
        participants,
        heard,
        awaitedUntil,
        timers,
        links);
  }

  /** This ticket's content as it is now, standing where it stood after {@code event}. */
  public Ticket asOf(TicketEvent event) {
    TicketProgress then =
        event.to() == progress.state()
            ? progress
            : new TicketProgress(
                event.to(),
                null,
                event.to() == TicketState.SUSPENDED ? event.detail().suspensionCause() : null,
                progress.owner(),
                progress.urgeCount(),
                progress.repeatCount(),
                progress.reopenCount());
    return with(then, content, event.sequence(), updatedAt);
  }

  /** This ticket with another owner. */
  public Ticket ownedBy(String owner) {
    return with(progress.ownedBy(owner), content, version, updatedAt);
  }

  /** This ticket with the systems that must know of it, and the enrichments others wait for. */
  public Ticket known(Set<String> newParticipants, Map<String, Instant> newAwaitedUntil) {
    return new Ticket(
        id,
        number,
        version,
        openedBy,
        openedAt,
        updatedAt,
        dueAt,
        progress,
        content,
        newParticipants,
        lastHeard,
        newAwaitedUntil,
        timers,
        links);
  }

  /**
   * This ticket with its time limits.
   *
   * @param newDueAt when the repair is due; null for never
   */
  public Ticket timed(Instant newDueAt, Map<String, TicketTimer> newTimers) {
    return new Ticket(
        id,
        number,
        version,
        openedBy,
        openedAt,
        updatedAt,
        newDueAt,
        progress,
        content,
        participants,
        lastHeard,
        awaitedUntil,
        newTimers,
        links);
  }

  /** This ticket with other links. */
  public Ticket linked(TicketLinks newLinks) {
    return new Ticket(
        id,
        number,
        version,
        openedBy,
        openedAt,
        updatedAt,
        dueAt,
        progress,
        content,
        participants,
        lastHeard,
        awaitedUntil,
        timers,
        newLinks);
  }
}

package io.tickethub.ticket;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A ticket while one change is being applied to it: each step moves the ticket on and leaves an
 * event.
 */
final class History {

  private final Origin origin;
  private final Instant occurredAt;
  private final boolean olderThanHeard;
  private final boolean newerThanHeard;
  private final List<TicketEvent> events = new ArrayList<>();
  private Ticket ticket;

  History(Ticket ticket, Origin origin, Instant occurredAt) {
    Instant last = ticket.lastHeard().get(origin.system());
    this.olderThanHeard = last != null && occurredAt.isBefore(last);
    this.newerThanHeard = last == null || occurredAt.isAfter(last);
    this.ticket = ticket;
    this.origin = origin;
    this.occurredAt = occurredAt;
  }

  Ticket ticket() {
    return ticket;
  }

  /** The change happened before something the same system has already told the hub. */
  boolean isOlderThanHeard() {
    return olderThanHeard;
  }

  /**
   * The change happened after everything the same system has told the hub; its clock may be coarse.
   */
  boolean isNewerThanHeard() {
    return newerThanHeard;
  }

  Applied applied() {
    return new Applied(ticket, events);
  }

  /** Remembers when the system's newest word on the state was said. */
  Applied appliedAndHeard() {
    return new Applied(ticket.heard(origin.system(), occurredAt), events);
  }

  void plain(EventType type, String note) {
    record(type, ticket.progress(), ticket.content(), false, EventDetail.note(note));
  }

  void counted(EventType type, TicketProgress progress, String note) {
    record(type, progress, ticket.content(), false, EventDetail.note(note));
  }

  /** Keeps all that was said, without effect. */
  void kept(EventType type, String reason, Change change) {
    record(type, ticket.progress(), ticket.content(), false, EventDetail.kept(reason, change));
  }

  /** A system is told again where the ticket stands. */
  void retold(EventDetail.Told told, String reason) {
    record(
        EventType.RECONCILED,
        ticket.progress(),
        ticket.content(),
        false,
        EventDetail.told(told, reason));
  }

  /** Notes that a part of what was said has no effect. */
  void refused(String reason) {
    record(EventType.NOTED, ticket.progress(), ticket.content(), false, EventDetail.reason(reason));
  }

  void limit(LimitNotice notice) {
    record(notice.type(), ticket.progress(), ticket.content(), false, EventDetail.limit(notice));
  }

  /** A rule of the hub came to this. */
  void ruled(EventType type, String reason) {
    record(type, ticket.progress(), ticket.content(), false, EventDetail.reason(reason));
  }

  void archived(String reason) {
    record(
        EventType.STATE_CHANGED,
        ticket.progress().at(TicketState.ARCHIVED),
        ticket.content(),
        false,
        EventDetail.reason(reason));
  }

  void content(EventType type, TicketContent patch, String note) {
    TicketContent merged = ticket.content().merge(patch);
    record(type, ticket.progress(), merged, false, EventDetail.content(patch, note));
  }

  /** Leaves an event only if the patch says something new. */
  void patch(TicketContent patch, String note) {
    if (!Objects.equals(ticket.content().merge(patch), ticket.content())) {
      content(EventType.UPDATED, patch, note);
    } else if (note != null) {
      plain(EventType.NOTED, note);
    }
  }

  /** Something that binds the ticket otherwise than before; without a step of its life. */
  void linked(EventType type, TicketLinks links, EventDetail detail) {
    TicketContent patch = detail.content();
    ticket = ticket.linked(links);
    record(
        type,
        ticket.progress(),
        patch == null ? ticket.content() : ticket.content().merge(patch),
        false,
        detail);
  }

  void link(TicketLinks links) {
    ticket = ticket.linked(links);
  }

  /** The same trouble, reported again under another number. */
  void reportedAgain(String number, TicketContent patch, String note, String reason) {
    TicketContent merged = ticket.content().merge(patch);
    TicketContent changed = merged.equals(ticket.content()) ? null : patch;
    ticket = ticket.linked(ticket.links().reportedBy(origin.system()));
    record(
        EventType.REPEATED,
        ticket.progress().repeated(),
        merged,
        false,
        EventDetail.related(number, changed, note, reason));
  }

  void transfer(String to, String note) {
    TicketProgress moved = ticket.progress().at(TicketState.DISPATCHED).ownedBy(to);
    record(
        EventType.TRANSFERRED,
        moved,
        ticket.content(),
        false,
        new EventDetail(null, note, null, to, null, null));
  }

  /** A step that a system skipped. */
  void inferred(TicketState to) {
    step(to, true, null, TicketContent.EMPTY, null);
  }

  void step(
      TicketState to,
      boolean inferred,
      SuspensionCause suspensionCause,
      TicketContent patch,
      String note) {
    TicketProgress before = ticket.progress();
    EventType type = typeOf(before, to);
    SuspensionCause cause =
        to != TicketState.SUSPENDED ? null : Merge.either(suspensionCause, SuspensionCause.OTHER);
    TicketProgress after =
        switch (type) {
          case REOPENED -> before.reopened();
          case RETURNED -> before.at(to).ownedBy(null);
          default -> to == TicketState.SUSPENDED ? before.suspended(cause) : before.at(to);
        };
    if (type == EventType.RETURNED) {
      ticket = ticket.linked(ticket.links().unassigned());
    }
    TicketContent merged = ticket.content().merge(patch);
    TicketContent changed = merged.equals(ticket.content()) ? null : patch;
    record(type, after, merged, inferred, new EventDetail(changed, note, cause, null, null, null));
  }

  private static EventType typeOf(TicketProgress before, TicketState to) {
    if (before.state() == TicketState.SUSPENDED && to == before.resumesTo()) {
      return EventType.RESUMED;
    }
    if (before.state() == TicketState.CALLING_BACK && to == TicketState.DISPATCHED) {
      return EventType.REOPENED;
    }
    if (to == TicketState.PRE_DIAGNOSING && before.state() != TicketState.RECEIVED) {
      return EventType.RETURNED;
    }
    return EventType.STATE_CHANGED;
  }

  private void record(
      EventType type,
      TicketProgress after,
      TicketContent content,
      boolean inferred,
      EventDetail detail) {
    int sequence = ticket.version() + 1;
    events.add(
        new TicketEvent(
            ticket.id(),
            sequence,
            type,
            ticket.state(),
            after.state(),
            inferred,
            origin.system(),
            origin.messageId(),
            occurredAt,
            origin.receivedAt(),
            detail));
    ticket = ticket.with(after, content, sequence, origin.receivedAt());
  }
}

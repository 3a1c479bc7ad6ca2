package io.tickethub.service;

import io.tickethub.ticket.EventType;
import io.tickethub.ticket.SuspensionCause;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a ticket stood when, by its history: the order is the history's, the times are the
 * systems', and none goes back before the one before it.
 */
final class Timeline {

  private final List<TicketEvent> history;
  private final List<Standing> standings = new ArrayList<>();
  private final Instant openedAt;

  /**
   * A stretch in which a ticket stood still.
   *
   * @param until null: it stands so still
   * @param suspensionCause null unless suspended
   * @param owner who had it; null if nobody
   * @param source who said that it came to this
   */
  record Standing(
      Instant from,
      Instant until,
      TicketState state,
      SuspensionCause suspensionCause,
      String owner,
      String source) {

    /** Until when, as far as {@code end}; null stands for ever. */
    Instant until(Instant end) {
      return until == null || end != null && end.isBefore(until) ? end : until;
    }
  }

  private Timeline(Ticket ticket, List<TicketEvent> history) {
    this.history = history;
    this.openedAt = ticket.openedAt();
    Instant from = openedAt;
    TicketState state = history.isEmpty() ? ticket.state() : history.get(0).from();
    SuspensionCause cause =
        state == TicketState.SUSPENDED ? ticket.progress().suspensionCause() : null;
    String owner = ticket.openedBy();
    String source = ticket.openedBy();
    for (int i = 0; i < history.size(); i++) {
      TicketEvent event = history.get(i);
      boolean passed = event.type() == EventType.TRANSFERRED;
      if (event.from() == event.to() && !passed) {
        continue;
      }
      Instant at = event.occurredAt().isBefore(from) ? from : event.occurredAt();
      standings.add(new Standing(from, at, state, cause, owner, source));
      from = at;
      state = event.to();
      cause = state == TicketState.SUSPENDED ? event.detail().suspensionCause() : null;
      source = event.source();
      owner = owner(owner, i, ticket);
    }
    standings.add(new Standing(from, null, state, cause, owner, source));
  }

  /** {@code history}: what concerns time limits, in order. */
  static Timeline of(Ticket ticket, List<TicketEvent> history) {
    return new Timeline(ticket, history);
  }

  private String owner(String before, int index, Ticket ticket) {
    TicketEvent event = history.get(index);
    if (event.type() == EventType.TRANSFERRED) {
      return event.detail().transferredTo();
    }
    if (event.type() == EventType.RETURNED) {
      return ticket.openedBy();
    }
    return event.to() == TicketState.DISPATCHED ? dispatchedTo(index + 1, ticket) : before;
  }

  /**
   * The history does not say who a rule chose: who then spoke of the work, or has it now if nobody
   * passed it on.
   */
  private String dispatchedTo(int next, Ticket ticket) {
    for (TicketEvent event : history.subList(next, history.size())) {
      if (event.type() == EventType.TRANSFERRED || event.type() == EventType.RETURNED) {
        return event.source();
      }
      if (event.to() == TicketState.ACCEPTED || event.to() == TicketState.PROCESSING) {
        return event.source();
      }
    }
    return ticket.progress().owner();
  }

  List<Standing> standings() {
    return standings;
  }

  Standing last() {
    return standings.get(standings.size() - 1);
  }

  List<TicketEvent> history() {
    return history;
  }

  /** When one of these events first happened. */
  Optional<Instant> first(Set<String> codes) {
    if (codes.contains(EventType.OPENED.code())) {
      return Optional.of(openedAt);
    }
    return times(codes, openedAt).stream().findFirst();
  }

  /** When these events happened, from an instant on, the earliest first. */
  List<Instant> times(Set<String> codes, Instant from) {
    return history.stream()
        .filter(event -> codes.contains(event.code()))
        .map(TicketEvent::occurredAt)
        .map(at -> at.isBefore(openedAt) ? openedAt : at)
        .filter(at -> !at.isBefore(from))
        .sorted(Comparator.naturalOrder())
        .toList();
  }
}

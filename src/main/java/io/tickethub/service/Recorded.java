package io.tickethub.service;

import io.tickethub.ticket.EventType;
import io.tickethub.ticket.LimitNotice;
import io.tickethub.ticket.TicketEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a ticket's history says of its limits already. */
final class Recorded {

  private final Map<Key, TicketEvent> last = new LinkedHashMap<>();
  private Instant latest = Instant.MIN;

  private record Key(String limit, String step) {}

  Recorded(List<TicketEvent> history) {
    for (TicketEvent event : history) {
      LimitNotice notice = event.detail().limit();
      if (notice != null) {
        last.put(new Key(notice.limit(), notice.step()), event);
        latest = event.recordedAt().isAfter(latest) ? event.recordedAt() : latest;
      }
    }
  }

  /** The event of a step, unless it was withdrawn. */
  Optional<TicketEvent> of(String limit, String step) {
    return Optional.ofNullable(last.get(new Key(limit, step)))
        .filter(event -> event.type() != EventType.BREACH_WITHDRAWN);
  }

  /** The breaches that stand. */
  List<LimitNotice> breaches() {
    return last.values().stream()
        .filter(event -> event.type() == EventType.LIMIT_BREACHED)
        .map(event -> event.detail().limit())
        .toList();
  }

  /** A clock that was set back does not undo what was recorded: time goes on from there. */
  Instant notBefore(Instant now) {
    return latest.isAfter(now) ? latest : now;
  }
}

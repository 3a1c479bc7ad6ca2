package io.tickethub.intake;

import io.tickethub.journal.TicketStore;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.TicketEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The histories of a batch's tickets, with what happened to them in the batch. */
final class Histories {

  private Histories() {}

  /** What happened in the batch so far, by ticket. */
  static Map<Long, List<TicketEvent>> news(Batch batch) {
    Map<Long, List<TicketEvent>> news = new HashMap<>();
    for (TicketEvent event : batch.events) {
      news.computeIfAbsent(event.ticketId(), any -> new ArrayList<>()).add(event);
    }
    return news;
  }

  /** All events of these types, in order, by ticket. */
  static Map<Long, List<TicketEvent>> of(
      Collection<Long> tickets,
      Set<EventType> types,
      Map<Long, List<TicketEvent>> news,
      Batch batch,
      TicketStore store) {
    Map<Long, List<TicketEvent>> kept =
        store.events(tickets.stream().filter(id -> batch.before(id) != null).toList(), types);
    Map<Long, List<TicketEvent>> histories = new HashMap<>();
    for (long id : tickets) {
      List<TicketEvent> history = new ArrayList<>(kept.getOrDefault(id, List.of()));
      news.getOrDefault(id, List.of()).stream()
          .filter(event -> types.contains(event.type()))
          .forEach(history::add);
      histories.put(id, history);
    }
    return histories;
  }
}

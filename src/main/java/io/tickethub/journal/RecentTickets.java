package io.tickethub.journal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tickethub.journal.TicketStore.EventKey;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import java.util.Collection;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tickets and events this node wrote or read lately, so that telling several systems of one event
 * fetches and decrypts it once. An event never changes; a ticket is taken from here only if the
 * database says that its version is still the one here.
 */
final class RecentTickets {

  private static final int OVERHEAD = 2_000;
  private static final long MOST_TICKET_BYTES = 16L << 20;
  private static final long MOST_EVENT_BYTES = 16L << 20;

  private final Cache<Long, Ticket> tickets =
      Caffeine.newBuilder()
          .maximumWeight(MOST_TICKET_BYTES)
          .weigher((Long id, Ticket ticket) -> OVERHEAD + length(ticket.content().description()))
          .build();
  private final Cache<EventKey, TicketEvent> events =
      Caffeine.newBuilder()
          .maximumWeight(MOST_EVENT_BYTES)
          .weigher((EventKey key, TicketEvent event) -> OVERHEAD + length(event.detail().note()))
          .build();

  private static int length(String text) {
    return text == null ? 0 : 2 * text.length();
  }

  /** Null if it is not here. */
  Ticket ticket(long id) {
    return tickets.getIfPresent(id);
  }

  /** Null if it is not here. */
  TicketEvent event(EventKey key) {
    return events.getIfPresent(key);
  }

  void read(Ticket ticket) {
    tickets.put(ticket.id(), ticket);
  }

  void read(TicketEvent event) {
    events.put(new EventKey(event.ticketId(), event.sequence()), event);
  }

  /** Takes over what the transaction under way wrote, once it is committed. */
  void written(Collection<Ticket> changed, Collection<TicketEvent> added) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            changed.forEach(RecentTickets.this::read);
            added.forEach(RecentTickets.this::read);
          }
        });
  }
}

package io.tickethub.delivery;

import io.tickethub.delivery.DeliveryStore.Claimed;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.Provenance;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketStore;
import io.tickethub.journal.TicketStore.EventKey;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import java.util.List;
import java.util.Map;

/** Gathers what outlets need to say deliveries, a batch at a time. */
public final class DeliveryLoader {

  private static final String REGISTERED = "registered";

  private final TicketStore tickets;
  private final TicketReferences references;
  private final MessageJournal journal;

  public DeliveryLoader(TicketStore tickets, TicketReferences references, MessageJournal journal) {
    this.tickets = tickets;
    this.references = references;
    this.journal = journal;
  }

  /** In the order given. */
  List<Work> load(List<Claimed> claimed) {
    return load(
        claimed,
        tickets.load(claimed.stream().map(Claimed::ticketId).distinct().toList()),
        tickets.events(claimed.stream().map(DeliveryLoader::eventKey).toList()));
  }

  /** The same, of tickets and events that whoever calls has just written. */
  List<Work> load(
      List<Claimed> claimed, Map<Long, Ticket> loaded, Map<EventKey, TicketEvent> events) {
    Map<Long, Map<String, String>> names =
        references.of(claimed.stream().map(Claimed::ticketId).distinct().toList());
    Map<Long, Provenance> causes =
        journal.provenance(
            claimed.stream()
                .filter(item -> item.code().equals(REGISTERED))
                .map(Claimed::messageId)
                .distinct()
                .toList());
    return claimed.stream()
        .map(
            item -> {
              Ticket ticket = loaded.get(item.ticketId());
              TicketEvent event = events.get(eventKey(item));
              return new Work(
                  item,
                  new OutboundDelivery(
                      item.id(),
                      key(ticket.number(), item),
                      item.attempt(),
                      item.connector(),
                      item.code(),
                      event,
                      ticket.asOf(event),
                      names.getOrDefault(item.ticketId(), Map.of()),
                      causes.getOrDefault(item.messageId(), Provenance.NONE),
                      null));
            })
        .toList();
  }

  private static EventKey eventKey(Claimed claimed) {
    return new EventKey(claimed.ticketId(), claimed.sequence());
  }

  /**
   * Made of what never changes of a delivery, so that every attempt and every replay has the same.
   */
  private static String key(String ticketNumber, Claimed claimed) {
    return ticketNumber + "-" + claimed.sequence() + "-" + claimed.code();
  }
}

package io.tickethub.api;

import io.tickethub.delivery.DeliveryLog;
import io.tickethub.journal.Identifiers;
import io.tickethub.product.MaskedTicket;
import io.tickethub.ticket.EventDetail;
import io.tickethub.ticket.Lifecycle;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A ticket with its history and what was told of it, without personal data.
 *
 * @param deliveriesExpired how many were told or let go so long ago that their details have expired
 */
public record TicketView(
    Summary ticket,
    TicketContent content,
    List<Event> events,
    List<Delivery> deliveries,
    List<DeliveryLog.Past> deliveriesExpired,
    Group group) {

  /**
   * The tickets it is bound to, by the hub's numbers.
   *
   * @param parent the mass fault it belongs to; null if it stands alone
   * @param follows the archived ticket of the same trouble; null if there is none
   * @param followedBy later tickets of the same trouble, the oldest first, one page
   * @param children how many belong to it
   * @param firstChildren the oldest, one page
   */
  record Group(
      String parent,
      String follows,
      List<String> followedBy,
      long children,
      Map<String, Long> childrenByState,
      List<Summary> firstChildren) {}

  /**
   * A ticket in a line.
   *
   * @param references scheme → what the system calls it
   */
  public record Summary(
      long id,
      String number,
      String state,
      String stateTitle,
      String tmf621Status,
      String kind,
      String productClass,
      String title,
      String openedBy,
      String owner,
      Instant openedAt,
      Instant updatedAt,
      Instant dueAt,
      int version,
      int urgeCount,
      int repeatCount,
      int reopenCount,
      Set<String> participants,
      Set<String> assigned,
      Map<String, String> references) {

    static Summary of(Ticket ticket, Map<String, String> references, MaskedTicket masked) {
      return new Summary(
          ticket.id(),
          ticket.number(),
          ticket.state().code(),
          ticket.state().chinese(),
          Lifecycle.tmf621Status(ticket.progress()),
          ticket.content().kind().code(),
          ticket.content().productClass(),
          masked.content(ticket).title(),
          ticket.openedBy(),
          ticket.progress().owner(),
          ticket.openedAt(),
          ticket.updatedAt(),
          ticket.dueAt(),
          ticket.version(),
          ticket.progress().urgeCount(),
          ticket.progress().repeatCount(),
          ticket.progress().reopenCount(),
          ticket.participants(),
          ticket.links().assigned(),
          references);
    }
  }

  /** An entry of the history. */
  public record Event(
      int sequence,
      String code,
      String from,
      String to,
      boolean inferred,
      String source,
      String message,
      Instant occurredAt,
      Instant recordedAt,
      String note,
      String reason,
      String related,
      String assignedTo,
      TicketContent content) {

    static Event of(TicketEvent event, Ticket ticket, MaskedTicket masked) {
      EventDetail detail = event.detail();
      return new Event(
          event.sequence(),
          event.code(),
          event.from().code(),
          event.to().code(),
          event.inferred(),
          event.source(),
          Identifiers.text(event.messageId()),
          event.occurredAt(),
          event.recordedAt(),
          masked.text(detail.note(), ticket),
          detail.reason(),
          detail.related(),
          detail.assignedTo(),
          detail.content() == null ? null : masked.content(detail.content(), ticket));
    }
  }

  /** One thing that one system is told. */
  public record Delivery(
      String id,
      int sequence,
      String connector,
      String code,
      String state,
      int attempt,
      String rule,
      Instant due,
      Instant finishedAt,
      String failure) {

    static Delivery of(DeliveryLog.Entry entry) {
      return new Delivery(
          Identifiers.text(entry.id()),
          entry.sequence(),
          entry.connector(),
          entry.code(),
          entry.state(),
          entry.attempt(),
          entry.rule(),
          entry.due(),
          entry.finishedAt(),
          entry.failureCode());
    }
  }

  public static TicketView of(
      Ticket ticket,
      Map<String, String> references,
      List<TicketEvent> events,
      List<DeliveryLog.Entry> deliveries,
      List<DeliveryLog.Past> deliveriesExpired,
      Group group,
      MaskedTicket masked) {
    return new TicketView(
        Summary.of(ticket, references, masked),
        masked.content(ticket),
        events.stream().map(event -> Event.of(event, ticket, masked)).toList(),
        deliveries.stream().map(Delivery::of).toList(),
        deliveriesExpired,
        group);
  }
}

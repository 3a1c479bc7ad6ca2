package io.tickethub.connector.channel;

import io.tickethub.delivery.OutboundDelivery;
import io.tickethub.ticket.Lifecycle;
import io.tickethub.ticket.LimitNotice;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an outbound mapping sees.
 *
 * <pre>
 * key         the delivery's idempotency key
 * code        what is told: introduced, registered, accepted, urged …
 * sequence    of the event within the ticket; grows by any step, never falls
 * event       type, from, to, inferred, source, occurredAt, recordedAt, note, cause, reason, transferredTo,
 *             requestedState, assignedTo, related: the number of the ticket it joined, left, follows or heard from,
 *             limit: limit, titles, step, target, level, to, who, cause, of a time limit
 * ticket      number, state, tmf621Status, openedBy, owner, openedAt, dueAt, urgeCount, repeatCount, reopenCount, content,
 *             parent and follows: the hub's numbers of the mass fault it belongs to, and of the archived ticket before it
 * reference   what this system calls the ticket; nothing if it has not said
 * references  scheme → what every system calls it
 * </pre>
 */
public final class DeliveryInput {

  private final String connector;
  private final ContentTrees contents;

  public DeliveryInput(String connector, ContentTrees contents) {
    this.connector = connector;
    this.contents = contents;
  }

  public Map<String, Object> of(OutboundDelivery delivery) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("key", delivery.key());
    input.put("code", delivery.code());
    input.put("sequence", delivery.event().sequence());
    input.put("event", event(delivery.event()));
    input.put("ticket", ticket(delivery.ticket()));
    input.put("references", delivery.references());
    put(input, "reference", delivery.references().get(connector));
    return input;
  }

  private Map<String, Object> event(TicketEvent event) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("type", event.type().code());
    values.put("from", event.from().code());
    values.put("to", event.to().code());
    values.put("inferred", event.inferred());
    values.put("source", event.source());
    values.put("occurredAt", event.occurredAt().toString());
    values.put("recordedAt", event.recordedAt().toString());
    put(values, "note", event.detail().note());
    put(values, "reason", event.detail().reason());
    put(values, "transferredTo", event.detail().transferredTo());
    put(values, "assignedTo", event.detail().assignedTo());
    put(values, "related", event.detail().related());
    if (event.detail().limit() != null) {
      values.put("limit", limit(event.detail().limit()));
    }
    if (event.detail().suspensionCause() != null) {
      values.put("cause", event.detail().suspensionCause().code());
    }
    if (event.detail().requestedState() != null) {
      values.put("requestedState", event.detail().requestedState().code());
    }
    return values;
  }

  private static Map<String, Object> limit(LimitNotice notice) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("limit", notice.limit());
    put(values, "titles", notice.titles());
    values.put("step", notice.step());
    values.put("target", notice.target().toString());
    put(values, "level", notice.level());
    put(values, "to", notice.to());
    put(values, "who", notice.who());
    values.put("cause", notice.cause());
    return values;
  }

  private Map<String, Object> ticket(Ticket ticket) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("number", ticket.number());
    values.put("state", ticket.state().code());
    values.put("tmf621Status", Lifecycle.tmf621Status(ticket.progress()));
    values.put("openedBy", ticket.openedBy());
    values.put("openedAt", ticket.openedAt().toString());
    put(values, "owner", ticket.progress().owner());
    put(values, "dueAt", ticket.dueAt() == null ? null : ticket.dueAt().toString());
    values.put("urgeCount", ticket.progress().urgeCount());
    values.put("repeatCount", ticket.progress().repeatCount());
    values.put("reopenCount", ticket.progress().reopenCount());
    if (ticket.links().parent() != null) {
      values.put("parent", ticket.links().parent().number());
    }
    if (ticket.links().follows() != null) {
      values.put("follows", ticket.links().follows().number());
    }
    values.put("content", contents.of(ticket.content()));
    return values;
  }

  private static void put(Map<String, Object> values, String name, Object value) {
    if (value != null) {
      values.put(name, value);
    }
  }
}

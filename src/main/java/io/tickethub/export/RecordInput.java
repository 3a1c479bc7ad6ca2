package io.tickethub.export;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.product.MaskedTicket;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an export's mapping sees of one event. Nothing of it is personal: names, numbers and texts
 * are masked, what people wrote of an event is left out.
 *
 * <pre>
 * number, day, from, to   of the file; its headers see nothing else
 * id          of the event: the ticket's number and the sequence
 * code        dispatched, accepted, urged …
 * sequence    within the ticket
 * event       type, from, to, inferred, source, occurredAt, recordedAt
 * ticket      number, openedBy, openedAt, owner, dueAt, content; as of the time the file is written
 * </pre>
 */
final class RecordInput {

  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private final JsonMapper json = TicketJson.mapper();
  private final MaskedTicket masked;

  RecordInput(MaskedTicket masked) {
    this.masked = masked;
  }

  Map<String, Object> of(Map<String, Object> file, TicketEvent event, Ticket ticket) {
    Map<String, Object> values = new LinkedHashMap<>(file);
    values.put("id", ticket.number() + "-" + event.sequence());
    values.put("code", event.code());
    values.put("sequence", event.sequence());
    values.put("event", event(event));
    values.put("ticket", ticket(ticket));
    return values;
  }

  private static Map<String, Object> event(TicketEvent event) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("type", event.type().code());
    values.put("from", event.from().code());
    values.put("to", event.to().code());
    values.put("inferred", event.inferred());
    values.put("source", event.source());
    values.put("occurredAt", event.occurredAt().toString());
    values.put("recordedAt", event.recordedAt().toString());
    return values;
  }

  private Map<String, Object> ticket(Ticket ticket) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("number", ticket.number());
    values.put("openedBy", ticket.openedBy());
    values.put("openedAt", ticket.openedAt().toString());
    put(values, "owner", ticket.progress().owner());
    put(values, "dueAt", ticket.dueAt());
    values.put("content", json.convertValue(masked.content(ticket), TREE));
    return values;
  }

  private static void put(Map<String, Object> values, String name, Object value) {
    if (value != null) {
      values.put(name, value instanceof Instant instant ? instant.toString() : value);
    }
  }
}

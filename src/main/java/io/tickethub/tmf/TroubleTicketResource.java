package io.tickethub.tmf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tickethub.privacy.Masking;
import io.tickethub.product.MaskedTicket;
import io.tickethub.ticket.Customer;
import io.tickethub.ticket.Lifecycle;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The canonical ticket as a trouble ticket of v5, as a client may see it. */
final class TroubleTicketResource {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> RESOLVED = Set.of("resolved", "closed");

  private final MaskedTicket masked;
  private final String baseUrl;

  TroubleTicketResource(MaskedTicket masked, String baseUrl) {
    this.masked = masked;
    this.baseUrl = baseUrl;
  }

  /** {@code events} are the ticket's history. */
  ObjectNode of(Ticket ticket, List<TicketEvent> events, TmfVersion version, boolean personal) {
    TicketContent content = personal ? ticket.content() : masked.content(ticket);
    ObjectNode node = JSON.createObjectNode();
    node.put("id", ticket.number());
    node.put("href", href(version, ticket.number()));
    keptTexts(node, ticket);
    putUnlessNull(node, "name", content.title());
    putUnlessNull(node, "description", content.description());
    if (!node.has("ticketType")) {
      node.put("ticketType", content.kind().code());
    }
    node.put("creationDate", ticket.openedAt().toString());
    node.put("lastUpdate", ticket.updatedAt().toString());
    if (!node.has("expectedResolutionDate") && ticket.dueAt() != null) {
      node.put("expectedResolutionDate", ticket.dueAt().toString());
    }
    status(node, ticket, events, personal);
    keptStructures(node, ticket, personal);
    partiesAndChannel(node, ticket, content);
    notes(node, ticket, events, personal);
    if (!node.has("@type")) {
      node.put("@type", "TroubleTicket");
    }
    return node;
  }

  String href(TmfVersion version, String id) {
    return "%s%s/troubleTicket/%s".formatted(baseUrl, version.root(), id);
  }

  private static void keptTexts(ObjectNode node, Ticket ticket) {
    for (String field : TicketFields.TEXTS) {
      Object kept = ticket.content().attributes().get(TicketFields.PREFIX + field);
      if (kept instanceof String text && !text.equals(TroubleTicketChanges.REMOVED)) {
        node.put(field, text);
      }
    }
  }

  private void status(ObjectNode node, Ticket ticket, List<TicketEvent> events, boolean personal) {
    String status = Lifecycle.tmf621Status(ticket.progress());
    node.put("status", status);
    List<StatusLine.Entry> line = StatusLine.of(events);
    if (line.isEmpty()) {
      return;
    }
    StatusLine.Entry last = StatusLine.last(line);
    node.put("statusChangeDate", last.since().toString());
    putUnlessNull(node, "statusChangeReason", shown(last.reason(), ticket, personal));
    if (RESOLVED.contains(status) && !node.has("resolutionDate")) {
      resolvedAt(line).ifPresent(at -> node.put("resolutionDate", at.toString()));
    }
    ArrayNode history = node.putArray("statusChangeHistory");
    for (StatusLine.Entry entry : line) {
      ObjectNode change = history.addObject();
      change.put("@type", "StatusChange");
      change.put("status", entry.status());
      change.put("statusChangeDate", entry.since().toString());
      putUnlessNull(change, "statusChangeReason", shown(entry.reason(), ticket, personal));
    }
  }

  private static Optional<Instant> resolvedAt(List<StatusLine.Entry> line) {
    return line.stream()
        .filter(entry -> entry.status().equals("resolved"))
        .map(StatusLine.Entry::since)
        .reduce((earlier, later) -> later);
  }

  private void keptStructures(ObjectNode node, Ticket ticket, boolean personal) {
    Map<String, JsonNode> kept = new TreeMap<>();
    for (String field : TicketFields.STRUCTURES) {
      JsonNode value = kept(ticket, TicketFields.PREFIX + field);
      if (!value.isMissingNode()) {
        kept.put(field, value);
      }
    }
    JsonNode others = kept(ticket, TicketFields.OTHERS);
    others.properties().forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
    kept.forEach((field, value) -> node.set(field, personal ? value : masked(value, "", ticket)));
  }

  private static JsonNode kept(Ticket ticket, String attribute) {
    Object kept = ticket.content().attributes().get(attribute);
    try {
      return kept instanceof String text && !text.equals(TroubleTicketChanges.REMOVED)
          ? JSON.readTree(text)
          : JSON.missingNode();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("attribute %s is no JSON".formatted(attribute), e);
    }
  }

  /** Names of people, and what looks like personal data in any text. */
  private JsonNode masked(JsonNode value, String field, Ticket ticket) {
    if (value.isTextual()) {
      boolean name = field.equals("name") || field.equals("author");
      return TextNode.valueOf(
          name
              ? Masking.mask(Masking.Kind.NAME, value.asText())
              : masked.text(value.asText(), ticket));
    }
    if (value.isArray()) {
      ArrayNode array = JSON.createArrayNode();
      value.forEach(element -> array.add(masked(element, field, ticket)));
      return array;
    }
    if (value.isObject()) {
      ObjectNode object = JSON.createObjectNode();
      value
          .properties()
          .forEach(
              entry ->
                  object.set(
                      entry.getKey(),
                      entry.getKey().startsWith("@") || entry.getKey().endsWith("id")
                          ? entry.getValue()
                          : masked(entry.getValue(), entry.getKey(), ticket)));
      return object;
    }
    return value;
  }

  private static void partiesAndChannel(ObjectNode node, Ticket ticket, TicketContent content) {
    if (!node.has("channel")) {
      node.putObject("channel")
          .put("id", ticket.openedBy())
          .put("name", ticket.openedBy())
          .put("@type", "ChannelRef");
    }
    Customer customer = content.customerOrUnknown();
    if (!node.has("relatedParty") && customer.number() != null) {
      ObjectNode party = node.putArray("relatedParty").addObject();
      party.put("role", "customer").put("@type", "RelatedPartyRefOrPartyRoleRef");
      ObjectNode reference = party.putObject("partyOrPartyRole");
      reference.put("id", customer.number());
      putUnlessNull(reference, "name", customer.name());
      reference.put("@type", "PartyRoleRef").put("@referredType", "Customer");
    }
  }

  /** What others said of it, after the notes its client gave. */
  private void notes(ObjectNode node, Ticket ticket, List<TicketEvent> events, boolean personal) {
    Set<String> told = new HashSet<>();
    List<JsonNode> notes = new ArrayList<>();
    node.path("note")
        .forEach(
            note -> {
              notes.add(note);
              told.add(note.path("text").asText());
            });
    for (TicketEvent event : events) {
      String text = shown(event.detail().note(), ticket, personal);
      if (text != null && event.from() == event.to() && told.add(text)) {
        notes.add(
            JSON.createObjectNode()
                .put("id", "%s-%d".formatted(ticket.number(), event.sequence()))
                .put("author", event.source())
                .put("date", event.occurredAt().toString())
                .put("text", text)
                .put("@type", "Note"));
      }
    }
    if (!notes.isEmpty()) {
      node.putArray("note").addAll(notes);
    }
  }

  private String shown(String text, Ticket ticket, boolean personal) {
    return personal ? text : masked.text(text, ticket);
  }

  private static void putUnlessNull(ObjectNode node, String field, String value) {
    if (value != null) {
      node.put(field, value);
    }
  }
}

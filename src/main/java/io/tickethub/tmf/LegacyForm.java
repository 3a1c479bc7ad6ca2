package io.tickethub.tmf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Trouble tickets of v4 as those of v5, and back. */
final class LegacyForm {

  /** What a reference of v4 lays flat, and where v5 has it. */
  private static final Map<String, String> NESTED =
      Map.of("relatedParty", "partyOrPartyRole", "relatedEntity", "entity");

  private static final List<String> OF_REFERENCE = List.of("id", "href", "name", "@referredType");

  private static final Map<String, String> TYPES =
      Map.of(
          "relatedParty", "RelatedPartyRefOrPartyRoleRef",
          "relatedEntity", "RelatedEntity",
          "attachment", "Attachment",
          "note", "Note",
          "troubleTicketRelationship", "TroubleTicketRelationship",
          "troubleTicketCharacteristic", "Characteristic",
          "externalIdentifier", "ExternalIdentifier");

  private static final Map<String, String> REFERENCE_TYPES =
      Map.of("partyOrPartyRole", "PartyRef", "entity", "EntityRef");

  private LegacyForm() {}

  /** A ticket as it came, in any version, as one of v5 in which every object has its type. */
  static ObjectNode toCurrent(ObjectNode given, TmfVersion version) {
    ObjectNode ticket = given.deepCopy();
    if (!version.typed()) {
      JsonNode id = ticket.remove("externalId");
      if (id != null) {
        ticket.putArray("externalIdentifier").addObject().put("id", id.asText());
      }
      rename(ticket, TmfVersion.V4.history(), TmfVersion.V5.history());
      NESTED.forEach((field, within) -> each(ticket, field, item -> nest(item, within)));
    }
    complete(ticket);
    return ticket;
  }

  /** A ticket of v5 in the form of a version. */
  static ObjectNode of(ObjectNode current, TmfVersion version) {
    if (version.typed()) {
      return current;
    }
    ObjectNode ticket = current.deepCopy();
    JsonNode identifiers = ticket.remove("externalIdentifier");
    if (identifiers != null && identifiers.path(0).hasNonNull("id")) {
      ticket.put("externalId", identifiers.get(0).get("id").asText());
    }
    NESTED.forEach((field, within) -> each(ticket, field, item -> flatten(item, within)));
    rename(ticket, TmfVersion.V5.history(), version.history());
    each(
        ticket,
        version.history(),
        change -> {
          rename(change, TmfVersion.V5.changeDate(), version.changeDate());
          rename(change, TmfVersion.V5.changeReason(), version.changeReason());
        });
    return ticket;
  }

  /** Gives every object that says no type the one the specification expects at its place. */
  static void complete(ObjectNode ticket) {
    TYPES.forEach((field, type) -> each(ticket, field, item -> type(item, type)));
    NESTED.forEach(
        (field, within) ->
            each(
                ticket,
                field,
                item -> {
                  if (item.get(within) instanceof ObjectNode reference) {
                    type(reference, REFERENCE_TYPES.get(within));
                  }
                }));
    if (ticket.get("channel") instanceof ObjectNode channel) {
      type(channel, "ChannelRef");
    }
    if (ticket.get("troubleTicketSpecification") instanceof ObjectNode specification) {
      type(specification, "TroubleTicketSpecificationRef");
    }
    type(ticket, "TroubleTicket");
  }

  private static void type(ObjectNode object, String type) {
    if (!object.has("@type")) {
      object.put("@type", type);
    }
  }

  private static void nest(ObjectNode item, String within) {
    if (item.has(within)) {
      return;
    }
    ObjectNode reference = item.objectNode();
    for (String field : OF_REFERENCE) {
      JsonNode value = item.remove(field);
      if (value != null) {
        reference.set(field, value);
      }
    }
    item.set(within, reference);
  }

  private static void flatten(ObjectNode item, String within) {
    if (!(item.remove(within) instanceof ObjectNode reference)) {
      return;
    }
    for (String field : OF_REFERENCE) {
      if (reference.has(field)) {
        item.set(field, reference.get(field));
      }
    }
    if (!item.has("@referredType")) {
      item.put("@referredType", within.equals("entity") ? "Entity" : "Party");
    }
    if (!item.has("role")) {
      item.put("role", "related");
    }
    if (TYPES.containsValue(item.path("@type").asText())) {
      item.put("@type", within.equals("entity") ? "RelatedEntity" : "RelatedParty");
    }
  }

  private static void rename(ObjectNode object, String from, String to) {
    if (!from.equals(to) && object.has(from)) {
      object.set(to, object.remove(from));
    }
  }

  private static void each(ObjectNode ticket, String field, Consumer<ObjectNode> what) {
    if (ticket.get(field) instanceof ArrayNode items) {
      for (JsonNode item : items) {
        if (item instanceof ObjectNode object) {
          what.accept(object);
        }
      }
    }
  }
}

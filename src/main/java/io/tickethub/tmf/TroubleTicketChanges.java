package io.tickethub.tmf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Customer;
import io.tickethub.ticket.Name;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketProgress;
import io.tickethub.ticket.TicketState;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a trouble ticket of v5, new or patched, means as changes of the canonical ticket. */
final class TroubleTicketChanges {

  /** Stands in an attribute for a property that a client took away. */
  static final String REMOVED = "null";

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_TITLE = 120;
  private static final int MOST_NOTES = 50;
  private static final String PRODUCT_CLASS = "productClass";
  private static final String PRODUCT_NAME = "productName";
  private static final Map<String, TicketKind> KINDS =
      Map.of(
          "incident", TicketKind.FAULT,
          "complain", TicketKind.COMPLAINT,
          "request", TicketKind.SERVICE_REQUEST);

  private final ProductCatalog products;

  TroubleTicketChanges(ProductCatalog products) {
    this.products = products;
  }

  /** The changes by which a ticket comes to be. */
  List<Change> opening(ObjectNode resource, TicketKey key, TmfClient client) {
    Map<String, Object> attributes = attributes(resource, resource);
    String productClass = product(resource, client, attributes);
    String description = text(resource, "description");
    TicketContent content =
        new TicketContent(
            kind(resource, client),
            productClass,
            title(text(resource, "name"), description),
            description,
            null,
            null,
            customer(resource),
            attributes,
            null,
            null);
    Instant occurredAt = time(resource, "creationDate");
    List<Change> changes = new ArrayList<>();
    Optional<TroubleTicketStatus.Target> target =
        resource.has("status")
            ? TroubleTicketStatus.target(text(resource, "status"), received())
            : Optional.empty();
    boolean atOnce =
        target.isPresent()
            && (target.get().cause() == null && target.get().state() != TicketState.ARCHIVED);
    changes.add(
        new Change.Open(key, occurredAt, atOnce ? target.get().state() : null, content, null));
    if (target.isPresent() && !atOnce) {
      changes.add(state(key, target.get(), text(resource, "statusChangeReason")));
    }
    changes.addAll(notes(resource, JSON.createObjectNode(), key));
    return changes;
  }

  private static TicketProgress received() {
    return new TicketProgress(TicketState.RECEIVED, null, null, null, 0, 0, 0);
  }

  /**
   * The changes that make of a ticket what a client patched it to.
   *
   * @param before the ticket as the client saw it
   * @param after the same, patched
   * @return empty if nothing is new
   */
  List<Change> patching(Ticket ticket, ObjectNode before, ObjectNode after, TicketKey key) {
    refuseServed(before, after);
    ObjectNode changed = changed(before, after);
    List<Change> changes = new ArrayList<>();
    TicketContent content =
        new TicketContent(
            null,
            null,
            changed.has("name") ? text(after, "name") : null,
            changed.has("description") ? text(after, "description") : null,
            null,
            null,
            changed.has("relatedParty") ? customer(after) : null,
            attributes(changed, after),
            null,
            null);
    if (!content.equals(TicketContent.EMPTY)) {
      changes.add(new Change.Update(key, null, content, null));
    }
    changes.addAll(notes(after, before, key));
    if (changed.has("status")) {
      TroubleTicketStatus.target(text(after, "status"), ticket.progress())
          .ifPresent(
              target ->
                  changes.add(
                      state(
                          key,
                          target,
                          changed.has("statusChangeReason")
                              ? text(after, "statusChangeReason")
                              : null)));
    } else if (changed.hasNonNull("statusChangeReason")) {
      changes.add(new Change.Note(key, null, text(after, "statusChangeReason")));
    }
    return changes;
  }

  private static void refuseServed(ObjectNode before, ObjectNode after) {
    for (String field : TicketFields.SERVED) {
      if (!before.path(field).equals(after.path(field))) {
        throw TmfException.badRequest("the property %s cannot be changed".formatted(field));
      }
    }
  }

  /** The properties that differ; null for those that are gone. */
  private static ObjectNode changed(ObjectNode before, ObjectNode after) {
    ObjectNode changed = JSON.createObjectNode();
    Set<String> fields = new HashSet<>();
    before.fieldNames().forEachRemaining(fields::add);
    after.fieldNames().forEachRemaining(fields::add);
    for (String field : fields) {
      if (!before.path(field).equals(after.path(field))) {
        changed.set(field, after.has(field) ? after.get(field) : JSON.nullNode());
      }
    }
    return changed;
  }

  private static Change state(TicketKey key, TroubleTicketStatus.Target target, String reason) {
    return new Change.StateChange(key, null, target.state(), target.cause(), null, reason);
  }

  /** Texts that {@code before} does not have: every system that hears of notes is told them. */
  private static List<Change> notes(ObjectNode after, ObjectNode before, TicketKey key) {
    if (after.path("note").size() > MOST_NOTES) {
      throw TmfException.badRequest("a ticket takes %d notes at most".formatted(MOST_NOTES));
    }
    Set<String> known = new HashSet<>();
    before.path("note").forEach(note -> known.add(note.path("text").asText()));
    List<Change> notes = new ArrayList<>();
    for (JsonNode note : after.path("note")) {
      String text = note.path("text").asText();
      if (!text.isBlank() && known.add(text)) {
        notes.add(new Change.Note(key, null, text));
      }
    }
    return notes;
  }

  private static Map<String, Object> attributes(ObjectNode changed, ObjectNode all) {
    Map<String, Object> attributes = new TreeMap<>();
    for (String field : TicketFields.TEXTS) {
      if (changed.has(field)) {
        String text = text(changed, field);
        attributes.put(TicketFields.PREFIX + field, text == null ? REMOVED : text);
      }
    }
    for (String field : TicketFields.STRUCTURES) {
      if (changed.has(field)) {
        attributes.put(TicketFields.PREFIX + field, json(changed.get(field)));
      }
    }
    if (!TicketFields.others(changed).isEmpty()) {
      attributes.put(TicketFields.OTHERS, json(TicketFields.others(all)));
    }
    return attributes;
  }

  private static String json(JsonNode value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TicketKind kind(ObjectNode resource, TmfClient client) {
    String type = String.valueOf(text(resource, "ticketType"));
    return Arrays.stream(TicketKind.values())
        .filter(kind -> kind.code().equals(type))
        .findFirst()
        .orElse(KINDS.getOrDefault(type, client.kind()));
  }

  /** A title is what people see first: the name, or the beginning of what was said. */
  private static String title(String name, String description) {
    String title = name == null ? description : name;
    if (title == null || title.isBlank()) {
      throw TmfException.badRequest("a ticket needs a description");
    }
    return name != null || title.length() <= LONGEST_TITLE
        ? title
        : title.substring(0, LONGEST_TITLE - 1) + "…";
  }

  /**
   * The product class and its identifiers, which characteristics of these names give; and without
   * any, the class of the client.
   */
  private String product(ObjectNode resource, TmfClient client, Map<String, Object> attributes) {
    Map<String, Object> given = new TreeMap<>();
    for (JsonNode item : resource.path("troubleTicketCharacteristic")) {
      JsonNode value = item.path("value");
      if (value.isValueNode() && !value.isNull() && item.hasNonNull("name")) {
        given.put(item.get("name").asText(), JSON.convertValue(value, Object.class));
      }
    }
    Object named = given.remove(PRODUCT_CLASS);
    String productClass = named == null ? client.productClass() : String.valueOf(named);
    if (named == null) {
      given.keySet().retainAll(Set.of(PRODUCT_NAME));
      given.putIfAbsent(PRODUCT_NAME, text(resource, "ticketType"));
    }
    var product =
        products
            .find(productClass)
            .orElseThrow(
                () ->
                    TmfException.badRequest(
                        "there is no product class '%s'".formatted(productClass)));
    List<Problem> problems = product.check(given);
    if (!problems.isEmpty()) {
      throw TmfException.badRequest(
          "characteristics of product class %s: %s"
              .formatted(productClass, problems.get(0).sentence()));
    }
    attributes.putAll(given);
    return productClass;
  }

  /** Null if no party has the role. */
  private static Customer customer(ObjectNode resource) {
    for (JsonNode party : resource.path("relatedParty")) {
      JsonNode reference = party.path("partyOrPartyRole");
      if (party.path("role").asText().equalsIgnoreCase("customer") && reference.hasNonNull("id")) {
        String number = reference.get("id").asText();
        Name.flaw("relatedParty.id", number)
            .ifPresent(
                flaw -> {
                  throw TmfException.badRequest(flaw.sentence());
                });
        return new Customer(number, text(reference, "name"), null, null, null, null, null, null);
      }
    }
    return null;
  }

  /** Null if it is not there. */
  static String text(JsonNode resource, String field) {
    JsonNode value = resource.path(field);
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }

  private static Instant time(ObjectNode resource, String field) {
    String text = text(resource, field);
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw TmfException.badRequest(
          "%s is no date and time as of RFC 3339, such as 2026-11-27T09:30:00Z".formatted(field));
    }
  }
}

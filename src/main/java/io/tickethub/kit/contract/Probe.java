package io.tickethub.kit.contract;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketStore;
import io.tickethub.product.ProductCatalog;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** A system that opens tickets for one connector, and says things of them. */
final class Probe {

  /** The channel it speaks on. */
  static final String CHANNEL = "change";

  private static final JsonMapper JSON = new JsonMapper();
  private static final Map<String, Object> USUAL =
      Map.of(
          "kind",
          "fault",
          "productClass",
          "general",
          "title",
          "no dial tone",
          "attributes",
          Map.of("productName", "telephone"));

  private final HubHolder hub;
  private final String connector;
  private final FreshNames names;

  Probe(HubHolder hub, Stage stage) {
    this.hub = hub;
    this.connector = stage.name();
    this.names = stage.names();
  }

  /** The name of a connector's probe. */
  static String name(String connector) {
    return "probe-" + connector;
  }

  /** A ticket of the probe. */
  record ProbeTicket(String name, long id) {}

  /**
   * Opens a ticket like the one in the first of these inputs of an outbound mapping that the hub
   * would take, under names of its own.
   */
  ProbeTicket open(List<JsonNode> candidates) {
    Optional<JsonNode> told = fitting(candidates);
    Map<String, String> aliases = new TreeMap<>();
    told.ifPresent(
        input ->
            input
                .path("references")
                .fields()
                .forEachRemaining(
                    reference -> {
                      if (!reference.getKey().equals("hub")) {
                        aliases.put(
                            reference.getKey(), names.another(reference.getValue().asText()));
                      }
                    }));
    ProbeTicket opened = open(content(told), aliases);
    String opener = hub.part(TicketStore.class).events(opened.id()).get(0).source();
    BrokenContractException.unless(
        opener.equals(name(connector)),
        "a new ticket called %s was taken for one that %s opened: one of the names is its",
        aliases,
        opener);
    return opened;
  }

  /** Opens such a ticket that goes by these names too. */
  ProbeTicket openCalled(List<JsonNode> candidates, Map<String, String> aliases) {
    return open(content(fitting(candidates)), aliases);
  }

  /** Opens such a ticket of this customer. */
  ProbeTicket openOf(List<JsonNode> candidates, String customer) {
    Map<String, Object> content =
        JSON.convertValue(content(fitting(candidates)), new TypeReference<>() {});
    content.put("customer", Map.of("number", customer));
    return open(content, Map.of());
  }

  /** The first of these inputs whose ticket says what its product class needs. */
  private Optional<JsonNode> fitting(List<JsonNode> candidates) {
    ProductCatalog products = hub.part(ProductCatalog.class);
    return candidates.stream()
        .filter(
            input -> {
              JsonNode content = input.path("ticket").path("content");
              Map<String, Object> attributes =
                  JSON.convertValue(content.path("attributes"), new TypeReference<>() {});
              return products
                  .find(content.path("productClass").asText())
                  .filter(
                      product ->
                          product.check(attributes == null ? Map.of() : attributes).isEmpty())
                  .isPresent();
            })
        .findFirst();
  }

  /** Of a customer nobody asked about yet. */
  private Object content(Optional<JsonNode> told) {
    if (told.isEmpty()) {
      return USUAL;
    }
    JsonNode content = told.get().path("ticket").path("content").deepCopy();
    if (content.get("customer") instanceof ObjectNode customer && customer.has("number")) {
      customer.put("number", names.another(customer.get("number").asText()));
    }
    return content;
  }

  private ProbeTicket open(Object content, Map<String, String> aliases) {
    String ticket = "P-" + UUID.randomUUID();
    Map<String, Object> change = change("open", ticket);
    change.put("ticket", Map.of("id", ticket, "aliases", aliases));
    change.put("content", content);
    send(change);
    TicketReferences references = hub.part(TicketReferences.class);
    Await.until("the probe's ticket is known", () -> references.ticketsCalled(ticket).size() == 1);
    return new ProbeTicket(ticket, references.ticketsCalled(ticket).get(0));
  }

  /** Says something of a ticket. */
  void says(ProbeTicket ticket, Happening happening) {
    Map<String, Object> change = change(happening.type(), ticket.name());
    change.putAll(happening.fields(name(connector)));
    send(change);
  }

  private static Map<String, Object> change(String type, String ticket) {
    Map<String, Object> change = new LinkedHashMap<>();
    change.put("type", type);
    change.put("ticket", Map.of("id", ticket));
    return change;
  }

  private void send(Map<String, Object> change) {
    try {
      byte[] body =
          JSON.writeValueAsBytes(Map.of("id", UUID.randomUUID().toString(), "change", change));
      HttpRequest request =
          HttpRequest.newBuilder(hub.url().resolve("/in/%s/%s".formatted(name(connector), CHANNEL)))
              .timeout(Duration.ofSeconds(20))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      HttpResponse<String> answer =
          hub.client(null).send(request, HttpResponse.BodyHandlers.ofString());
      BrokenContractException.unless(
          answer.statusCode() == 202,
          "the hub refuses a ticket like the one in told.json with %d: %s",
          answer.statusCode(),
          answer.body());
    } catch (IOException e) {
      throw new BrokenContractException("the hub does not answer the probe: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokenContractException("interrupted");
    }
  }
}

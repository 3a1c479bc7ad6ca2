package io.tickethub.tmf;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.alert.AlertKind;
import io.tickethub.alert.Alerts;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who wants to be told of tickets. */
@RestController
@RequestMapping("/tmf-api/troubleTicket/{version}/hub")
class ListenerController {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_OF_ONE_CLIENT = 20;

  private final ListenerStore listeners;
  private final CallbackPolicy policy;
  private final TicketEventFeed feed;
  private final RequestSchemas schemas;
  private final Alerts alerts;
  private final Clock clock;

  ListenerController(
      ListenerStore listeners,
      CallbackPolicy policy,
      TicketEventFeed feed,
      RequestSchemas schemas,
      Alerts alerts,
      Clock clock) {
    this.listeners = listeners;
    this.policy = policy;
    this.feed = feed;
    this.schemas = schemas;
    this.alerts = alerts;
    this.clock = clock;
  }

  @PostMapping
  ResponseEntity<ObjectNode> register(
      @PathVariable String version, Authentication who, HttpServletRequest request)
      throws IOException {
    TmfVersion of = TmfVersion.of(version);
    TmfClient client = TroubleTicketController.client(who);
    ObjectNode given =
        RequestBody.read(request, Set.of(TroubleTicketController.JSON)).object().deepCopy();
    if (of.typed() && !given.has("@type")) {
      given.put("@type", "Hub");
    }
    schemas.check(given, of, of.typed() ? "Hub_FVO" : "EventSubscriptionInput");
    String callback = policy.check(given.get("callback").asText()).toString();
    String query = given.path("query").asText("");
    if (ListQuery.of(query).filter() != null) {
      throw TmfException.badRequest("a listener's query takes conditions on properties only");
    }
    Listener listener =
        listeners
            .same(client.name(), of, callback, query)
            .orElseGet(() -> added(client, of, callback, query));
    return ResponseEntity.created(URI.create(href(listener))).body(shown(listener));
  }

  private Listener added(TmfClient client, TmfVersion version, String callback, String query) {
    if (listeners.count(client.name()) >= MOST_OF_ONE_CLIENT) {
      throw TmfException.conflict(
          "a client has %d listeners at most: remove one".formatted(MOST_OF_ONE_CLIENT));
    }
    Listener listener =
        new Listener(
            UUID.randomUUID().toString(), client.name(), version, callback, query, 0, null);
    feed.subscribe(() -> listeners.add(listener, clock.instant()));
    return listener;
  }

  @GetMapping("/{id}")
  ObjectNode show(@PathVariable String version, @PathVariable String id, Authentication who) {
    return listeners
        .find(id, TroubleTicketController.client(who).name(), TmfVersion.of(version))
        .map(ListenerController::shown)
        .orElseThrow(() -> TmfException.notFound("there is no listener with this id"));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> remove(
      @PathVariable String version, @PathVariable String id, Authentication who) {
    boolean removed =
        listeners.remove(id, TroubleTicketController.client(who).name(), TmfVersion.of(version));
    if (!removed) {
      throw TmfException.notFound("there is no listener with this id");
    }
    alerts.close(AlertKind.LISTENER_DEAD, id, "the client removed it");
    return ResponseEntity.noContent().build();
  }

  private static String href(Listener listener) {
    return "%s/hub/%s".formatted(listener.version().root(), listener.id());
  }

  private static ObjectNode shown(Listener listener) {
    ObjectNode node = JSON.createObjectNode();
    node.put("id", listener.id());
    node.put("callback", listener.callback());
    if (!listener.query().isEmpty()) {
      node.put("query", listener.query());
    }
    if (listener.version().typed()) {
      node.put("href", href(listener)).put("@type", "Hub");
    }
    return node;
  }
}

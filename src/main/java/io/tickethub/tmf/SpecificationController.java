package io.tickethub.tmf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.tmf.SpecificationStore.Kept;
import io.tickethub.tmf.TicketSearch.Found;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What kinds of trouble tickets there are and which characteristics they have, as v5 lets clients
 * keep it. The hub itself makes nothing of it.
 */
@RestController
@RequestMapping(SpecificationController.ROOT)
class SpecificationController {

  static final String ROOT = "/tmf-api/troubleTicket/v5/troubleTicketSpecification";
  private static final String TYPE = "TroubleTicketSpecification";

  private final SpecificationStore store;
  private final Notifications notifications;
  private final RequestSchemas schemas;
  private final TransactionTemplate transactions;
  private final Clock clock;
  private final String baseUrl;

  SpecificationController(
      SpecificationStore store,
      Notifications notifications,
      RequestSchemas schemas,
      TransactionTemplate transactions,
      Clock clock,
      TmfProperties properties) {
    this.store = store;
    this.notifications = notifications;
    this.schemas = schemas;
    this.transactions = transactions;
    this.clock = clock;
    this.baseUrl = properties.baseUrl();
  }

  @GetMapping
  ResponseEntity<List<ObjectNode>> list(HttpServletRequest request) {
    ListQuery query = ListQuery.of(request.getQueryString());
    if (query.page() != null) {
      throw TmfException.badRequest("this list is short: ask for its parts by offset");
    }
    List<ObjectNode> fitting =
        store.all().stream()
            .map(Kept::document)
            .filter(document -> query.criteria().stream().allMatch(one -> one.fits(document)))
            .filter(
                document ->
                    query.filter() == null || !JsonPaths.places(query.filter(), document).isEmpty())
            .sorted(order(query))
            .toList();
    List<ObjectNode> part =
        fitting.stream()
            .skip(query.offset())
            .limit(query.limit())
            .map(document -> FieldSelection.apply(document, query.fields()))
            .toList();
    return PageAnswer.of(request, query, new Found(part, fitting.size(), null, null), part);
  }

  private static Comparator<ObjectNode> order(ListQuery query) {
    return query.order().isEmpty() ? (one, other) -> 0 : TicketSearch.comparator(query.order());
  }

  @GetMapping("/{id}")
  ObjectNode show(@PathVariable String id, HttpServletRequest request) {
    return FieldSelection.apply(
        one(id).document(), ListQuery.of(request.getQueryString()).fields());
  }

  private Kept one(String id) {
    return store
        .find(id)
        .orElseThrow(
            () -> TmfException.notFound("there is no trouble ticket specification with this id"));
  }

  @PostMapping
  ResponseEntity<ObjectNode> create(HttpServletRequest request) throws IOException {
    ListQuery query = ListQuery.of(request.getQueryString());
    ObjectNode document =
        typed(RequestBody.read(request, Set.of(TroubleTicketController.JSON)).object());
    schemas.check(document, TmfVersion.V5, TYPE + "_FVO");
    String id = UUID.randomUUID().toString();
    String href = "%s%s/%s".formatted(baseUrl, ROOT, id);
    String now = clock.instant().toString();
    document.put("id", id).put("href", href).put("creationDate", now).put("lastUpdate", now);
    transactions.executeWithoutResult(
        status -> {
          if (!store.add(new Kept(id, 1, document))) {
            throw TmfException.conflict(
                "there are %d specifications already, which is the most"
                    .formatted(SpecificationStore.MOST));
          }
          notifications.ofSpecification(id + "-1", "CreateEvent", document);
        });
    return ResponseEntity.created(URI.create(href))
        .body(FieldSelection.apply(document, query.fields()));
  }

  private static ObjectNode typed(ObjectNode given) {
    ObjectNode document = given.deepCopy();
    if (!document.has("@type")) {
      document.put("@type", TYPE);
    }
    return document;
  }

  @PatchMapping("/{id}")
  ObjectNode change(@PathVariable String id, HttpServletRequest request) throws IOException {
    ListQuery query = ListQuery.of(request.getQueryString());
    RequestBody body = RequestBody.read(request, TroubleTicketController.PATCHES);
    Kept before = one(id);
    ObjectNode after = TicketPatch.apply(before.document(), body.json(), body.mediaType());
    for (String served : List.of("id", "href", "creationDate", "lastUpdate")) {
      if (!after.path(served).equals(before.document().path(served))) {
        throw TmfException.badRequest("the property %s cannot be changed".formatted(served));
      }
    }
    after.put("lastUpdate", clock.instant().toString());
    schemas.check(after, TmfVersion.V5, TYPE);
    boolean status =
        !after.path("lifecycleStatus").equals(before.document().path("lifecycleStatus"));
    transactions.executeWithoutResult(
        transaction -> {
          if (!store.replace(before, after)) {
            throw TmfException.conflict("it was changed by somebody else meanwhile, try again");
          }
          notifications.ofSpecification(
              "%s-%d".formatted(id, before.version() + 1),
              status ? "StatusChangeEvent" : "AttributeValueChangeEvent",
              after);
        });
    return FieldSelection.apply(after, query.fields());
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> remove(@PathVariable String id) {
    Kept kept = one(id);
    transactions.executeWithoutResult(
        status -> {
          store.remove(id);
          notifications.ofSpecification(
              "%s-%d".formatted(id, kept.version() + 1), "DeleteEvent", kept.document());
        });
    return ResponseEntity.noContent().build();
  }
}

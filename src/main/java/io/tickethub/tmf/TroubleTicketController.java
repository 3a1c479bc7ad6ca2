package io.tickethub.tmf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.tmf.TroubleTicketService.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/tmf-api/troubleTicket/{version}/troubleTicket")
class TroubleTicketController {

  static final String JSON = "application/json";
  static final Set<String> PATCHES =
      Set.of(JSON, TicketPatch.MERGE, TicketPatch.PATCH, TicketPatch.QUERY);

  private final TroubleTicketService service;
  private final TicketSearch search;
  private final PersonalReads reads;

  TroubleTicketController(TroubleTicketService service, TicketSearch search, PersonalReads reads) {
    this.service = service;
    this.search = search;
    this.reads = reads;
  }

  @GetMapping
  ResponseEntity<List<ObjectNode>> list(
      @PathVariable String version, Authentication who, HttpServletRequest request) {
    ListQuery query = ListQuery.of(request.getQueryString());
    TicketSearch.Found found = search.find(query, TmfVersion.of(version), client(who));
    reads.list(client(who), found.resources().size());
    return PageAnswer.of(
        request,
        query,
        found,
        found.resources().stream()
            .map(resource -> FieldSelection.apply(resource, query.fields()))
            .toList());
  }

  @GetMapping("/{id}")
  ObjectNode show(
      @PathVariable String version,
      @PathVariable String id,
      Authentication who,
      HttpServletRequest request) {
    ListQuery query = ListQuery.of(request.getQueryString());
    ObjectNode ticket = service.show(id, TmfVersion.of(version), client(who));
    reads.one(client(who), ticket.get("id").asText());
    return FieldSelection.apply(ticket, query.fields());
  }

  @PostMapping
  ResponseEntity<ObjectNode> create(
      @PathVariable String version, Authentication who, HttpServletRequest request)
      throws IOException {
    TmfCall call = TmfCall.of(version, who, request);
    ListQuery query = ListQuery.of(request.getQueryString());
    RequestBody body = RequestBody.read(request, Set.of(JSON));
    Outcome outcome = service.create(body, call);
    if (!outcome.isDone()) {
      return later(call.version());
    }
    ObjectNode created = outcome.resource();
    return ResponseEntity.created(URI.create(created.get("href").asText()))
        .body(FieldSelection.apply(created, query.fields()));
  }

  @PatchMapping("/{id}")
  ResponseEntity<ObjectNode> change(
      @PathVariable String version,
      @PathVariable String id,
      Authentication who,
      HttpServletRequest request)
      throws IOException {
    TmfCall call = TmfCall.of(version, who, request);
    ListQuery query = ListQuery.of(request.getQueryString());
    RequestBody body = RequestBody.read(request, PATCHES);
    Outcome outcome = service.change(id, body, call);
    if (!outcome.isDone()) {
      return later(call.version());
    }
    return ResponseEntity.ok(FieldSelection.apply(outcome.resource(), query.fields()));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<ObjectNode> cancel(
      @PathVariable String version,
      @PathVariable String id,
      Authentication who,
      HttpServletRequest request) {
    TmfCall call = TmfCall.of(version, who, request);
    boolean done = service.cancel(id, call);
    return done ? ResponseEntity.noContent().build() : later(call.version());
  }

  /** The change is kept and will take effect; v4 knows no 202. */
  private static ResponseEntity<ObjectNode> later(TmfVersion version) {
    if (version.typed()) {
      return ResponseEntity.accepted().build();
    }
    throw TmfException.unavailable(
        "the change is kept but has not taken effect yet: repeat it with the same Idempotency-Key or"
            + " externalId to learn what became of it");
  }

  static TmfClient client(Authentication who) {
    return (TmfClient) who.getPrincipal();
  }
}

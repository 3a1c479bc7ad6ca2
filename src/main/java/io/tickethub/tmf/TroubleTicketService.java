package io.tickethub.tmf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.intake.Consequences;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketStore;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.Name;
import io.tickethub.ticket.Origin;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketReference;
import io.tickethub.ticket.TicketState;
import io.tickethub.tmf.TicketSubmission.Applied;
import io.tickethub.tmf.TicketSubmission.Request;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the operations on trouble tickets do. Thread-safe. */
final class TroubleTicketService {

  private static final Set<EventType> WITHOUT_EFFECT =
      Set.of(EventType.CONFLICT, EventType.LATE, EventType.REQUESTED, EventType.NOTED);

  private final TicketSearch search;
  private final TicketStore tickets;
  private final TicketReferences references;
  private final TicketSubmission submission;
  private final TroubleTicketChanges changes;
  private final RequestSchemas schemas;
  private final Consequences consequences;
  private final Clock clock;

  TroubleTicketService(
      TicketSearch search,
      TicketStore tickets,
      TicketReferences references,
      TicketSubmission submission,
      TroubleTicketChanges changes,
      RequestSchemas schemas,
      Consequences consequences,
      Clock clock) {
    this.search = search;
    this.tickets = tickets;
    this.references = references;
    this.submission = submission;
    this.changes = changes;
    this.schemas = schemas;
    this.consequences = consequences;
    this.clock = clock;
  }

  /**
   * What a change led to.
   *
   * @param resource null if it is kept but has not taken effect yet
   */
  record Outcome(ObjectNode resource) {
    boolean isDone() {
      return resource != null;
    }
  }

  ObjectNode show(String id, TmfVersion version, TmfClient client) {
    return search.shown(one(id, client), version, client);
  }

  private Ticket one(String id, TmfClient client) {
    return search
        .one(id, client)
        .orElseThrow(() -> TmfException.notFound("there is no trouble ticket with this id"));
  }

  Outcome create(RequestBody body, TmfCall call) {
    TmfVersion version = call.version();
    TmfClient client = call.client();
    ObjectNode given = LegacyForm.toCurrent(body.object(), version);
    schemas.check(
        version.typed() ? given : body.object(),
        version,
        version.typed() ? "TroubleTicket_FVO" : "TroubleTicket_Create");
    given.remove(List.of("id", "href", "lastUpdate", "statusChangeDate", "statusChangeHistory"));
    long messageId = submission.nextId();
    String name = name(given);
    String requestId =
        call.key() != null
            ? "POST key " + call.key()
            : "POST " + (name == null ? Identifiers.text(messageId) : "of " + name);
    Request request =
        new Request(messageId, client.system(), requestId, "POST", body.bytes(), call.trace());
    TicketKey ticketKey =
        new TicketKey(
            name == null ? "tmf621-" + Identifiers.text(messageId) : name, null, null, null);
    List<Change> meaning = changes.opening(given, ticketKey, client);
    if (!submission.cameBefore(request)) {
      refuseTaken(client, name);
    }
    return outcome(submission.submit(request, meaning), version, client);
  }

  private void refuseTaken(TmfClient client, String name) {
    if (name == null) {
      return;
    }
    TicketReference reference = new TicketReference(client.system(), name);
    Long taken = references.resolve(List.of(reference)).get(reference);
    if (taken != null) {
      throw TmfException.conflict(
          "a trouble ticket with this external identifier is there already");
    }
  }

  /** What the client calls the ticket; null if it has no name for it. */
  private static String name(ObjectNode given) {
    String name = TroubleTicketChanges.text(given.path("externalIdentifier").path(0), "id");
    if (name == null || name.isBlank()) {
      return null;
    }
    Name.flaw("externalId", name)
        .ifPresent(
            flaw -> {
              throw TmfException.badRequest(flaw.sentence());
            });
    if (name.length() > 150) {
      throw TmfException.badRequest("an external identifier has 150 characters at most");
    }
    return name;
  }

  private Outcome outcome(Optional<Applied> applied, TmfVersion version, TmfClient client) {
    if (applied.isEmpty()) {
      return new Outcome(null);
    }
    Ticket ticket = tickets.load(List.of(applied.get().ticketId())).get(applied.get().ticketId());
    return new Outcome(search.shown(ticket, version, client));
  }

  Outcome change(String id, RequestBody body, TmfCall call) {
    TmfVersion version = call.version();
    TmfClient client = call.client();
    Ticket ticket = one(id, client);
    checkPatch(body, version);
    ObjectNode before = search.shown(ticket, version, client);
    ObjectNode after = TicketPatch.apply(before, body.json(), body.mediaType());
    schemas.check(completed(after, version), version, "TroubleTicket");
    ObjectNode seen = LegacyForm.toCurrent(before, version);
    ObjectNode wanted = LegacyForm.toCurrent(after, version);
    ObjectNode unmasked = client.seesPersonalData() ? seen : asItIs(ticket, version);
    List<Change> meaning =
        changes.patching(ticket, unmasked, Unmasking.of(wanted, seen, unmasked), hubKey(ticket));
    long messageId = submission.nextId();
    Request request = request(messageId, "PATCH", ticket, call, body.bytes());
    boolean repeated = call.key() != null && submission.cameBefore(request);
    if (meaning.isEmpty() && !repeated) {
      return new Outcome(before);
    }
    if (!repeated) {
      refuseIllegal(ticket, meaning, client);
    }
    Optional<Applied> applied =
        submission.submit(request, meaning.isEmpty() ? noted(ticket) : meaning);
    applied.ifPresent(this::refuseWithoutEffect);
    return outcome(applied, version, client);
  }

  private static List<Change> noted(Ticket ticket) {
    return List.of(new Change.Note(hubKey(ticket), null, "repeated"));
  }

  private ObjectNode asItIs(Ticket ticket, TmfVersion version) {
    TmfClient all =
        new TmfClient(
            "", "", Set.of(TmfScope.PERSONAL), false, Set.of(), "", ticket.content().kind());
    return LegacyForm.toCurrent(search.shown(ticket, version, all), version);
  }

  private static ObjectNode completed(ObjectNode ticket, TmfVersion version) {
    return version.typed() ? LegacyForm.toCurrent(ticket, version) : ticket;
  }

  private void checkPatch(RequestBody body, TmfVersion version) {
    boolean operations =
        body.mediaType().equals(TicketPatch.PATCH) || body.mediaType().equals(TicketPatch.QUERY);
    if (operations) {
      schemas.check(body.json(), TmfVersion.V5, "JsonPatchOperations");
    } else {
      ObjectNode patch = completed(body.object(), version).deepCopy();
      patch.properties().removeIf(entry -> entry.getValue().isNull());
      schemas.check(patch, version, version.typed() ? "TroubleTicket_MVO" : "TroubleTicket_Update");
    }
  }

  private static TicketKey hubKey(Ticket ticket) {
    return new TicketKey(null, ticket.number(), null, null);
  }

  private static Request request(
      long messageId, String method, Ticket ticket, TmfCall call, byte[] body) {
    String id = call.key() == null ? Identifiers.text(messageId) : call.key();
    return new Request(
        messageId,
        call.client().system(),
        "%s %s %s".formatted(method, ticket.number(), id),
        method,
        body,
        call.trace());
  }

  /** What the rules or the ticket's life do not allow is refused before anything is kept of it. */
  private void refuseIllegal(Ticket ticket, List<Change> meaning, TmfClient client) {
    for (Change change : meaning) {
      if (change instanceof Change.StateChange to) {
        Origin origin = new Origin(client.system(), TicketSubmission.CHANNEL, 0, clock.instant());
        consequences
            .apply(ticket, to, origin, Optional.empty(), Set.of())
            .applied()
            .events()
            .forEach(TroubleTicketService::refuseWithoutEffect);
      }
    }
  }

  private void refuseWithoutEffect(Applied applied) {
    tickets
        .eventsOfMessages(Set.of(applied.messageId()))
        .forEach(TroubleTicketService::refuseWithoutEffect);
  }

  private static void refuseWithoutEffect(TicketEvent event) {
    TicketState wanted = event.detail().requestedState();
    if (wanted != null && WITHOUT_EFFECT.contains(event.type())) {
      throw TmfException.conflict(
          "the status cannot change so: %s (the ticket is '%s')"
              .formatted(event.detail().reason(), event.from().code()));
    }
  }

  /** False if the change is kept but has not taken effect yet. */
  boolean cancel(String id, TmfCall call) {
    TmfClient client = call.client();
    Ticket ticket = one(id, client);
    if (ticket.state() == TicketState.CANCELLED) {
      return true;
    }
    List<Change> meaning =
        List.of(
            new Change.StateChange(hubKey(ticket), null, TicketState.CANCELLED, null, null, null));
    refuseIllegal(ticket, meaning, client);
    byte[] body = ("DELETE " + ticket.number()).getBytes(StandardCharsets.UTF_8);
    Optional<Applied> applied =
        submission.submit(request(submission.nextId(), "DELETE", ticket, call, body), meaning);
    applied.ifPresent(this::refuseWithoutEffect);
    return applied.isPresent();
  }

  /** For clients without personal data: what they did not touch stays as it is. */
  private static final class Unmasking {

    private Unmasking() {}

    static ObjectNode of(ObjectNode wanted, ObjectNode seen, ObjectNode real) {
      ObjectNode whole = wanted.objectNode();
      wanted
          .properties()
          .forEach(
              entry ->
                  whole.set(
                      entry.getKey(),
                      value(
                          entry.getValue(), seen.path(entry.getKey()), real.path(entry.getKey()))));
      return whole;
    }

    private static JsonNode value(JsonNode wanted, JsonNode seen, JsonNode real) {
      if (wanted.equals(seen) && !real.isMissingNode()) {
        return real;
      }
      if (wanted instanceof ArrayNode list && seen.isArray() && seen.size() == real.size()) {
        ArrayNode whole = list.arrayNode();
        for (JsonNode element : list) {
          whole.add(element(element, seen, real));
        }
        return whole;
      }
      return wanted;
    }

    private static JsonNode element(JsonNode wanted, JsonNode seen, JsonNode real) {
      for (int i = 0; i < seen.size(); i++) {
        if (seen.get(i).equals(wanted)) {
          return real.get(i);
        }
      }
      return wanted;
    }
  }
}

package io.tickethub.api;

import io.tickethub.connector.Connectors;
import io.tickethub.connector.channel.Receipt;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.JournalEntry;
import io.tickethub.journal.MessageBodies;
import io.tickethub.journal.MessageEdits;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.MessageStatus;
import io.tickethub.journal.TicketStore;
import io.tickethub.mapping.MappingException;
import io.tickethub.replay.EditedReplay;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import io.tickethub.ticket.Ticket;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messages")
public class MessageController {

  private static final Set<ProblemCode> NOT_WHOLE =
      Set.of(ProblemCode.TOO_LARGE, ProblemCode.REPEATED_ID);

  private final MessageJournal journal;
  private final TicketStore tickets;
  private final MessageEdits edits;
  private final MessageBodies bodies;
  private final EditedReplay editedReplay;
  private final Connectors connectors;
  private final Audit audit;

  MessageController(
      MessageJournal journal,
      TicketStore tickets,
      MessageEdits edits,
      MessageBodies bodies,
      EditedReplay editedReplay,
      Connectors connectors,
      Audit audit) {
    this.journal = journal;
    this.tickets = tickets;
    this.edits = edits;
    this.bodies = bodies;
    this.editedReplay = editedReplay;
    this.connectors = connectors;
    this.audit = audit;
  }

  /**
   * A message without its body. The problem leaves the offending value out.
   *
   * @param body whether its body is kept, until when, or that it expired; only where one is asked
   *     for
   * @param editedFrom the message a person made this one of; only where one is asked for
   * @param editedAs the message a person made of this one; only where one is asked for
   */
  public record View(
      String id,
      String connector,
      String channel,
      String externalId,
      int version,
      String status,
      String ticket,
      Cause problem,
      String fileName,
      Integer line,
      int size,
      Instant receivedAt,
      String body,
      String editedFrom,
      String editedAs) {}

  /** Why a message did not take effect. */
  public record Cause(String code, Integer line, String field, String detail) {
    static Cause of(Problem problem) {
      return problem == null
          ? null
          : new Cause(problem.code().code(), problem.line(), problem.field(), problem.detail());
    }
  }

  @GetMapping
  public List<View> find(
      @RequestParam Optional<String> connector,
      @RequestParam Optional<String> status,
      @RequestParam Optional<String> externalId,
      @RequestParam Optional<String> ticket,
      @RequestParam(defaultValue = "20") int limit) {
    Long ticketId =
        ticket
            .map(
                number ->
                    tickets
                        .findByNumber(number)
                        .map(Ticket::id)
                        .orElseThrow(
                            () ->
                                new NotFoundException("there is no ticket '%s'".formatted(number))))
            .orElse(null);
    List<JournalEntry> entries =
        journal.find(
            connector.orElse(null),
            status.map(MessageStatus::of).orElse(null),
            externalId.orElse(null),
            ticketId,
            Page.size(limit));
    Map<Long, Ticket> about =
        tickets.load(
            entries.stream().map(JournalEntry::ticketId).filter(Objects::nonNull).toList());
    return entries.stream()
        .map(entry -> view(entry, entry.ticketId() == null ? null : about.get(entry.ticketId())))
        .toList();
  }

  @GetMapping("/{id}")
  public View show(@PathVariable String id) {
    JournalEntry entry = entry(id);
    Ticket ticket =
        entry.ticketId() == null
            ? null
            : tickets.load(List.of(entry.ticketId())).get(entry.ticketId());
    return view(
        entry,
        ticket,
        bodies.isKept(entry)
            ? "kept until " + entry.bodyExpiresOn() + " at least"
            : bodies.expired(entry),
        edits.originalOf(entry.externalId()).map(Identifiers::text).orElse(null),
        edits.madeOf(entry.id()).map(Identifiers::text).orElse(null));
  }

  /** The body as it was received, for those who may see personal data. */
  @GetMapping(value = "/{id}/body", produces = "application/octet-stream")
  public byte[] body(@PathVariable String id, Principal who) {
    JournalEntry entry = entry(id);
    Right.REVEAL.require(who, entry.connector());
    byte[] body = journal.body(entry);
    audit.record(who.getName(), "reveal", "message " + id, "the body was shown");
    return body;
  }

  /** What a replay did; {@code message} is the new message. */
  public record Replayed(String id, String message, String explanation) {}

  /** Lets a refused message come in again, by its connector's mapping of today. */
  @PostMapping("/{id}/replay")
  public Replayed replay(@PathVariable String id, Principal who) {
    JournalEntry entry = entry(id);
    Right.OPERATE.require(who, entry.connector());
    if (entry.status() != MessageStatus.REJECTED) {
      throw new IllegalStateException(
          "message %s is %s: only what was rejected comes in again; what gave up is a dead letter"
              .formatted(id, entry.status().text()));
    }
    if (entry.problem() != null && NOT_WHOLE.contains(entry.problem().code())) {
      throw new IllegalStateException(
          "message %s was not kept whole, or its id was used for another: it cannot come in again"
              .formatted(id));
    }
    Receipt receipt;
    try {
      receipt = connectors.admitAgain(entry, journal.body(entry));
    } catch (MappingException e) {
      throw new IllegalStateException(
          "the message still cannot be understood: " + e.getMessage(), e);
    }
    audit.record(who.getName(), "replay", "message " + id, "came in again");
    return new Replayed(
        id, receipt.message(), "it came in again; if it took effect meanwhile, nothing changes");
  }

  /** What an edit made; {@code message} is the new message. */
  public record Edited(String id, String message, String externalId, String explanation) {}

  /** Sends the body in as a new message in the place of a refused one. */
  @PostMapping("/{id}/edit")
  public Edited edit(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String reason,
      HttpServletRequest request,
      Principal who)
      throws IOException {
    JournalEntry entry = entry(id);
    Right.REVEAL.require(who, entry.connector());
    Right.OPERATE.require(who, entry.connector());
    String why = Reason.required(reason);
    byte[] body = EditedBody.read(request);
    EditedReplay.Edited edited;
    try {
      edited = editedReplay.edit(entry, body, who.getName(), why);
    } catch (MappingException e) {
      throw EditedBody.notUnderstood(e);
    }
    audit.record(
        who.getName(),
        "edit",
        "message " + id,
        "%s; reason: %s".formatted(EditedBody.detail(edited), why));
    return new Edited(
        id,
        edited.message(),
        edited.externalId(),
        "it came in as a new message; the old one is kept as it was");
  }

  private JournalEntry entry(String id) {
    return journal
        .find(Identifiers.parse(id))
        .orElseThrow(() -> new NotFoundException("there is no message '%s'".formatted(id)));
  }

  private static View view(JournalEntry entry, Ticket ticket) {
    return view(entry, ticket, null, null, null);
  }

  private static View view(
      JournalEntry entry, Ticket ticket, String body, String editedFrom, String editedAs) {
    return new View(
        Identifiers.text(entry.id()),
        entry.connector(),
        entry.channel(),
        entry.externalId(),
        entry.version(),
        entry.status().text(),
        ticket == null ? null : ticket.number(),
        Cause.of(entry.problem()),
        entry.provenance().fileName(),
        entry.provenance().line(),
        entry.size(),
        entry.receivedAt(),
        body,
        editedFrom,
        editedAs);
  }
}

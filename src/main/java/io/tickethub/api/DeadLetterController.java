package io.tickethub.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tickethub.connector.Connectors;
import io.tickethub.delivery.DeadLetters;
import io.tickethub.delivery.LetterFilter;
import io.tickethub.delivery.Replay;
import io.tickethub.intake.MessageReplay;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.JournalEntry;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.TicketStore;
import io.tickethub.mapping.MappingException;
import io.tickethub.privacy.Masking;
import io.tickethub.replay.EditedReplay;
import io.tickethub.ticket.Ticket;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/dead-letters")
public class DeadLetterController {

  private final DeadLetters deadLetters;
  private final DeadLetterDetails details;
  private final TicketStore tickets;
  private final Replay replay;
  private final MessageReplay messageReplay;
  private final EditedReplay editedReplay;
  private final Connectors connectors;
  private final MessageJournal journal;
  private final Audit audit;

  DeadLetterController(
      DeadLetters deadLetters,
      DeadLetterDetails details,
      TicketStore tickets,
      Replay replay,
      MessageReplay messageReplay,
      EditedReplay editedReplay,
      Connectors connectors,
      MessageJournal journal,
      Audit audit) {
    this.deadLetters = deadLetters;
    this.details = details;
    this.tickets = tickets;
    this.replay = replay;
    this.messageReplay = messageReplay;
    this.editedReplay = editedReplay;
    this.connectors = connectors;
    this.journal = journal;
    this.audit = audit;
  }

  /** What gave up and why. */
  public record View(
      String id,
      String kind,
      String connector,
      String channel,
      String code,
      String cause,
      String group,
      String ticket,
      String message,
      String delivery,
      Instant createdAt,
      Instant closedAt,
      String closedBy,
      String outcome) {}

  /** The same with all that led to it. */
  public record Detailed(
      @JsonUnwrapped View letter,
      DeadLetterDetails.Way way,
      List<DeadLetterDetails.Attempt> attempts) {}

  /** What an action did. */
  public record Done(String id, boolean done, String explanation) {}

  /** What an edit made; {@code message} is the new message. */
  public record Edited(String id, String message, String externalId, String explanation) {}

  @GetMapping
  public List<View> list(
      @RequestParam Optional<String> connector,
      @RequestParam(defaultValue = "false") boolean closed,
      @RequestParam(defaultValue = "50") int limit) {
    return deadLetters.list(connector.orElse(null), closed, Page.size(limit)).stream()
        .map(this::view)
        .toList();
  }

  /** The open ones of a group in the order in which a replay takes them. */
  public List<View> first(String group, int limit) {
    return deadLetters
        .next(
            new LetterFilter(group, null, null, null, null, null),
            Long.MAX_VALUE,
            -1,
            -1,
            Page.size(limit))
        .stream()
        .map(this::view)
        .toList();
  }

  /** {@code reveal}: with personal data and the bytes of the message, for those who may. */
  @GetMapping("/{id}")
  public Detailed show(
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean reveal,
      Principal who) {
    DeadLetters.Entry entry = entry(id);
    if (reveal) {
      Right.REVEAL.require(who, entry.letter().connector());
      audit.record(who.getName(), "reveal", "dead letter " + id, "message and attempts were shown");
    }
    return new Detailed(
        view(entry),
        details.way(
            entry.letter().messageId(), source -> reveal && Right.REVEAL.isHeldBy(who, source)),
        details.attempts(entry.letter(), reveal));
  }

  @PostMapping("/{id}/replay")
  public Done replay(
      @PathVariable String id, @RequestParam(defaultValue = "") String reason, Principal who) {
    DeadLetters.Entry entry = entry(id);
    Right.OPERATE.require(who, entry.letter().connector());
    boolean done;
    try {
      done =
          entry.letter().kind() == DeadLetters.Kind.DELIVERY
              ? replay.replay(entry, who.getName())
              : messageReplay.replay(entry, who.getName(), connectors::translate);
    } catch (MappingException e) {
      throw new IllegalStateException(
          "the message still cannot be understood: " + e.getMessage(), e);
    }
    record(who, "replay", id, done ? "replayed" : "nothing to do", reason);
    return new Done(
        id, done, done ? "it is tried again" : "it is closed already; nothing was sent");
  }

  @PostMapping("/{id}/discard")
  public Done discard(
      @PathVariable String id, @RequestParam(defaultValue = "") String reason, Principal who) {
    DeadLetters.Entry entry = entry(id);
    Right.OPERATE.require(who, entry.letter().connector());
    boolean done =
        entry.letter().kind() == DeadLetters.Kind.DELIVERY
            ? replay.discard(entry, who.getName())
            : messageReplay.discard(entry, who.getName());
    record(who, "discard", id, done ? "discarded" : "nothing to do", reason);
    return new Done(
        id,
        done,
        done ? "what stood behind it goes on; this cannot be undone" : "it is closed already");
  }

  /** Sends the body in as a new message in the place of the dead one. */
  @PostMapping("/{id}/edit")
  public Edited edit(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String reason,
      HttpServletRequest request,
      Principal who)
      throws IOException {
    DeadLetters.Entry entry = entry(id);
    requireForEdit(who, entry);
    String why = Reason.required(reason);
    byte[] body = EditedBody.read(request);
    EditedReplay.Edited edited;
    try {
      edited = editedReplay.edit(entry, body, who.getName(), why);
    } catch (MappingException e) {
      throw EditedBody.notUnderstood(e);
    }
    record(who, "edit", id, EditedBody.detail(edited), why);
    return new Edited(
        id,
        edited.message(),
        edited.externalId(),
        "it came in as a new message; the old one is kept as it was");
  }

  /** Of what gave up on its way out, it is the message of another connector that is edited. */
  private void requireForEdit(Principal who, DeadLetters.Entry entry) {
    Stream.concat(
            Stream.of(entry.letter().connector()),
            journal.find(entry.letter().messageId()).map(JournalEntry::connector).stream())
        .forEach(
            connector -> {
              Right.REVEAL.require(who, connector);
              Right.OPERATE.require(who, connector);
            });
  }

  private void record(Principal who, String action, String id, String detail, String reason) {
    String why = Reason.given(reason);
    audit.record(
        who.getName(),
        action,
        "dead letter " + id,
        why.isEmpty() ? detail : "%s; reason: %s".formatted(detail, why));
  }

  private DeadLetters.Entry entry(String id) {
    return deadLetters
        .find(Identifiers.parse(id))
        .orElseThrow(() -> new NotFoundException("there is no dead letter '%s'".formatted(id)));
  }

  private View view(DeadLetters.Entry entry) {
    DeadLetters.Letter letter = entry.letter();
    Ticket ticket =
        letter.ticketId() == null
            ? null
            : tickets.load(List.of(letter.ticketId())).get(letter.ticketId());
    return new View(
        Identifiers.text(entry.id()),
        letter.kind().name().toLowerCase(java.util.Locale.ROOT),
        letter.connector(),
        letter.channel(),
        letter.code(),
        Masking.text(letter.cause(), List.of()),
        letter.fingerprint(),
        ticket == null ? null : ticket.number(),
        Identifiers.text(letter.messageId()),
        letter.deliveryId() == null ? null : Identifiers.text(letter.deliveryId()),
        entry.createdAt(),
        entry.closedAt(),
        entry.closedBy(),
        entry.outcome());
  }
}

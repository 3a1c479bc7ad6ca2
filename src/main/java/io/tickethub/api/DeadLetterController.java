package io.tickethub.api;

import io.tickethub.connector.Connectors;
import io.tickethub.delivery.DeadLetters;
import io.tickethub.delivery.DeliveryLog;
import io.tickethub.delivery.Replay;
import io.tickethub.intake.MessageReplay;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.TicketStore;
import io.tickethub.mapping.MappingException;
import io.tickethub.ticket.Ticket;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/dead-letters")
class DeadLetterController {

  private final DeadLetters deadLetters;
  private final DeliveryLog deliveries;
  private final TicketStore tickets;
  private final Replay replay;
  private final MessageReplay messageReplay;
  private final Connectors connectors;
  private final Audit audit;

  DeadLetterController(
      DeadLetters deadLetters,
      DeliveryLog deliveries,
      TicketStore tickets,
      Replay replay,
      MessageReplay messageReplay,
      Connectors connectors,
      Audit audit) {
    this.deadLetters = deadLetters;
    this.deliveries = deliveries;
    this.tickets = tickets;
    this.replay = replay;
    this.messageReplay = messageReplay;
    this.connectors = connectors;
    this.audit = audit;
  }

  /** What gave up and why. */
  record View(
      String id,
      String kind,
      String connector,
      String channel,
      String code,
      String cause,
      String ticket,
      String message,
      String delivery,
      Instant createdAt,
      Instant closedAt,
      String closedBy,
      String outcome,
      List<Attempt> attempts) {}

  /** One attempt to deliver. */
  record Attempt(
      int attempt,
      String channel,
      Instant startedAt,
      Instant finishedAt,
      String outcome,
      String failureCode,
      String failureText) {}

  /** What an action did. */
  record Done(String id, boolean done, String explanation) {}

  @GetMapping
  List<View> list(
      @RequestParam Optional<String> connector,
      @RequestParam(defaultValue = "false") boolean closed,
      @RequestParam(defaultValue = "50") int limit) {
    return deadLetters.list(connector.orElse(null), closed, Page.size(limit)).stream()
        .map(entry -> view(entry, List.of()))
        .toList();
  }

  @GetMapping("/{id}")
  View show(@PathVariable String id) {
    DeadLetters.Entry entry = entry(id);
    List<Attempt> attempts =
        entry.letter().deliveryId() == null
            ? List.of()
            : deliveries.attempts(entry.letter().deliveryId()).stream()
                .map(DeadLetterController::attempt)
                .toList();
    return view(entry, attempts);
  }

  @PostMapping("/{id}/replay")
  Done replay(@PathVariable String id, Principal who) {
    DeadLetters.Entry entry = entry(id);
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
    audit.record(who.getName(), "replay", "dead letter " + id, done ? "replayed" : "nothing to do");
    return new Done(
        id, done, done ? "it is tried again" : "it is closed already; nothing was sent");
  }

  @PostMapping("/{id}/discard")
  Done discard(@PathVariable String id, Principal who) {
    DeadLetters.Entry entry = entry(id);
    boolean done =
        entry.letter().kind() == DeadLetters.Kind.DELIVERY
            ? replay.discard(entry, who.getName())
            : messageReplay.discard(entry, who.getName());
    audit.record(
        who.getName(), "discard", "dead letter " + id, done ? "discarded" : "nothing to do");
    return new Done(id, done, done ? "what stood behind it goes on" : "it is closed already");
  }

  private DeadLetters.Entry entry(String id) {
    return deadLetters
        .find(Identifiers.parse(id))
        .orElseThrow(() -> new NotFoundException("there is no dead letter '%s'".formatted(id)));
  }

  private View view(DeadLetters.Entry entry, List<Attempt> attempts) {
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
        letter.cause(),
        ticket == null ? null : ticket.number(),
        Identifiers.text(letter.messageId()),
        letter.deliveryId() == null ? null : Identifiers.text(letter.deliveryId()),
        entry.createdAt(),
        entry.closedAt(),
        entry.closedBy(),
        entry.outcome(),
        attempts);
  }

  private static Attempt attempt(DeliveryLog.Attempt attempt) {
    return new Attempt(
        attempt.attempt(),
        attempt.channel(),
        attempt.startedAt(),
        attempt.finishedAt(),
        attempt.outcome(),
        attempt.failureCode(),
        attempt.failureText());
  }
}

package io.tickethub.api;

import io.tickethub.intake.HubMessages;
import io.tickethub.intake.IntakeMessage;
import io.tickethub.intake.IntakeQueue;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketStore;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketLinks.Related;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A person makes tickets children of another, or takes them out; both go the way of a message. */
@RestController
@RequestMapping("/api/tickets/{number}")
class TicketGroupController {

  private static final String CHANNEL = "operator";

  private final TicketStore tickets;
  private final TicketReferences references;
  private final IntakeQueue queue;
  private final HubMessages messages;
  private final Identifiers identifiers;
  private final Audit audit;
  private final Clock clock;

  TicketGroupController(
      TicketStore tickets,
      TicketReferences references,
      IntakeQueue queue,
      HubMessages messages,
      Identifiers identifiers,
      Audit audit,
      Clock clock) {
    this.tickets = tickets;
    this.references = references;
    this.queue = queue;
    this.messages = messages;
    this.identifiers = identifiers;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What was asked for; it takes effect as a message.
   *
   * @param parent null: the ticket is to stand alone
   */
  record Asked(String ticket, String parent, String message) {}

  @PostMapping("/join")
  Asked join(
      @PathVariable String number,
      @RequestParam String parent,
      @RequestParam(required = false) String reason,
      Principal who) {
    String why = Reason.required(reason);
    Ticket child = CalledTicket.one(number, tickets, references);
    Ticket other = CalledTicket.one(parent, tickets, references);
    refuse(child, other);
    Instant now = clock.instant();
    List<IntakeMessage> asked = new ArrayList<>();
    if (!other.links().massFault()) {
      asked.add(message("gather", other, new Change.Gather(key(other), now, why), now));
    }
    Change join =
        new Change.Join(key(child), now, new Related(other.id(), other.number()), false, why);
    asked.add(message("join", child, join, now));
    audit.record(who.getName(), "ticket-join", child.number() + " " + other.number(), why);
    queue.putAll(asked);
    return new Asked(child.number(), other.number(), last(asked));
  }

  @PostMapping("/leave")
  Asked leave(
      @PathVariable String number, @RequestParam(required = false) String reason, Principal who) {
    String why = Reason.required(reason);
    Ticket child = CalledTicket.one(number, tickets, references);
    if (child.links().parent() == null) {
      throw new IllegalArgumentException(
          "ticket %s has no parent that it could leave".formatted(child.number()));
    }
    Instant now = clock.instant();
    List<IntakeMessage> asked =
        List.of(message("leave", child, new Change.Leave(key(child), now, why), now));
    audit.record(
        who.getName(), "ticket-leave", child.number() + " " + child.links().parent().number(), why);
    queue.putAll(asked);
    return new Asked(child.number(), null, last(asked));
  }

  private static void refuse(Ticket child, Ticket parent) {
    if (child.id() == parent.id()) {
      throw new IllegalArgumentException(
          "ticket %s cannot be its own parent".formatted(child.number()));
    }
    if (!child.isAtWork() || !parent.isAtWork()) {
      Ticket done = child.isAtWork() ? parent : child;
      throw new IllegalArgumentException(
          "ticket %s is in state '%s': only tickets that are worked on join"
              .formatted(done.number(), done.state().code()));
    }
    if (child.links().massFault() || parent.links().parent() != null) {
      throw new IllegalArgumentException(
          "a parent has no parent: %s"
              .formatted(
                  child.links().massFault()
                      ? child.number() + " has children itself"
                      : "%s is a child of %s"
                          .formatted(parent.number(), parent.links().parent().number())));
    }
  }

  private IntakeMessage message(String action, Ticket ticket, Change change, Instant now) {
    String id = "%s/%s/%s".formatted(action, ticket.number(), Identifiers.text(identifiers.next()));
    return messages.message(CHANNEL, id, change, now);
  }

  private static TicketKey key(Ticket ticket) {
    return new TicketKey(null, ticket.number(), Map.of(), null);
  }

  private static String last(List<IntakeMessage> asked) {
    return Identifiers.text(asked.get(asked.size() - 1).id());
  }
}

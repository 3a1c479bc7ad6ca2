package io.tickethub.intake;

import io.tickethub.ticket.Change;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketEvent;
import java.util.Collection;
import java.util.Set;

/**
 * What was said of a ticket by messages that came after one that gave up and is replayed: an older
 * word never takes the place of a newer one.
 *
 * @param content the fields they gave, the newest value each
 * @param moved they changed the state or the owner
 */
record NewerFacts(TicketContent content, boolean moved) {

  static final NewerFacts NONE = new NewerFacts(TicketContent.EMPTY, false);

  /** Events that only keep what was said. */
  private static final Set<EventType> WITHOUT_EFFECT =
      Set.of(EventType.LATE, EventType.CONFLICT, EventType.REQUESTED, EventType.NOTED);

  /** {@code history}: the ticket's events, in order. */
  static NewerFacts than(long messageId, Collection<TicketEvent> history) {
    TicketContent content = TicketContent.EMPTY;
    boolean moved = false;
    for (TicketEvent event : history) {
      if (event.messageId() > messageId && !WITHOUT_EFFECT.contains(event.type())) {
        moved |= event.from() != event.to() || event.detail().transferredTo() != null;
        if (event.detail().content() != null) {
          content = content.merge(event.detail().content());
        }
      }
    }
    return new NewerFacts(content, moved);
  }

  /** The change would undo something newer. */
  boolean contradict(Change change, Ticket ticket) {
    if (change instanceof Change.StateChange || change instanceof Change.Transfer) {
      return moved;
    }
    if (change instanceof Change.Update update) {
      TicketContent now = ticket.content();
      return !now.merge(update.content()).equals(now.merge(rest(update)));
    }
    return false;
  }

  private TicketContent rest(Change.Update update) {
    return update.content().missingIn(content);
  }

  /** What may still take effect of a change that would undo something newer. */
  Change.Update harmless(Change.Update update) {
    return new Change.Update(update.ticket(), update.occurredAt(), rest(update), update.note());
  }
}

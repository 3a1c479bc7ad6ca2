package io.tickethub.intake;

import io.tickethub.ticket.Change;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketEvent;
import java.util.List;
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

  /**
   * The report that opened the ticket is no newer word, even if it came later: what waits for a
   * ticket is applied after it, too.
   *
   * @param history the ticket's events, in order
   */
  static NewerFacts than(long messageId, List<TicketEvent> history) {
    TicketContent content = TicketContent.EMPTY;
    boolean moved = false;
    long opening = history.isEmpty() ? messageId : history.get(0).messageId();
    for (TicketEvent event : history) {
      if (event.messageId() > messageId
          && event.messageId() != opening
          && !WITHOUT_EFFECT.contains(event.type())) {
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
    if (change instanceof Change.StateChange to) {
      return moved || to.content() != null && undo(to.content(), ticket);
    }
    if (change instanceof Change.Transfer || change instanceof Change.NotReached) {
      return moved;
    }
    return change instanceof Change.Update update && undo(update.content(), ticket);
  }

  private boolean undo(TicketContent patch, Ticket ticket) {
    TicketContent now = ticket.content();
    return !now.merge(patch).equals(now.merge(patch.missingIn(content)));
  }

  /** What may still take effect of a change that would undo something newer. */
  Change.Update harmless(Change.Update update) {
    return new Change.Update(
        update.ticket(), update.occurredAt(), update.content().missingIn(content), update.note());
  }
}

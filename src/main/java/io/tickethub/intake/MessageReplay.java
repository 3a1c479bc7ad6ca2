package io.tickethub.intake;

import io.tickethub.delivery.DeadLetters;
import io.tickethub.journal.JournalEntry;
import io.tickethub.journal.MessageJournal;
import io.tickethub.ticket.Change;
import java.util.List;
import java.util.Optional;

/**
 * Lets a dead message try again, with the bytes it came with and its connector's mapping of today.
 */
public final class MessageReplay {

  private final MessageJournal journal;
  private final DeadLetters deadLetters;
  private final IntakeQueue queue;

  public MessageReplay(MessageJournal journal, DeadLetters deadLetters, IntakeQueue queue) {
    this.journal = journal;
    this.deadLetters = deadLetters;
    this.queue = queue;
  }

  /** Says what a stored message means. */
  @FunctionalInterface
  public interface Translator {
    List<Change> changes(JournalEntry entry, byte[] body);
  }

  /**
   * False if the dead letter is closed already. The pipeline knows a message that took effect, so a
   * second replay does nothing.
   */
  public boolean replay(DeadLetters.Entry letter, String by, Translator translator) {
    Optional<JournalEntry> found = journal.find(letter.letter().messageId());
    if (found.isEmpty() || letter.closedAt() != null) {
      return false;
    }
    JournalEntry entry = found.get();
    List<Change> changes = translator.changes(entry, journal.body(entry));
    queue.put(
        IntakeMessage.kept(
            entry.id(), entry.connector(), entry.channel(), entry.receivedAt(), changes));
    return deadLetters.close(letter.id(), by, "replayed");
  }

  /** Lets a dead message go; false if the dead letter is closed already. */
  public boolean discard(DeadLetters.Entry letter, String by) {
    return deadLetters.close(letter.id(), by, "discarded");
  }
}

package io.tickethub.intake;

import io.tickethub.delivery.DeadLetters;
import io.tickethub.journal.JournalEntry;
import io.tickethub.journal.MessageJournal;
import io.tickethub.ticket.Change;
import java.util.List;
import java.util.Optional;

/**
 * Lets a dead message try again, with the bytes it came with and its connector's mapping of today.
 * It keeps the time of its receipt, and is applied after everything that came meanwhile: its notes
 * and new facts take effect, what would put an older word in the place of a newer one is kept
 * without effect, as an event {@code late} of the ticket. See {@link NewerFacts}.
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

  /** A dead message that is understood by now. */
  public static final class Prepared {
    private final IntakeMessage message;

    private Prepared(IntakeMessage message) {
      this.message = message;
    }
  }

  /**
   * Translates a dead message; empty if it is no longer kept. Throws what the translator throws.
   */
  public Optional<Prepared> prepare(DeadLetters.Entry letter, Translator translator) {
    return journal
        .find(letter.letter().messageId())
        .map(
            entry ->
                new Prepared(
                    IntakeMessage.kept(
                        entry.id(),
                        entry.connector(),
                        entry.channel(),
                        entry.receivedAt(),
                        translator.changes(entry, journal.body(entry)))));
  }

  /**
   * Lets them come in, in this order; the pipeline knows a message that took effect, so that a
   * second time does nothing.
   */
  public void put(List<Prepared> messages) {
    if (!messages.isEmpty()) {
      queue.putAll(messages.stream().map(prepared -> prepared.message).toList());
    }
  }

  /** False if the dead letter is closed already. */
  public boolean replay(DeadLetters.Entry letter, String by, Translator translator) {
    if (letter.closedAt() != null) {
      return false;
    }
    Optional<Prepared> prepared = prepare(letter, translator);
    if (prepared.isEmpty()) {
      return false;
    }
    put(List.of(prepared.get()));
    return deadLetters.close(letter.id(), by, "replayed");
  }

  /** Lets a dead message go; false if the dead letter is closed already. */
  public boolean discard(DeadLetters.Entry letter, String by) {
    return deadLetters.close(letter.id(), by, "discarded");
  }
}

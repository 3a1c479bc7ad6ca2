package io.tickethub.replay;

import io.tickethub.delivery.DeadLetters;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.JournalEntry;
import io.tickethub.journal.MessageEdits;
import io.tickethub.journal.MessageEdits.Edit;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.MessageStatus;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a new message of a dead or a rejected one, with bytes that a person has mended. The old one
 * is kept byte for byte and knows the new one; a dead letter is closed.
 */
public final class EditedReplay {

  private static final int DIGEST_BYTES_SHOWN = 8;

  private final MessageJournal journal;
  private final MessageEdits edits;
  private final DeadLetters deadLetters;
  private final TransactionTemplate transactions;
  private final Admitter admitter;
  private final Clock clock;

  public EditedReplay(
      MessageJournal journal,
      MessageEdits edits,
      DeadLetters deadLetters,
      TransactionTemplate transactions,
      Admitter admitter,
      Clock clock) {
    this.journal = journal;
    this.edits = edits;
    this.deadLetters = deadLetters;
    this.transactions = transactions;
    this.admitter = admitter;
    this.clock = clock;
  }

  /** Lets a message in as if it came now; returns the hub's id of it, as people see it. */
  @FunctionalInterface
  public interface Admitter {
    String admit(JournalEntry original, byte[] body, String externalId);
  }

  /**
   * What was made.
   *
   * @param message the hub's id of the new message
   * @param externalId made of the original's id and the new bytes, so that the same edit twice is
   *     one message
   */
  public record Edited(String message, String externalId, Edit edit) {}

  /**
   * Sends the mended message in.
   *
   * @throws IllegalStateException if the dead letter is no message, or closed
   * @throws io.tickethub.mapping.MappingException if the new bytes mean nothing; nothing is changed
   *     then
   */
  public Edited edit(DeadLetters.Entry letter, byte[] body, String by, String reason) {
    if (letter.letter().kind() != DeadLetters.Kind.MESSAGE) {
      throw new IllegalStateException(
          "it is a delivery: what it says comes from the ticket; only a message can be edited");
    }
    JournalEntry original =
        journal
            .find(letter.letter().messageId())
            .orElseThrow(() -> new IllegalStateException("its message is no longer kept"));
    return edit(original, letter, body, by, reason);
  }

  /**
   * Sends in a message that was rejected and is mended.
   *
   * @throws IllegalStateException if it was not rejected
   * @throws io.tickethub.mapping.MappingException if the new bytes mean nothing; nothing is changed
   *     then
   */
  public Edited edit(JournalEntry original, byte[] body, String by, String reason) {
    if (original.status() != MessageStatus.REJECTED) {
      throw new IllegalStateException(
          "message %s is %s: what was rejected can be edited; what gave up is a dead letter, see 'hub dead-letter edit'"
              .formatted(Identifiers.text(original.id()), original.status().text()));
    }
    return edit(original, null, body, by, reason);
  }

  /** {@code letter} null for none. */
  private Edited edit(
      JournalEntry original, DeadLetters.Entry letter, byte[] body, String by, String reason) {
    byte[] digest = sha256(body);
    String externalId =
        "edited-%s-%s"
            .formatted(
                Identifiers.text(original.id()),
                HexFormat.of().formatHex(digest, 0, DIGEST_BYTES_SHOWN));
    Edit edit =
        new Edit(
            externalId,
            original.id(),
            letter == null ? null : letter.id(),
            sha256(journal.body(original)),
            digest,
            by,
            clock.instant(),
            reason);
    String message =
        transactions.execute(
            status -> {
              if (letter != null && !deadLetters.close(letter.id(), by, "edited")) {
                throw new IllegalStateException("the dead letter is closed already");
              }
              edits.add(edit);
              return admitter.admit(original, body, externalId);
            });
    return new Edited(message, externalId, edit);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
